import Files
import Kernels
import Labels
import ModelFiles
import Networks
import StudentFormat
import Tagger
import TestSupport
import Testing
import Tokenization

/// Student directories: what is written is read again, and what is wrong is refused with the exact words.
@Suite struct StudentModelTests {
  static let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "eu", "call", "##s"]

  /// Writes a new student, and gives its folder and itself.
  static func saved(
    pieceTable: Matrix? = nil, pieceDimension: Int = StudentConfiguration.defaultPieceDimension,
    task: TaskKind = .tag, pooling: StudentConfiguration.Pooling = .last
  ) throws -> (folder: String, model: StudentModel) {
    let folder = temporaryPath("student")
    try Folders.create(folder)
    let vocabularyPath = "\(folder)/teacher.txt"
    try Vocabulary(pieces: pieces).write(to: vocabularyPath)
    let options = TokenizerOptions()
    let tokenizer = try WordPieceTokenizer(MappedFile(path: vocabularyPath), options: options)
    let model = try StudentModel(
      task: task, labels: task.labelsWords ? ["O", "B-ORG", "I-ORG"] : ["no", "yes"],
      vocabulary: StudentVocabulary(
        learnedFrom: ["EU", "calls", "call", "Ei", "É"], tokenizer: tokenizer),
      tokenizerOptions: options, vocabularyPath: vocabularyPath, pieceTable: pieceTable,
      pieceDimension: pieceDimension, pooling: pooling, seed: 7)
    try model.save(to: folder)
    return (folder, model)
  }

  @Test(arguments: TaskKind.allCases) func whatIsWrittenIsReadAgain(_ task: TaskKind) throws {
    let (folder, model) = try Self.saved(task: task, pooling: task == .pair ? .max : .last)
    let again = try StudentModel(path: folder)
    #expect(again.network.configuration == model.network.configuration)
    #expect(Array(again.parameters.elements) == Array(model.parameters.elements))
    #expect(again.vocabulary.characters == model.vocabulary.characters)
    #expect(again.network.configuration.task == task)
    #expect(StudentModel.isStudent(folder))
    #expect(!StudentModel.isStudent("\(folder)/none"))
    #expect(
      Folders.contents(of: folder) == [
        "config.json", "model.safetensors", "teacher.txt", "tokenizer_config.json", "vocab.txt",
        "vocabulary.json",
      ])
  }

  @Test(arguments: [(3, 3), (8, 8), (9, 8), (StudentConfiguration.defaultPieceDimension, 8)])
  func piecesAreAsWideAsAskedButNoWiderThanTheTeachers(_ asked: Int, _ width: Int) throws {
    let teacher = FloatBuffer(count: Self.pieces.count * 8)
    for index in teacher.elements.indices {
      teacher.elements[index] = Float(index * index % 17)
    }
    let table = Matrix(teacher.base, rows: Self.pieces.count, columns: 8)
    let (_, model) = try Self.saved(pieceTable: table, pieceDimension: asked)
    withExtendedLifetime(teacher) {
      #expect(model.network.configuration.pieceDimension == width)
      #expect(model.network.lexicalTable.shape == [Self.pieces.count, width])
    }
  }

  @Test func theDefaultStudentKeepsTheFirstFormat() throws {
    let (folder, _) = try Self.saved()
    let text = String(decoding: try content(of: "\(folder)/config.json"), as: UTF8.self)
    #expect(text.contains("\"format_version\": 1"))
    #expect(!text.contains("crf") && !text.contains("layers") && !text.contains("word_"))
  }

  @Test func charactersOfAtLeastTwoWordTypesAreKnown() throws {
    let (_, model) = try Self.saved()
    #expect(model.vocabulary.characters == ["E", "a", "c", "l"])
    #expect(model.vocabulary.characterCount == 6)
    #expect(model.vocabulary.features(of: "xE").characters == [0, 2])
    #expect(model.vocabulary.features(of: "[MASK]").characters == [1])
    #expect(model.vocabulary.features(of: "[MASK]").pieces == [4])
    #expect(model.vocabulary.features(of: "").characters == [0])
    #expect(model.vocabulary.features(of: "").pieces == [1])
  }

  @Test func theSameSeedGivesTheSameParameters() throws {
    let (first, second) = (try Self.saved().model, try Self.saved().model)
    #expect(Array(first.parameters.elements) == Array(second.parameters.elements))
    let lstm = try #require(first.network.layout.slice(named: "lstm.weight_hh_l0"))
    let bound = 1 / Float(200).squareRoot()
    let elements = first.parameters.elements[lstm.range]
    #expect(elements.allSatisfy { abs($0) <= bound })
    #expect(elements.contains { $0 > 0.99 * bound } && elements.contains { $0 < -0.99 * bound })
  }

  @Test func aTeacherThatDivergedIsRefused() throws {
    let table = FloatBuffer(count: Self.pieces.count * 4)
    table.base[5] = .nan
    let error = #expect(throws: DataError.self) {
      _ = try Self.saved(pieceTable: Matrix(table.base, rows: Self.pieces.count, columns: 4))
    }
    #expect(error?.found == "NaN or infinity in the teacher's word embeddings")
  }

  /// A change of a file and what is then said, with the file's name for the folder's.
  static let damages: [(file: String, from: String, to: String, message: String)] = [
    (
      "config.json", "bilstm-tagger", "bert",
      "config.json: model_type \"bert\"; expected \"bilstm-tagger\"; is this the folder of a student?"
    ),
    (
      "config.json", "\"format_version\": 1", "\"format_version\": 4",
      "config.json: format_version 4; expected 1 to 3; use the program that wrote the student"
    ),
    (
      "config.json", "\"hidden_size\": 200", "\"hidden_size\": 0",
      "config.json: hidden_size 0; expected a whole number from 1 to 16777216"
    ),
    (
      "config.json", "\"piece_dimension\": 64", "\"piece_dimension\": 32",
      "model.safetensors: tensor \"piece_embeddings.weight\" has the shape [8, 64]; "
        + "expected [8, 32]; are config.json and the weights of one model?"
    ),
    (
      "config.json", "\"piece_count\": 8", "\"piece_count\": 7",
      "vocab.txt: 8 pieces; expected at most the 7 of config.json; "
        + "take the vocab.txt that belongs to the student"
    ),
    (
      "vocabulary.json", "\"E\",", "",
      "vocabulary.json: 3 characters; expected the 6 of config.json less two; "
        + "take the vocabulary.json that belongs to the student"
    ),
    (
      "vocabulary.json", "\"E\"", "\"EU\"",
      "vocabulary.json: the character \"EU\"; expected a string of one Unicode scalar"
    ),
  ]

  @Test(arguments: damages.indices) func damageIsNamed(_ index: Int) throws {
    let (file, from, to, message) = Self.damages[index]
    let folder = try Self.saved().folder
    let path = "\(folder)/\(file)"
    let mapped = try MappedFile(path: path)
    let text = withExtendedLifetime(mapped) { String(decoding: mapped.bytes, as: UTF8.self) }
    let start = try #require(text.range(of: from))
    try AtomicFileWriter.write(text.replacing(start, with: to), to: path)
    for open in [{ _ = try StudentModel(path: $0) }, { _ = try Tagger(path: $0) }] {
      let error = #expect(throws: DataError.self) { try open(folder) }
      #expect(error?.description == "\(folder)/\(message)")
    }
  }
}

extension String {
  /// The first place of a text in this one.
  fileprivate func range(of text: String) -> Range<Int>? {
    let (all, part) = (Array(utf8), Array(text.utf8))
    return (0...max(all.count - part.count, 0)).first { all[$0...].starts(with: part) }
      .map { $0..<$0 + part.count }
  }

  fileprivate func replacing(_ range: Range<Int>, with text: String) -> String {
    let all = Array(utf8)
    return String(
      decoding: all[..<range.lowerBound] + Array(text.utf8) + all[range.upperBound...],
      as: UTF8.self)
  }
}
