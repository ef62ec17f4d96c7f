import Corpora
import Distillation
import Files
import Kernels
import ModelFiles
import Networks
import Tagger
import Training

/// What a model costs at work: speed in bulk, time for one sentence alone, memory.
///
/// Taken on one thread, from words to tags.
public struct Measurement: Sendable, Equatable {
  /// Words tagged in a second, many sentences at once.
  public let wordsPerSecond: Double
  /// The median time of one sentence alone, in milliseconds.
  public let latencyP50Milliseconds: Double
  /// The 95th percentile of the time of one sentence alone, in milliseconds.
  public let latencyP95Milliseconds: Double
  /// The most memory that the process held, in bytes.
  public let peakMemoryBytes: Int

  /// Measures a model directory in this process, which should have done nothing else.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - sentences: The words of at least one sentence.
  /// - Returns: The figures.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func take(of path: String, on sentences: [[String]]) throws -> Measurement {
    let work = try Work(path: path)
    for sentence in sentences.prefix(50) { work.one(sentence) }
    let clock = ContinuousClock()
    var latencies: [Double] = []
    for sentence in sentences.prefix(500) where !sentence.isEmpty {
      latencies.append(clock.measure { work.one(sentence) }.seconds * 1000)
    }
    latencies.sort()
    let words = sentences.reduce(0) { $0 + $1.count }
    var rounds = 0
    let start = clock.now
    repeat {
      work.all(sentences)
      rounds += 1
    } while (clock.now - start).seconds < 1
    return Measurement(
      wordsPerSecond: Double(words * rounds) / (clock.now - start).seconds,
      latencyP50Milliseconds: percentile(50, of: latencies),
      latencyP95Milliseconds: percentile(95, of: latencies),
      peakMemoryBytes: ProcessMemory.peak)
  }

  /// The smallest value that at least so many percent of the sorted values do not exceed; 0 of none.
  static func percentile(_ percent: Int, of sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }

  /// A loaded model as an application would run it: a student by the Tagger library, a BERT by its network.
  private enum Work {
    case tagger(Tagger)
    case bert(BERTModel)

    init(path: String) throws {
      if StudentModel.isStudent(path) {
        self = .tagger(try Tagger(path: path))
      } else {
        self = .bert(try BERTModel(path: path))
      }
    }

    func one(_ words: [String]) { all([words]) }

    func all(_ sentences: [[String]]) {
      switch self {
      case .tagger(let tagger):
        _ = tagger.tag(sentences: sentences)
      case .bert(let model):
        let prediction = Prediction(
          model.network, parameters: model.parameters, workers: Workers(1))
        _ = prediction.labels(sentences.map { model.input($0) })
      }
    }
  }
}

extension Measurement {
  /// The figures as JSON, for the process that asked for them.
  public var json: JSONValue {
    [
      "words_per_second": .number(wordsPerSecond),
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
    guard let words = json["words_per_second"]?.double, let p50 = json["latency_p50_ms"]?.double,
      let p95 = json["latency_p95_ms"]?.double, let memory = json["peak_memory_bytes"]?.int
    else { throw DataError(file: path, found: "\(json.text())", expected: "a measurement") }
    self.init(
      wordsPerSecond: words, latencyP50Milliseconds: p50, latencyP95Milliseconds: p95,
      peakMemoryBytes: memory)
  }
}
