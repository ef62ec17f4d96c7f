import Files

/// A model directory as Hugging Face's transformers writes it.
public struct HuggingFaceDirectory: Sendable {
  /// The directory as it was given.
  public let path: String
  /// The content of `config.json`.
  public let configuration: ModelConfiguration
  /// The content of `tokenizer_config.json`, or the defaults where there is none.
  public let tokenizer: TokenizerOptions

  /// The path of `config.json`.
  public var configurationPath: String { "\(path)/config.json" }
  /// The path of `model.safetensors`.
  public var weightsPath: String { "\(path)/model.safetensors" }
  /// The path of `vocab.txt`.
  public var vocabularyPath: String { "\(path)/vocab.txt" }

  /// Opens a directory and reads its two configuration files.
  ///
  /// - Throws: `FileError` if a file is missing, `DataError` if one is malformed, or if the weights or the
  ///   vocabulary are there only in another format.
  public init(path: String) throws {
    guard Folders.isDirectory(path) else {
      let reason = Folders.exists(path) ? "it is not a directory" : "no such directory"
      throw FileError(path: path, operation: .open, reason: reason)
    }
    self.path = path
    try Self.checkFiles(path)
    configuration = try ModelConfiguration(path: "\(path)/config.json")
    let tokenizerPath = "\(path)/tokenizer_config.json"
    tokenizer =
      Folders.exists(tokenizerPath) ? try TokenizerOptions(path: tokenizerPath) : TokenizerOptions()
  }

  /// Maps the weights.
  ///
  /// - Throws: `FileError` if they cannot be read, `DataError` if they break a rule of the format.
  public func weights() throws -> SafetensorsFile { try SafetensorsFile(path: weightsPath) }

  private static func checkFiles(_ path: String) throws {
    func has(_ name: String) -> Bool { Folders.exists("\(path)/\(name)") }
    guard has("config.json") else { throw missing("config.json", in: path) }
    if !has("model.safetensors") {
      if has("pytorch_model.bin") {
        throw DataError(
          file: path, found: "weights in pytorch_model.bin only", expected: "model.safetensors",
          remedy: "convert them there with: \(conversion)")
      }
      if has("model.safetensors.index.json") {
        throw DataError(
          file: path, found: "weights in several files", expected: "model.safetensors alone",
          remedy: "save the model with save_pretrained(..., max_shard_size=\"100GB\")")
      }
      throw missing("model.safetensors", in: path)
    }
    guard has("vocab.txt") else {
      guard has("tokenizer.json") else { throw missing("vocab.txt", in: path) }
      throw DataError(
        file: path, found: "tokenizer.json only", expected: "vocab.txt",
        remedy: "write it there with: \(vocabularyExtraction)")
    }
  }

  private static func missing(_ name: String, in path: String) -> FileError {
    FileError(
      path: "\(path)/\(name)", operation: .open,
      reason: "no such file; a model directory has config.json, model.safetensors and vocab.txt")
  }

  private static let conversion =
    "python3 -c 'import torch, safetensors.torch as s; "
    + "w = torch.load(\"pytorch_model.bin\", map_location=\"cpu\", weights_only=True); "
    + "s.save_file({k: v.clone().contiguous() for k, v in w.items()}, \"model.safetensors\", "
    + "{\"format\": \"pt\"})'"

  private static let vocabularyExtraction =
    "python3 -c 'import json; v = json.load(open(\"tokenizer.json\"))[\"model\"][\"vocab\"]; "
    + "open(\"vocab.txt\", \"w\").write(\"\\n\".join(sorted(v, key=v.get)) + \"\\n\")'"
}
