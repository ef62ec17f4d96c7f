import Files
import JSON
import ModelFiles
import Tokenization

/// A student's directory: config.json, model.safetensors, vocab.txt, tokenizer_config.json, vocabulary.json.
public struct StudentFolder: Sendable {
  /// The directory.
  public let path: String
  /// Files that take the place of those on disk.
  public let embedded: [MappedFile]

  /// Names a directory; nothing is read.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - embedded: Files of it that are part of the program, by their path in the directory; the others are on disk.
  public init(path: String, embedded: [MappedFile] = []) {
    self.path = path
    self.embedded = embedded
  }

  /// Opens one of the files.
  ///
  /// - Throws: `FileError` if it cannot be read.
  public func open(_ path: String) throws -> MappedFile {
    try embedded.first { $0.path == path } ?? MappedFile(path: path, isCopied: true)
  }

  /// The sizes and labels.
  public var configurationPath: String { "\(path)/config.json" }
  /// The weights.
  public var weightsPath: String { "\(path)/model.safetensors" }
  /// The teacher's pieces, one a line.
  public var piecesPath: String { "\(path)/vocab.txt" }
  /// How the teacher's tokenizer treats text.
  public var tokenizerPath: String { "\(path)/tokenizer_config.json" }
  /// The known characters, and the words that have a vector.
  public var charactersPath: String { "\(path)/vocabulary.json" }

  /// The files that a student consists of.
  public var paths: [String] {
    [configurationPath, weightsPath, piecesPath, tokenizerPath, charactersPath]
  }

  /// Whether the directory holds a student, which its config.json says.
  public var isStudent: Bool {
    let json = try? JSONValue.read(path: configurationPath)
    return json?["model_type"]?.string == StudentConfiguration.modelType
  }

  /// Reads how words become features.
  ///
  /// - Parameter configuration: The sizes that the files must have.
  /// - Returns: The vocabulary and the tokenizer's options.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public func vocabulary(
    for configuration: StudentConfiguration
  ) throws -> (vocabulary: StudentVocabulary, options: TokenizerOptions) {
    let options = try TokenizerOptions(open(tokenizerPath))
    let tokenizer = try WordPieceTokenizer(open(piecesPath), options: options)
    guard
      configuration.wordVectors != nil
        || tokenizer.vocabulary.count <= configuration.pieceCount
    else {
      throw DataError(
        file: piecesPath, found: "\(tokenizer.vocabulary.count) pieces",
        expected: "at most the \(configuration.pieceCount) of config.json",
        remedy: "take the vocab.txt that belongs to the student")
    }
    let json = try JSONValue.read(open(charactersPath))
    let characters = try self.characters(json)
    let vocabulary = StudentVocabulary(
      characters: characters, tokenizer: tokenizer,
      words: try configuration.wordVectors.map { try words(json, count: $0.count) })
    guard vocabulary.characterCount == configuration.characterCount else {
      throw DataError(
        file: charactersPath, found: "\(characters.count) characters",
        expected: "the \(configuration.characterCount) of config.json less two",
        remedy: "take the vocabulary.json that belongs to the student")
    }
    return (vocabulary, options)
  }

  private func words(_ json: JSONValue, count: Int) throws -> WordList {
    let words = WordList((json["words"]?.array ?? []).compactMap(\.string))
    guard words.count == count else {
      throw DataError(
        file: charactersPath, found: "\(words.count) different words",
        expected: "the \(count) of config.json",
        remedy: "take the vocabulary.json that belongs to the student")
    }
    return words
  }

  private func characters(_ json: JSONValue) throws -> [Unicode.Scalar] {
    guard let elements = json["characters"]?.array else {
      throw DataError(
        file: charactersPath, found: "no array \"characters\"", expected: "the known characters")
    }
    return try elements.map { element in
      guard let scalars = element.string?.unicodeScalars, let first = scalars.first,
        scalars.count == 1
      else {
        throw DataError(
          file: charactersPath, found: "the character \(element.text())",
          expected: "a string of one Unicode scalar")
      }
      return first
    }
  }

  /// Writes vocabulary.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(_ vocabulary: StudentVocabulary) throws {
    let strings = vocabulary.characters.map { JSONValue.string(String(Character($0))) }
    var json: JSONObject = ["characters": .array(strings)]
    if let words = vocabulary.words {
      json["words"] = .array(words.words.map { .string($0) })
    }
    try AtomicFileWriter.write(JSONValue.object(json).text() + "\n", to: charactersPath)
  }
}
