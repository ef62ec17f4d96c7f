import Files
import Kernels
import ModelFiles
import StudentFormat
import Tokenization

extension StudentModel {
  /// How weights stand in model.safetensors.
  public enum Storage: Sendable {
    /// As float32, to the bit.
    case float32
    /// Large tensors as int8 with a scale for each row, about a quarter of the size; see `QuantizedTensor`.
    case int8
  }

  /// Tensors of fewer numbers, which cost little, are never quantised.
  private static let smallestQuantized = 1024

  /// Writes a student directory: config.json, model.safetensors, vocab.txt, tokenizer_config.json, vocabulary.json.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - temperature: The temperature of its probabilities; nil for the one that it was read with.
  ///   - storage: How weights are stored.
  /// - Throws: `FileError` when the system cannot write.
  public func save(
    to path: String, temperature: Float? = nil, storage: Storage = .float32
  ) throws {
    try Folders.create(path)
    let folder = StudentFolder(path: path)
    try writeWeights(to: folder.weightsPath, storage)
    try folder.write(vocabulary)
    try tokenizerOptions.write(to: folder.tokenizerPath)
    try vocabulary.tokenizer.vocabulary.write(to: folder.piecesPath)
    var configuration = network.configuration
    if let temperature { configuration.temperature = temperature }
    try configuration.write(to: folder.configurationPath)
  }

  private typealias Tensor = (name: String, shape: [Int], floats: UnsafeBufferPointer<Float>)

  /// The parameters, and after them the frozen word vectors.
  private var tensors: [Tensor] {
    let all = UnsafeBufferPointer(parameters.elements)
    let own = network.layout.slices.map {
      Tensor($0.name, $0.shape, UnsafeBufferPointer(rebasing: all[$0.range]))
    }
    guard let slice = network.graph.frozenVectors, let vectors = network.frozenVectors
    else { return own }
    return own + [Tensor(slice.name, slice.shape, UnsafeBufferPointer(vectors.elements))]
  }

  private func writeWeights(to path: String, _ storage: Storage) throws {
    func isQuantized(_ tensor: Tensor) -> Bool {
      storage == .int8 && tensor.shape.count > 1 && tensor.floats.count >= Self.smallestQuantized
    }
    // The numbers of one byte stand last, so that all others are aligned.
    let quantized = tensors.filter(isQuantized).map { tensor in
      let (numbers, scales) = QuantizedTensor.quantize(tensor.floats, rows: tensor.shape[0])
      return (tensor: tensor, numbers: numbers, scales: scales)
    }
    let plain = tensors.filter { !isQuantized($0) }
    let writer = try SafetensorsWriter(
      path: path,
      entries: plain.map { SafetensorsWriter.Entry($0.name, shape: $0.shape) }
        + quantized.map {
          SafetensorsWriter.Entry(
            QuantizedTensor.scaleName(of: $0.tensor.name), shape: [$0.scales.count])
        } + quantized.map { SafetensorsWriter.Entry($0.tensor.name, .int8, shape: $0.tensor.shape) }
    )
    for tensor in plain { try writer.write(tensor.floats, to: tensor.name) }
    for (tensor, _, scales) in quantized {
      try scales.withUnsafeBufferPointer {
        try writer.write($0, to: QuantizedTensor.scaleName(of: tensor.name))
      }
    }
    for (tensor, numbers, _) in quantized {
      try numbers.withUnsafeBytes { try writer.write($0, to: tensor.name) }
    }
    try writer.commit()
  }
}
