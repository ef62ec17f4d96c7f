import Files
import JSON
import Kernels
import ModelFiles
import Networks
import TestSupport

/// A Hugging Face directory of a tiny BERT, DistilBERT or MPNet with five layers, a tagger or a classifier of texts, whose weights
/// follow the formula of their names.
struct TinyDirectory {
  /// How the directory departs from what `BERTModel.save` writes.
  struct Variant: Sendable {
    /// The architecture.
    var architecture = Architecture.bert
    /// The head.
    var head = ClassifierHead.token
    /// Whether the names have the architecture's prefix, such as `bert.`.
    var hasPrefix = true
    /// Whether LayerNorm's tensors are called gamma and beta.
    var usesOldNames = false
    /// A tensor that is left out.
    var missing = ""
    /// A tensor that gets one more row.
    var misshapen = ""
    /// A tensor that begins with a number that is not one.
    var notANumber = ""
    /// Lines of vocab.txt beside the special pieces.
    var words = ["a", "b", "##c"]
    /// The type of the tensors' elements: F32, F16 or BF16.
    var dtype = TensorType.float32
    /// Whether the weights are in three files with an index.
    var isSharded = false
    /// Whether the vocabulary is in tokenizer.json.
    var usesTokenizerFile = false
    /// Changes config.json.
    var configure: @Sendable (inout ModelConfiguration) -> Void = { _ in }
  }

  let path = temporaryPath("bert")
  let configuration: ModelConfiguration

  init(_ variant: Variant = Variant()) throws {
    var configuration = ModelConfiguration(variant.architecture)
    configuration.vocabularySize = 10
    configuration.hiddenSize = 8
    configuration.headCount = 2
    configuration.layerCount = 5
    configuration.intermediateSize = 12
    configuration.maximumPositions = 6 + configuration.firstPosition
    configuration.setClassifier(
      variant.head,
      labels: variant.head == .token ? ["O", "B-X", "I-X"] : ["good", "LABEL_1", "?"])
    let tensors = BERTNetwork(configuration).layout.slices.filter { $0.name != variant.missing }
    variant.configure(&configuration)
    self.configuration = configuration
    try Folders.create(path)
    try configuration.write(to: "\(path)/config.json")
    try writeVocabulary(variant)
    let files = variant.isSharded ? 3 : 1
    for file in 0..<files {
      let name = variant.isSharded ? Self.shard(file) : "model.safetensors"
      try writeTensors(
        tensors.indices.filter { $0 % files == file }.map { tensors[$0] }, to: "\(path)/\(name)",
        variant)
    }
    guard variant.isSharded else { return }
    let map = tensors.enumerated().map { index, slice in
      (Self.stored(slice.name, variant), JSONValue.string(Self.shard(index % files)))
    }
    let index: JSONValue = ["metadata": ["total_size": 0], "weight_map": .object(JSONObject(map))]
    try AtomicFileWriter.write(index.text(), to: "\(path)/model.safetensors.index.json")
  }

  private static func shard(_ index: Int) -> String {
    "model-0000\(index + 1)-of-00003.safetensors"
  }

  /// Writes vocab.txt or tokenizer.json, with the special pieces of the architecture.
  private func writeVocabulary(_ variant: Variant) throws {
    let options = TokenizerOptions(variant.architecture)
    let pieces =
      [
        options.padToken, options.unknownToken, options.clsToken, options.sepToken,
        options.maskToken,
      ] + variant.words
    guard variant.usesTokenizerFile else {
      try AtomicFileWriter.write(pieces.map { $0 + "\n" }.joined(), to: "\(path)/vocab.txt")
      return
    }
    let vocabulary = pieces.enumerated().map { ($1, JSONValue.integer($0)) }
    let json: JSONValue = [
      "normalizer": ["type": "BertNormalizer", "lowercase": true],
      "pre_tokenizer": ["type": "BertPreTokenizer"],
      "model": ["type": "WordPiece", "vocab": .object(JSONObject(vocabulary))],
    ]
    try AtomicFileWriter.write(json.text(), to: "\(path)/tokenizer.json")
  }

  private func writeTensors(
    _ slices: [ParameterSlice], to file: String, _ variant: Variant
  ) throws {
    let entries = slices.map { slice in
      var shape = slice.shape
      if slice.name == variant.misshapen { shape[0] += 1 }
      return SafetensorsWriter.Entry(
        Self.stored(slice.name, variant), variant.dtype, shape: shape)
    }
    let writer = try SafetensorsWriter(path: file, entries: entries)
    for (slice, entry) in zip(slices, entries) {
      var values = Self.values(slice.name, count: entry.shape.reduce(1, *))
      if slice.name == variant.notANumber { values[0] = .nan }
      let bytes = values.flatMap { Self.bytes($0, variant.dtype) }
      try bytes.withUnsafeBytes { try writer.write($0, to: entry.name) }
    }
    try writer.commit()
  }

  /// A number's bytes in the file; BF16 is cut, not rounded.
  private static func bytes(_ value: Float, _ dtype: TensorType) -> [UInt8] {
    switch dtype {
    case .float16: withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) { Array($0) }
    case .bfloat16:
      withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) { Array($0) }
    default: withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
  }

  /// The values of a tensor of the directory under its usual name.
  static func values(_ name: String, count: Int) -> [Float] {
    chirp(count, phase: chirpPhase(of: name))
  }

  private static func stored(_ name: String, _ variant: Variant) -> String {
    var name = name
    let prefix = "\(variant.architecture.rawValue)."
    if !variant.hasPrefix, name.hasPrefix(prefix) { name = String(name.dropFirst(prefix.count)) }
    guard variant.usesOldNames, name.contains("LayerNorm") || name.contains("layer_norm") else {
      return name
    }
    return name.hasSuffix(".weight")
      ? name.dropLast("weight".count) + "gamma" : name.dropLast("bias".count) + "beta"
  }
}

/// The message of the error that an expression throws; nil if it throws none.
func message<Value>(of expression: () throws -> Value) -> String? {
  do {
    _ = try expression()
    return nil
  } catch {
    return "\(error)"
  }
}
