import Corpora
import Files
import JSON
import Labels
import Runtime
import Tagger
import Training

/// What a model costs at work: speed in bulk, time for one example alone, memory; from words to tags or labels.
public struct Measurement: Sendable, Equatable {
  /// Words read in a second on one thread, many examples at once.
  public let wordsPerSecond: Double
  /// Words read in a second on all threads, many examples at once.
  public let wordsPerSecondOnAllThreads: Double
  /// The median time of one example alone, which one thread answers, in milliseconds.
  public let latencyP50Milliseconds: Double
  /// The 95th percentile of the time of one example alone, in milliseconds.
  public let latencyP95Milliseconds: Double
  /// The most memory that the process held while it worked on one thread, in bytes.
  public let peakMemoryBytes: Int

  /// A measurement that is already known.
  public init(
    wordsPerSecond: Double, wordsPerSecondOnAllThreads: Double, latencyP50Milliseconds: Double,
    latencyP95Milliseconds: Double, peakMemoryBytes: Int
  ) {
    self.wordsPerSecond = wordsPerSecond
    self.wordsPerSecondOnAllThreads = wordsPerSecondOnAllThreads
    self.latencyP50Milliseconds = latencyP50Milliseconds
    self.latencyP95Milliseconds = latencyP95Milliseconds
    self.peakMemoryBytes = peakMemoryBytes
  }

  /// How many examples are timed one by one.
  private static let timedExamples = 100
  /// About how many words are read at once for the speed in bulk.
  private static let bulkWords = 2000
  /// The least time for which bulk work goes on, in seconds.
  private static let bulkSeconds = 0.15

  /// Measures a model directory in this process, which should have done nothing else.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - examples: At least one example; of many, some from all over the list are taken.
  ///   - task: What the model is asked about them.
  ///   - workers: All threads.
  ///   - precision: The numbers in which a student multiplies its recurrent weights.
  /// - Returns: The figures.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func take(
    of path: String, on examples: [Example], task: TaskKind, workers: Workers,
    precision: TaggerPrecision = .fp32
  ) throws -> Measurement {
    let model = try MeasuredModel(
      path: path, task: task, workers: workers, precision: precision)
    let clock = ContinuousClock()
    let bulk = bulkExamples(of: examples)
    // Nothing is timed before caches, memory and the processor's clock are warm.
    model.answerOnOneThread(bulk)
    let speed = wordsPerSecond(bulk) { model.answerOnOneThread(bulk) }
    var latencies = spread(examples, count: timedExamples).filter { !$0.words.isEmpty }
      .map { example in
        clock.measure { model.answerOnOneThread([example]) }.seconds * 1000
      }
    latencies.sort()
    let memory = ProcessMemory.peak
    model.answerOnAllThreads(bulk)
    return Measurement(
      wordsPerSecond: speed,
      wordsPerSecondOnAllThreads: wordsPerSecond(bulk) { model.answerOnAllThreads(bulk) },
      latencyP50Milliseconds: percentile(50, of: latencies),
      latencyP95Milliseconds: percentile(95, of: latencies), peakMemoryBytes: memory)
  }

  /// The medians of several measurements of one model, and the most memory that any of them held.
  ///
  /// - Parameter rounds: The measurements, at least one.
  /// - Returns: One measurement with the figures of all.
  public static func median(of rounds: [Measurement]) -> Measurement {
    func middle(_ figure: (Measurement) -> Double) -> Double {
      let sorted = rounds.map(figure).sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    return Measurement(
      wordsPerSecond: middle(\.wordsPerSecond),
      wordsPerSecondOnAllThreads: middle(\.wordsPerSecondOnAllThreads),
      latencyP50Milliseconds: middle(\.latencyP50Milliseconds),
      latencyP95Milliseconds: middle(\.latencyP95Milliseconds),
      peakMemoryBytes: rounds.map(\.peakMemoryBytes).max() ?? 0)
  }

  /// The smallest value that at least so many percent of the sorted values do not exceed; 0 of none.
  static func percentile(_ percent: Int, of sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }

  /// So many elements at equal distances, or all where there are not so many.
  static func spread<Element>(_ elements: [Element], count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    return (0..<count).map { elements[$0 * elements.count / count] }
  }

  private static func bulkExamples(of examples: [Example]) -> [Example] {
    let words = examples.reduce(0) { $0 + $1.words.count }
    guard words > bulkWords else { return examples }
    return spread(examples, count: max(1, examples.count * bulkWords / words))
  }

  private static func wordsPerSecond(_ examples: [Example], _ work: () -> Void) -> Double {
    let words = examples.reduce(0) { $0 + $1.words.count }
    let clock = ContinuousClock()
    var rounds = 0
    let start = clock.now
    repeat {
      work()
      rounds += 1
    } while (clock.now - start).seconds < bulkSeconds
    return Double(words * rounds) / (clock.now - start).seconds
  }
}

extension Measurement {
  /// The figures as JSON, for the process that asked for them.
  public var json: JSONValue {
    [
      "words_per_second": .number(wordsPerSecond),
      "words_per_second_all_threads": .number(wordsPerSecondOnAllThreads),
      "latency_p50_ms": .number(latencyP50Milliseconds),
      "latency_p95_ms": .number(latencyP95Milliseconds),
      "peak_memory_bytes": .integer(peakMemoryBytes),
    ]
  }

  /// Reads the figures that another process left.
  ///
  /// - Throws: `FileError` or `DataError` if they are missing.
  public init(path: String) throws {
    let json = try JSONValue.read(path: path)
    guard let words = json["words_per_second"]?.double,
      let allWords = json["words_per_second_all_threads"]?.double,
      let p50 = json["latency_p50_ms"]?.double, let p95 = json["latency_p95_ms"]?.double,
      let memory = json["peak_memory_bytes"]?.int
    else { throw DataError(file: path, found: "\(json.text())", expected: "a measurement") }
    self.init(
      wordsPerSecond: words, wordsPerSecondOnAllThreads: allWords, latencyP50Milliseconds: p50,
      latencyP95Milliseconds: p95, peakMemoryBytes: memory)
  }
}
