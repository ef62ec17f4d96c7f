import Files
import Glibc

/// Turns the logits of a model into logits of other labels for the same words.
///
/// The model may use another scheme and may know more types. With z the model's logits and p its probabilities of a word,
///
///     O      log of the sum of exp z over O and all labels of types that are not wanted
///     B-X    log of the sum of exp z over B-X, S-X and U-X
///     I-X    log of the sum of exp z over I-X, M-X, E-X and L-X
///
/// and where the model has only I-X of a type, as in IO, B-X where the word before is of another type, I-X where it is of
/// the same, taken as independent:
///
///     B-X    z[I-X] + log(1 - p of I-X for the word before)
///     I-X    z[I-X] + log(p of I-X for the word before)
///
/// A model that has just the wanted labels keeps its logits.
public struct LabelProjection: Sendable {
  private enum Source: Sendable {
    case sum([Int])
    case opening(Int)
    case following(Int)
  }

  /// What stands for the logarithm of a probability that is smaller still.
  public static let minimumProbability = 1e-7

  /// What differs between the labels, in words for the user; nil if nothing does.
  public let notice: String?
  private let sources: [Source]
  private let ownCount: Int
  /// The model's column of each wanted label, where it has just these.
  private let columns: [Int]?

  /// Plans the projection.
  ///
  /// - Parameters:
  ///   - own: The labels of the model.
  ///   - wanted: The labels that are asked for.
  ///   - task: What the labels are of; those of texts must be the same.
  ///   - path: The model's folder.
  /// - Throws: `DataError` for a model that lacks O or a type, or whose labels cannot be turned into those.
  public init(
    of own: LabelSet, to wanted: LabelSet, _ task: TaskKind = .tag, path: String
  ) throws(DataError) {
    ownCount = own.count
    let columns = wanted.names.compactMap { own.index(of: $0) }
    if own.count == wanted.count, columns.count == wanted.count {
      self.columns = columns
      sources = []
      notice = nil
      return
    }
    guard task.labelsWords else {
      throw DataError(
        file: "\(path)/config.json", found: "the labels \(own.names.joined(separator: " "))",
        expected: wanted.names.joined(separator: " "),
        remedy: "take a model of these labels, or fine-tune one: distill-bilstm finetune")
    }
    self.columns = nil
    let missing = wanted.types.filter { own.index(ofType: $0) == nil }
    guard missing.isEmpty, let outside = own.index(of: "O"), wanted.isIOB2 else {
      throw DataError(
        file: "\(path)/config.json", found: "the labels \(own.names.joined(separator: " "))",
        expected: wanted.names.joined(separator: " "),
        remedy: "take a tagger of these labels, or fine-tune one: distill-bilstm finetune")
    }
    let further = own.types.filter { wanted.index(ofType: $0) == nil }
    let folded = own.names.indices.filter { label in
      own.typeIndices[label].map { wanted.index(ofType: own.types[$0]) == nil } ?? false
    }
    sources = wanted.names.indices.map { label in
      guard let type = wanted.typeIndices[label],
        let ownType = own.index(ofType: wanted.types[type])
      else { return .sum([outside] + folded) }
      let labels = own.names.indices.filter { own.typeIndices[$0] == ownType }
      let openings = labels.filter { own.marks[$0].opens }
      let wantsOpening = wanted.marks[label].opens
      if openings.isEmpty, let inside = own.label(.inside, type: ownType), labels.count == 1 {
        return wantsOpening ? .opening(inside) : .following(inside)
      }
      return .sum(wantsOpening ? openings : labels.filter { !own.marks[$0].opens })
    }
    var notices: [String] = []
    if !own.isIOB2 { notices.append("its labels are turned into B- and I-") }
    if !further.isEmpty {
      notices.append(
        "its \(further.count == 1 ? "type" : "types") \(further.joined(separator: ", ")), "
          + "which the corpus does not have, \(further.count == 1 ? "counts" : "count") as O")
    }
    notice = notices.isEmpty ? nil : "\(path): " + notices.joined(separator: "; ")
  }

  /// Adds a share of the logits of a sentence.
  ///
  /// - Parameters:
  ///   - share: What the logits are multiplied by.
  ///   - words: T.
  ///   - target: The rows of the wanted labels, [T, L].
  ///   - logit: The model's logit of a word and one of its own labels.
  public func add(
    _ share: Float, words: Int, to target: UnsafeMutablePointer<Float>,
    logit: (_ word: Int, _ label: Int) -> Float
  ) {
    if let columns {
      for word in 0..<words {
        let row = target + word * columns.count
        for (column, own) in columns.enumerated() { row[column] += share * logit(word, own) }
      }
      return
    }
    var before = [Float](repeating: 0, count: ownCount)
    for word in 0..<words {
      let own = (0..<ownCount).map { logit(word, $0) }
      let logPartition = Self.logSum(own)
      let row = target + word * sources.count
      for (column, source) in sources.enumerated() {
        let value =
          switch source {
          case .sum(let labels) where labels.isEmpty: logPartition + Self.logarithm(0)
          case .sum(let labels): Self.logSum(labels.map { own[$0] })
          case .opening(let label): own[label] + Self.logarithm(1 - before[label])
          case .following(let label): own[label] + Self.logarithm(before[label])
          }
        row[column] += share * value
      }
      before = own.map { exp($0 - logPartition) }
    }
  }

  private static func logarithm(_ probability: Float) -> Float {
    Float(log(max(Double(probability), minimumProbability)))
  }

  /// log sum exp(x), exactly x of a single one.
  private static func logSum(_ x: [Float]) -> Float {
    guard x.count > 1, let largest = x.max() else { return x.first ?? -.infinity }
    return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
  }
}
