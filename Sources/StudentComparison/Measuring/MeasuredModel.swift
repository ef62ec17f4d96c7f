import Corpora
import Distillation
import Labels
import Runtime
import StudentFormat
import Tagger
import Training

/// A loaded model as an application would run it: a student by the Tagger library, a BERT by its network.
///
/// What it works with is kept from one call to the next, so that after the first call nothing is made anew.
struct MeasuredModel {
  /// Answers examples on the calling thread.
  let answerOnOneThread: ([Example]) -> Void
  /// Answers examples on all threads.
  let answerOnAllThreads: ([Example]) -> Void

  /// Loads a model directory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - task: What the model is asked about an example.
  ///   - workers: All threads.
  ///   - precision: The numbers in which a student multiplies its recurrent weights.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of another task.
  init(path: String, task: TaskKind, workers: Workers, precision: TaggerPrecision) throws {
    let directory = try ModelDirectories.open(path)
    guard directory is StudentFolder else {
      self.init(try directory.model(for: task), workers)
      return
    }
    _ = try directory.labelNames(for: task)
    if task.labelsWords {
      let model = try TaggerModel(path: path, precision: precision)
      self.init(onePerThread: workers) { Tagger(model: model) }
    } else {
      let model = try Classifier.Model(path: path, precision: precision)
      self.init(onePerThread: workers) { Classifier(model: model) }
    }
  }

  /// A network, whose inputs and answers are made by as many threads.
  private init(_ model: some ClassifierModel, _ workers: Workers) {
    func answer(_ workers: Workers) -> ([Example]) -> Void {
      let prediction = model.prediction(nil, workers: workers)
      return { _ = try? prediction.labels(model.inputs(for: $0, workers: workers)) }
    }
    answerOnOneThread = answer(Workers(1))
    answerOnAllThreads = answer(workers)
  }

  /// A student for each thread; examples are dealt out by turns, so that every thread gets long and short ones.
  private init(onePerThread workers: Workers, _ student: () -> any FinishedStudent) {
    let students = (0..<workers.count).map { _ in student() }
    answerOnOneThread = { students[0].answer($0) }
    answerOnAllThreads = { examples in
      nonisolated(unsafe) let students = students
      workers.run(students.count) { thread in
        let share = stride(from: thread, to: examples.count, by: students.count)
        // Each student belongs to the one piece of work that carries its number.
        students[thread].answer(share.map { examples[$0] })
      }
    }
  }
}

/// A student at work in an application.
private protocol FinishedStudent {
  func answer(_ examples: [Example])
}

extension Tagger: FinishedStudent {
  fileprivate func answer(_ examples: [Example]) { _ = tag(sentences: examples.map(\.words)) }
}

extension Classifier: FinishedStudent {
  fileprivate func answer(_ examples: [Example]) {
    if task == .pair {
      _ = labels(
        wordsOfPairs: examples.map { example in
          let first = example.firstLength ?? example.words.count
          return (Array(example.words[..<first]), Array(example.words[first...]))
        })
    } else {
      _ = labels(words: examples.map(\.words))
    }
  }
}
