import Corpora
import Files
import Glibc
import JSON
import Labels
import ModelFiles
import Text
import Tokenization

/// A reader of bytes that anybody may have written.
///
/// Whatever the bytes are, a reader ends with a value, with a `DataError`, or with a `FileError` for another file that they name; what it read satisfies the checks here.
public enum FuzzedReader: String, CaseIterable, Sendable {
  case columns
  case conllu
  case jsonl
  case text
  case safetensors
  case config
  case vocabulary
  case tokenizer
  case json
  /// The labels of a teacher's config.json.
  case labels
  /// The config.json of a student.
  case student
  /// The stages.json of a run.
  case stages
  /// The index.json of a logit store and, after a zero byte, its shard.
  case logits
  /// The report.json of a comparison.
  case report
  /// The ablation.json of a run.
  case ablation

  /// Reads the bytes as a file of this format and uses what they hold.
  public func read(_ bytes: UnsafeRawBufferPointer) {
    do {
      switch self {
      case .columns: try Self.readCorpus(bytes, ending: "conll")
      case .conllu: try Self.readCorpus(bytes, ending: "conllu")
      case .jsonl: try Self.readCorpus(bytes, ending: "jsonl")
      case .text: Self.readText(bytes)
      case .safetensors: try Self.readSafetensors(bytes)
      case .config:
        let json = try JSONValue.parse(bytes, file: "fuzz")
        let configuration = try ModelConfiguration(json, file: "fuzz")
        let again = try ModelConfiguration(configuration.json, file: "fuzz")
        precondition(again.labels == configuration.labels, "other labels after a round trip")
      case .vocabulary: try Self.readVocabulary(bytes)
      case .tokenizer: try Self.readTokenizer(bytes)
      case .json:
        let json = try JSONValue.parse(bytes, file: "fuzz")
        let again = try JSONValue.parse(json.text(.pretty), file: "fuzz")
        precondition(again == json, "another document after a round trip")
      case .labels: try Self.readLabels(bytes)
      case .student: try Self.readStudent(bytes)
      case .stages: try Self.readStages(bytes)
      case .logits: try Self.readLogits(bytes)
      case .report: try Self.readComparison(bytes)
      case .ablation: try Self.readAblation(bytes)
      }
    } catch {
      // A document may name other files, which are not there.
      precondition(error is DataError || error is FileError, "\(error)")
    }
  }

  /// A corpus of one of its formats, which the name's ending tells.
  private static func readCorpus(_ bytes: UnsafeRawBufferPointer, ending: String) throws {
    for encoding in TextEncoding.allCases {
      let reader = CorpusReader(
        bytes: Array(bytes), name: "fuzz.\(ending)", format: CorpusFormat(encoding: encoding))
      while let sentence = try reader.next() {
        let count = sentence.words.count
        precondition(count > 0 && !sentence.words.contains(""), "an empty sentence or word")
        precondition([0, count].contains(sentence.tags.count), "\(sentence.tags.count) tags")
        precondition(sentence.tags.allSatisfy { EntityTag($0) != nil }, "a wrong tag")
      }
    }
  }

  /// Plain text, whose words must lie in it one after another.
  private static func readText(_ bytes: UnsafeRawBufferPointer) {
    var end = 0
    for sentence in TextSplitter.sentences(in: bytes.bindMemory(to: UInt8.self)) {
      precondition(!sentence.words.isEmpty, "a sentence without words")
      for word in sentence.words {
        precondition(word.lowerBound >= end && !word.isEmpty, "a word at \(word) behind \(end)")
        end = word.upperBound
      }
    }
    precondition(end <= bytes.count, "a word up to \(end) of \(bytes.count)")
  }

  private static func readSafetensors(_ bytes: UnsafeRawBufferPointer) throws {
    try withFile(of: bytes) { path in
      let file = try SafetensorsFile(path: path)
      for tensor in file.tensors {
        precondition(file.contains(tensor.name), "a tensor that is not there")
        if let floats = try? tensor.floats() {
          try floats.withUnsafeBufferPointer { try tensor.checkFinite($0) }
        }
        _ = try? tensor.integers()
      }
    }
  }

  /// The vocabulary, and text cut by it: the bytes themselves.
  private static func readVocabulary(_ bytes: UnsafeRawBufferPointer) throws {
    let vocabulary = try Vocabulary(bytes: bytes, file: "fuzz")
    for id in 0..<Int32(vocabulary.count) {
      guard let piece = vocabulary.piece(id) else { preconditionFailure("no piece \(id)") }
      precondition(vocabulary.id(of: piece) != nil, "a piece without an id")
    }
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    let pieces = special + (0..<Int32(vocabulary.count)).compactMap { vocabulary.piece($0) }
    try cut(bytes, by: WordPieceTokenizer(vocabulary: Vocabulary(pieces: pieces)))
  }

  private static func readTokenizer(_ bytes: UnsafeRawBufferPointer) throws {
    try withFile(of: bytes) { path in
      let file = try TokenizerFile(path: path)
      let vocabulary = try Vocabulary(pieces: file.pieces)
      precondition(vocabulary.count == file.pieces.count, "\(vocabulary.count) pieces")
      try cut(bytes, by: WordPieceTokenizer(vocabulary: vocabulary))
    }
  }

  /// Every piece must lie within the text and stand for a piece of the vocabulary.
  private static func cut(
    _ bytes: UnsafeRawBufferPointer, by tokenizer: WordPieceTokenizer
  ) throws {
    let text = bytes.bindMemory(to: UInt8.self)
    guard !text.isEmpty else { return }
    for piece in tokenizer.encode(text) {
      precondition(tokenizer.vocabulary.piece(piece.id) != nil, "the id \(piece.id)")
      precondition(
        piece.start >= 0 && piece.start <= piece.end && Int(piece.end) <= text.count,
        "bytes \(piece.start) to \(piece.end) of \(text.count)")
    }
  }

  /// Calls `body` with the path of a nameless file that holds the bytes.
  static func withFile(
    of bytes: UnsafeRawBufferPointer, _ body: (String) throws -> Void
  ) throws {
    guard let file = tmpfile() else { preconditionFailure("no temporary file") }
    defer { fclose(file) }
    precondition(
      fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count && fflush(file) == 0,
      "cannot write a temporary file")
    try body("/proc/self/fd/\(fileno(file))")
  }
}
