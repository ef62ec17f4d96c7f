import Runtime
import Tagger
import Training

/// Taggers or classifiers of one model, one for each thread, that answer parts of the input side by side.
struct StudentPool<Student> {
  /// What a part of the input came to.
  struct Answer: Sendable {
    let bytes: [UInt8]
    let examples: Int
    let words: Int
  }

  /// A part of a text that is shorter than this is not worth a thread.
  private var minimumPart: Int { 1 << 11 }

  private let workers: Workers
  private let make: () -> Student
  private var students: [Student] = []

  /// The most parts that are answered at once.
  var size: Int { workers.count }

  /// An empty pool; `make` gives a student for a further thread.
  init(workers: Workers, make: @escaping () -> Student) {
    self.workers = workers
    self.make = make
  }

  /// Whether one of the students so far is as asked for.
  func contains(where isWanted: (Student) -> Bool) -> Bool { students.contains(where: isWanted) }

  /// The answers to parts 0 ..< `parts`, at most `size`, in order.
  mutating func answers(
    _ parts: Int, _ body: @Sendable (_ part: Int, _ student: Student) throws -> Answer
  ) throws -> [Answer] {
    while students.count < parts { students.append(make()) }
    // Each part has a student to itself.
    nonisolated(unsafe) let students = students
    return try workers.map(parts) { part in Result { try body(part, students[part]) } }
      .map { try $0.get() }
  }

  /// Cuts a text of whole lines into parts of whole lines and like length, at most one for each thread.
  func parts(of text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    let wanted = max(1, min(size, text.count / minimumPart))
    var parts: [Range<Int>] = []
    var start = 0
    for part in 1...wanted where start < text.count {
      let near = max(start, text.count * part / wanted - 1)
      let end = text[near...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      parts.append(start..<end)
      start = end
    }
    return parts
  }
}

/// How long each answer took, from the text read to the answer written: a line of a pipe, or many lines of a file at once.
struct AnswerTimes {
  /// Beyond so many, only the first are kept.
  private static let most = 1 << 20
  private var milliseconds: [Double] = []

  var count: Int { milliseconds.count }

  mutating func append(_ time: Duration) {
    if count < Self.most { milliseconds.append(1000 * time.seconds) }
  }

  /// The time that a share of the answers, 0 to 1, did not exceed; 0 of no answers.
  func percentile(_ share: Double) -> Double {
    guard count > 0 else { return 0 }
    return milliseconds.sorted()[min(Int(share * Double(count)), count - 1)]
  }
}
