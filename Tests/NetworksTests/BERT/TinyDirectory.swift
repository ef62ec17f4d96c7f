import Files
import ModelFiles
import Networks
import TestSupport

/// A Hugging Face directory of a tiny BERT tagger with five layers, whose weights follow the formula of their names.
struct TinyDirectory {
  /// How the directory departs from what `BERTModel.save` writes.
  struct Variant: Sendable {
    /// What stands for `bert.` in front of the names.
    var prefix = "bert."
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
    /// Changes config.json.
    var configure: @Sendable (inout ModelConfiguration) -> Void = { _ in }
  }

  let path = temporaryPath("bert")
  let configuration: ModelConfiguration

  init(_ variant: Variant = Variant()) throws {
    var configuration = ModelConfiguration()
    configuration.vocabularySize = 10
    configuration.hiddenSize = 8
    configuration.headCount = 2
    configuration.layerCount = 5
    configuration.intermediateSize = 12
    configuration.maximumPositions = 6
    configuration.architectures = ["BertForTokenClassification"]
    configuration.labels = ["O", "B-X", "I-X"]
    let tensors = BERTNetwork(configuration).layout.slices.filter { $0.name != variant.missing }
    variant.configure(&configuration)
    self.configuration = configuration
    try Folders.create(path)
    try configuration.write(to: "\(path)/config.json")
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + variant.words
    try AtomicFileWriter.write(pieces.map { $0 + "\n" }.joined(), to: "\(path)/vocab.txt")
    let entries = tensors.map { slice in
      var shape = slice.shape
      if slice.name == variant.misshapen { shape[0] += 1 }
      return SafetensorsWriter.Entry(Self.stored(slice.name, variant), shape: shape)
    }
    let writer = try SafetensorsWriter(path: "\(path)/model.safetensors", entries: entries)
    for (slice, entry) in zip(tensors, entries) {
      var values = Self.values(slice.name, count: entry.size / 4)
      if slice.name == variant.notANumber { values[0] = .nan }
      try values.withUnsafeBufferPointer { try writer.write($0, to: entry.name) }
    }
    try writer.commit()
  }

  /// The values of a tensor of the directory under its usual name.
  static func values(_ name: String, count: Int) -> [Float] {
    chirp(count, phase: chirpPhase(of: name))
  }

  private static func stored(_ name: String, _ variant: Variant) -> String {
    var name = name
    if name.hasPrefix("bert.") { name = variant.prefix + name.dropFirst("bert.".count) }
    guard variant.usesOldNames, name.contains("LayerNorm") else { return name }
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
