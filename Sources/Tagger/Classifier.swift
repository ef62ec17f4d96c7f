import Labels
import StudentFormat

/// Labels texts or pairs of texts with a finished student.
///
///     let classifier = try Classifier(path: "runs/verdict/student")
///     let answer = classifier.label(of: "A film that outstays its welcome.")
///     print(answer.label, answer.probability)
///
/// A student learns either to label single texts or to label pairs; `task` says which, and it must be given the one that it has
/// learnt. Of a text only the first 4,096 words are read. Words are what `TextSplitter.words` finds.
///
/// A classifier keeps scratch memory and what it has computed for words that it has seen, so it belongs to one thread; several
/// share one `Classifier.Model`.
public final class Classifier {
  /// The examples that are answered at one time.
  private static let maximumExamples = 512

  /// What it labels: `.sentence`, a text, or `.pair`, a pair of texts.
  public var task: TaskKind { model.configuration.task }

  /// The student's labels.
  public var labels: [String] { model.configuration.labels }

  /// Whether some logits so far were not finite, so that the labels of their texts mean nothing.
  public private(set) var hasOverflowed = false

  private let model: Model
  private var network: ClassifierNetwork

  /// Opens a student directory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong, or a student that tags words.
  public convenience init(path: String, precision: TaggerPrecision = .fp32) throws {
    self.init(model: try Model(path: path, precision: precision))
  }

  /// Classifies with a model that is open already.
  public init(model: Model) {
    self.model = model
    network = ClassifierNetwork(model: model)
  }

  /// The label of a text whose words are known.
  public func label(words: [String]) -> Classification { labels(words: [words])[0] }

  /// The label of a pair of texts whose words are known.
  public func label(words first: [String], _ second: [String]) -> Classification {
    labels(wordsOfPairs: [(first, second)])[0]
  }

  /// The labels of texts whose words are known; many at once take less time than one by one.
  public func labels(words texts: [[String]]) -> [Classification] {
    check(.sentence)
    return classifications(of: texts)
  }

  /// The labels of pairs of texts whose words are known; many at once take less time than one by one.
  public func labels(wordsOfPairs pairs: [(first: [String], second: [String])])
    -> [Classification]
  {
    check(.pair)
    return classifications(of: pairs.flatMap { [$0.first, $0.second] })
  }

  /// The logits of texts or, one after the other, pairs of texts, [B][L].
  public func logits(texts: [[String]]) -> [[Float]] {
    precondition(
      texts.count % task.textCount == 0, "\(texts.count) texts for the task \(task)")
    let (size, count) = (Self.maximumExamples * task.textCount, labels.count)
    return stride(from: 0, to: texts.count, by: size).flatMap { start in
      let part = Array(texts[start..<min(start + size, texts.count)])
      return network.logits(part) { logits in
        (0..<part.count / task.textCount).map { example in
          Array(UnsafeBufferPointer(start: logits + example * count, count: count))
        }
      }
    }
  }

  private func classifications(of texts: [[String]]) -> [Classification] {
    logits(texts: texts).map { logits in
      if !logits.allSatisfy(\.isFinite) { hasOverflowed = true }
      return Classification(
        logits: logits, labels: labels, temperature: model.configuration.temperature)
    }
  }

  private func check(_ asked: TaskKind) {
    precondition(
      task == asked, "a student for the task \(task) was asked for the label of a \(asked)")
  }
}
