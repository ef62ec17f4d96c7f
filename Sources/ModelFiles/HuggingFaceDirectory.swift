import Files
import JSON
import Labels
import Runtime
import Tokenization

/// A model directory as Hugging Face's transformers writes it.
public struct HuggingFaceDirectory: Sendable {
  /// The directory as it was given.
  public let path: String
  /// The content of `config.json`.
  public let configuration: ModelConfiguration
  /// How text is normalised: what `tokenizer_config.json` says, else `special_tokens_map.json` and `tokenizer.json`, else
  /// the architecture's defaults.
  public let tokenizer: TokenizerOptions
  /// The pieces of `tokenizer.json`, where there is no `vocab.txt`.
  public let pieces: [String]?

  /// The path of `config.json`.
  public var configurationPath: String { "\(path)/config.json" }
  /// The path of `vocab.txt`, or of `tokenizer.json` where that is missing.
  public var vocabularyPath: String {
    pieces == nil ? "\(path)/vocab.txt" : "\(path)/tokenizer.json"
  }
  /// The paths of the files with the weights: `model.safetensors` or its shards.
  public let weightsPaths: [String]

  /// Opens a directory and reads its configuration files.
  ///
  /// - Throws: `FileError` if a file is missing, `DataError` if one is malformed, or if the weights or the
  ///   vocabulary are there only in a format that is not supported.
  public init(path: String) throws {
    guard Folders.isDirectory(path) else {
      let reason = Folders.exists(path) ? "it is not a directory" : "no such directory"
      throw FileError(path: path, operation: .open, reason: reason)
    }
    self.path = path
    try Self.checkFiles(path)
    let configuration = try ModelConfiguration(path: "\(path)/config.json")
    self.configuration = configuration
    try TokenizerOptions.checkClass(
      FieldReader(JSONValue.read(path: "\(path)/config.json"), file: "\(path)/config.json"))
    weightsPaths =
      Folders.exists("\(path)/\(Self.singleFile)")
      ? ["\(path)/\(Self.singleFile)"]
      : try ModelWeights.shardNames(index: "\(path)/\(Self.index)").map { "\(path)/\($0)" }
    (tokenizer, pieces) = try Self.tokenizer(path, TokenizerOptions(configuration.architecture))
  }

  /// A notice for the user if the vocabulary has capitals, but no file says whether text is lower-cased.
  ///
  /// Then it is lower-cased, as transformers does by default. Nil where there is nothing to say.
  ///
  /// - Throws: `FileError` or `DataError` if the vocabulary cannot be read.
  public func caseNotice() throws -> String? {
    let settings = "\(path)/tokenizer_config.json"
    guard tokenizer.lowercase, !Folders.exists("\(path)/tokenizer.json") else { return nil }
    let says =
      try Folders.exists(settings)
      && JSONValue.read(path: settings)["do_lower_case"]?.bool != nil
    guard !says, try WordPieceTokenizer(self).vocabulary.isCased else {
      return nil
    }
    return "\(vocabularyPath): the pieces have capitals, but no do_lower_case says whether text is "
      + "lower-cased; it is, as in transformers. For a cased model write {\"do_lower_case\": false} to "
      + settings
  }

  /// Maps the weights.
  ///
  /// - Throws: `FileError` if they cannot be read, `DataError` if they break a rule of the format.
  public func weights() throws -> ModelWeights {
    let single = "\(path)/\(Self.singleFile)"
    return Folders.exists(single)
      ? try ModelWeights(file: single)
      : try ModelWeights(index: "\(path)/\(Self.index)", in: path)
  }

  /// The files beside the weights that decide what the model answers, as far as they are there.
  public var settingsPaths: [String] {
    [
      "config.json", "vocab.txt", "tokenizer.json", "tokenizer_config.json",
      "special_tokens_map.json", "added_tokens.json", Self.index,
    ].map { "\(path)/\($0)" }.filter(Folders.exists)
  }

  /// The content of all files that decide what the model answers, as lines `name=SHA-256`.
  ///
  /// - Throws: `FileError` if one cannot be read.
  public func keyLines() throws -> [String] {
    try (settingsPaths + weightsPaths).map {
      "\(Folders.name(of: $0))=\(try ContentHash.sha256(file: $0))"
    }
  }

  private static let singleFile = "model.safetensors"
  private static let index = "model.safetensors.index.json"

  /// Reads the tokenizer's files; the pieces and options of `tokenizer.json` only where `vocab.txt` or
  /// `tokenizer_config.json` is missing, its added tokens always.
  private static func tokenizer(
    _ path: String, _ defaults: TokenizerOptions
  ) throws -> (TokenizerOptions, pieces: [String]?) {
    var options = defaults
    var pieces: [String]?
    func existing(_ name: String) -> String? {
      Folders.exists("\(path)/\(name)") ? "\(path)/\(name)" : nil
    }
    let settings = existing("tokenizer_config.json")
    if let file = existing("tokenizer.json") {
      let tokenizer = try TokenizerFile(path: file, defaults: options)
      if existing("vocab.txt") == nil || settings == nil { options = tokenizer.options }
      if existing("vocab.txt") == nil { pieces = tokenizer.pieces }
      options.addedTokens = tokenizer.options.addedTokens
    }
    if let names = existing("special_tokens_map.json") {
      options = try TokenizerOptions(path: names, defaults: options)
    }
    if let settings { options = try TokenizerOptions(path: settings, defaults: options) }
    if let added = existing("added_tokens.json") { try options.readAddedTokens(path: added) }
    // Tokens that became special ones behind the file that added them are found as those.
    let tokens = options.addedTokens
    options.addedTokens = []
    for token in tokens { options.add(token) }
    return (options, pieces)
  }

  private static func checkFiles(_ path: String) throws {
    func has(_ name: String) -> Bool { Folders.exists("\(path)/\(name)") }
    guard has("config.json") else { throw missing("config.json", in: path) }
    guard has(singleFile) || has(index) else {
      guard has("pytorch_model.bin") || has("pytorch_model.bin.index.json") else {
        throw missing(singleFile, in: path)
      }
      throw DataError(
        file: path, found: "weights in pytorch_model.bin only", expected: singleFile,
        remedy: has("pytorch_model.bin")
          ? "convert them there with: \(conversion)"
          : "load the model in transformers and save it with save_pretrained")
    }
    guard has("vocab.txt") || has("tokenizer.json") else { throw missing("vocab.txt", in: path) }
  }

  private static func missing(_ name: String, in path: String) -> FileError {
    FileError(
      path: "\(path)/\(name)", operation: .open,
      reason: "no such file; a model directory has config.json, model.safetensors and vocab.txt")
  }

  private static let conversion =
    "python3 -I -c 'import torch, safetensors.torch as s; "
    + "w = torch.load(\"pytorch_model.bin\", map_location=\"cpu\", weights_only=True); "
    + "s.save_file({k: v.clone().contiguous() for k, v in w.items()}, \"model.safetensors\", "
    + "{\"format\": \"pt\"})'"
}
