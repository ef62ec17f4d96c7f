import Files
import Labels
import Runtime
import StudentFormat
import TestSupport
import Testing

/// config.json of a student: what is written is read again, in the oldest version that can hold it.
@Suite struct StudentFolderTests {
  private static func sizes(_ change: (inout StudentConfiguration) -> Void) -> StudentConfiguration
  {
    var sizes = StudentConfiguration(
      pieceCount: 9, characterCount: 7, labels: ["O", "B-A", "I-A"], pieceDimension: 4, hidden: 3)
    change(&sizes)
    return sizes
  }

  private static let designs = [
    sizes { _ in }, sizes { $0.temperature = 1.25 }, sizes { $0.layers = 2 },
    sizes { $0.hasCRF = true },
    sizes {
      $0.wordVectors = .init(count: 11, tunedCount: 5, dimension: 8)
      ($0.pieceCount, $0.pieceDimension) = (0, 0)
    },
    classifier(.sentence) { _ in },
    classifier(.pair) {
      $0.headHidden = 400
      $0.pooling = .max
      $0.layers = 2
      $0.temperature = 2
    },
  ]

  /// A student whose labels are any text.
  private static func classifier(
    _ task: TaskKind, _ change: (inout StudentConfiguration) -> Void
  ) -> StudentConfiguration {
    sizes {
      ($0.task, $0.labels) = (task, ["entails", "0", "not \"sure\"", "B-A"])
      change(&$0)
    }
  }

  @Test(arguments: designs.indices) func whatIsWrittenIsReadAgain(_ index: Int) throws {
    let path = temporaryPath("config.json")
    try Self.designs[index].write(to: path)
    #expect(try StudentConfiguration(path: path) == Self.designs[index])
    let text = String(decoding: try content(of: path), as: UTF8.self)
    #expect(text.contains("\"format_version\": \(index < 2 ? 1 : index < 5 ? 2 : 3)"))
    for key in ["task", "head_hidden", "pooling"] {
      #expect(text.contains("\"\(key)\"") == (index > 4), "a tagger's file has no \(key)")
    }
    #expect(text.contains("\"distill_bilstm_version\": \"\(PackageVersion.current)\""))
  }

  @Test(arguments: [
    ("\"crf\": false", "\"crf\": 1", "crf 1; expected true or false"),
    ("\"layers\": 2", "\"layers\": 3", "layers 3; expected a whole number from 1 to 2"),
    ("\"B-A\"", "\"O\"", "the label \"O\" twice; expected O, B-TYPE and I-TYPE, each once"),
    (
      "\"temperature\": 1", "\"temperature\": 0",
      "temperature 0.0; expected a number from 0.001 to 1000"
    ),
  ])
  func aWrongValueIsNamed(_ from: String, _ to: String, _ message: String) throws {
    try expect(message, from: from, to: to, in: Self.designs[2])
  }

  @Test(arguments: [
    (
      "\"task\": \"pair\"", "\"task\": \"triple\"",
      "task \"triple\"; expected \"tag\" or \"sentence\" or \"pair\""
    ),
    (
      "\"pair\"", "7", "task 7; expected \"tag\" or \"sentence\" or \"pair\""
    ),
    ("\"pooling\": \"max\"", "\"pool\": 1", "pooling missing; expected \"last\" or \"max\""),
    ("\"max\"", "\"mean\"", "pooling \"mean\"; expected \"last\" or \"max\""),
    ("\"crf\": false", "\"crf\": true", "crf true; expected false for the task pair"),
    (
      "\"head_hidden\": 400", "\"head_hidden\": 0",
      "head_hidden 0; expected a whole number from 1 to 16777216"
    ),
    (
      "\"head_hidden\": 400", "\"head_hidden\": 9000",
      "9000 numbers for head_hidden; expected at most 8192"
    ),
    (
      "\"entails\"", "\"0\"",
      "the label \"0\" twice; expected names that are not empty, each once"
    ),
    (
      "\"entails\"", "\"\"",
      "the label \"\"; expected names that are not empty, each once"
    ),
  ])
  func aWrongValueOfAClassifierIsNamed(_ from: String, _ to: String, _ message: String) throws {
    try expect(message, from: from, to: to, in: Self.designs[6])
  }

  private func expect(
    _ message: String, from: String, to: String, in design: StudentConfiguration
  ) throws {
    let path = temporaryPath("config.json")
    try design.write(to: path)
    var text = Array(String(decoding: try content(of: path), as: UTF8.self).utf8)
    let start = try #require(
      text.indices.first { text[$0...].starts(with: from.utf8) }, "\(from) is not in the file")
    text.replaceSubrange(start..<start + from.utf8.count, with: to.utf8)
    try AtomicFileWriter.write(String(decoding: text, as: UTF8.self), to: path)
    let error = #expect(throws: DataError.self) { _ = try StudentConfiguration(path: path) }
    #expect(error?.description == "\(path): \(message)")
  }

  @Test func aFolderWithoutAStudentsConfigurationIsNone() throws {
    let folder = temporaryPath("student")
    try Folders.create(folder)
    #expect(!StudentFolder(path: folder).isStudent)
    try AtomicFileWriter.write("{\"model_type\": \"bert\"}", to: "\(folder)/config.json")
    #expect(!StudentFolder(path: folder).isStudent)
    try Self.designs[0].write(to: "\(folder)/config.json")
    #expect(StudentFolder(path: folder).isStudent)
  }
}
