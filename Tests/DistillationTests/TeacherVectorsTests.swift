import Corpora
import Distillation
import Files
import Kernels
import Networks
import Runtime
import StudentFormat
import TestSupport
import Testing

@Suite struct TeacherVectorsTests {
  /// "call" comes three times in two forms, "eu" and "moon" once; "moon" is no piece.
  static let text = "Call eu and and\nCALL moon\ncall\n"

  static func vectors(dimension: Int = 4) throws -> TeacherVectors {
    let teacher = try TinyTeacher(labels: ["O", "B-X", "I-X"])
    let path = temporaryPath("text.txt")
    try AtomicFileWriter.write(text, to: path)
    var vectors = try TeacherVectors(teacher: teacher.path, dimension: dimension)
    try vectors.count(UnlabelledText(path: path).open())
    return vectors
  }

  static func file(_ vectors: TeacherVectors, _ words: [String], threads: Int) throws -> String {
    let path = temporaryPath("vectors.txt")
    let file = try AtomicFileWriter(path: path)
    try vectors.write(words, to: file, workers: Workers(threads))
    try file.commit()
    return path
  }

  @Test func frequentWordsAndWholePiecesAreKept() throws {
    let vectors = try Self.vectors()
    #expect(
      vectors.words(countedAtLeast: 2) == ["call", "and", "eu", "rejects", "german"])
    #expect(
      vectors.words(countedAtLeast: 1) == ["call", "and", "eu", "moon", "rejects", "german"])
  }

  @Test func theFileIsReadAsWordVectors() throws {
    let vectors = try Self.vectors()
    let words = vectors.words(countedAtLeast: 1)
    let path = try Self.file(vectors, words, threads: 1)
    let table = try WordVectorFile.read(path: path, corpus: ["eu"])
    #expect(table.sizes.count == words.count && table.sizes.dimension == 4)
    #expect(table.words.words == ["eu"] + words.filter { $0 != "eu" })
    // "and" and "moon" are both unknown to the teacher, and so the same to it.
    let rows = words.map { word in
      let place = table.words.place(of: word) ?? 0
      return (0..<4).map { table.vectors.base[place * 4 + $0] }
    }
    #expect(rows[1] == rows[3])
    #expect(Set(rows).count == words.count - 1)
    let squares = rows.joined().reduce(0) { $0 + $1 * $1 }
    #expect(abs((squares / Float(4 * words.count)).squareRoot() - 0.5) < 0.001)
  }

  @Test func theThreadsChangeNothing() throws {
    let vectors = try Self.vectors()
    let words = (0..<100).flatMap { _ in vectors.words(countedAtLeast: 1) }
    let files = try [1, 2, 3].map { try content(of: Self.file(vectors, words, threads: $0)) }
    #expect(files[0] == files[1] && files[0] == files[2])
  }

  @Test func whatATeacherDoesNotHaveIsRefused() throws {
    let teacher = try TinyTeacher(labels: ["O"])
    let wide = #expect(throws: DataError.self) {
      try TeacherVectors(teacher: teacher.path, dimension: 9)
    }
    #expect(wide?.description.contains("hidden states of 8 numbers") == true)
    let deep = #expect(throws: DataError.self) {
      try TeacherVectors(teacher: teacher.path, layers: 2, dimension: 4)
    }
    #expect(deep?.description.contains("1 layers") == true)
  }

  @Test func noWordsAreRefusedAndLeaveNoFile() throws {
    let path = temporaryPath("vectors.txt")
    let error = #expect(throws: DataError.self) {
      try Self.vectors().write([], to: AtomicFileWriter(path: path), workers: Workers(1))
    }
    #expect(error?.description.contains("nor a word that came often enough") == true)
    #expect(!Folders.exists(path))
  }

  @Test func twoThirdsOfTheLayersAreUsual() {
    #expect([1, 2, 3, 4, 6, 12].map(TeacherVectors.defaultLayers) == [1, 1, 2, 2, 4, 8])
  }
}
