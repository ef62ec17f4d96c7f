import Files
import Kernels
import Layers
import ModelFiles

/// The tensors of a BERT's safetensors files, found under the names that they go by.
///
/// Names may lack the architecture's prefix, such as `bert.`, and old files call LayerNorm's weight and bias gamma and beta.
struct BERTWeights {
  let file: ModelWeights
  /// Whether the classifier is read too; else it stays as it was initialised, and of the head of a classifier of texts the
  /// layer before it is read where the file has it.
  let keepsClassifier: Bool
  /// The file's layer number of each of the model's layers.
  let layers: [Int]
  /// The rows of the file's table of token types; where the model has another number, all its types begin as the first.
  var storedTypes: Int

  /// Checks that the file has every tensor of a network, so that sizes which lie are refused before memory is taken.
  ///
  /// - Throws: `DataError` for a tensor that is missing or has another shape.
  func check(_ network: BERTNetwork) throws {
    let names = network.configuration.architecture.tensors
    for slice in network.layout.slices where reads(slice, network) {
      _ = try tensor(of: slice, names)
    }
  }

  /// Whether a tensor of the model comes from the file.
  func reads(_ slice: ParameterSlice, _ network: BERTNetwork) -> Bool {
    if keepsClassifier { return true }
    if [network.classifier.weight, network.classifier.bias].contains(slice) { return false }
    guard let dense = network.pooler?.dense, [dense.weight, dense.bias].contains(slice) else {
      return true
    }
    let names = network.configuration.architecture.tensors
    return [dense.weight, dense.bias].contains { file.contains(storedName($0.name, names)) }
  }

  /// Copies every tensor of the model's layout.
  ///
  /// - Throws: `DataError` for a tensor that is missing, has another shape or holds a number that is not finite.
  func copy(to model: BERTModel) throws {
    let names = model.network.configuration.architecture.tensors
    for slice in model.network.layout.slices where reads(slice, model.network) {
      let tensor = try tensor(of: slice, names)
      let target = UnsafeMutableBufferPointer(rebasing: model.parameters.elements[slice.range])
      guard tensor.count == slice.count else {
        try spread(tensor, over: target)
        continue
      }
      try tensor.copyFloats(into: target)
      try tensor.checkFinite(UnsafeBufferPointer(target))
    }
  }

  /// The tensor of the file that a slice of the model's layout is read from.
  private func tensor(of slice: ParameterSlice, _ names: Architecture.Tensors) throws -> TensorView
  {
    var shape = slice.shape
    if slice.name.hasSuffix("token_type_embeddings.weight") {
      shape[0] = storedTypes
    }
    return try file.tensor(named: storedName(slice.name, names), shape: shape)
  }

  /// Copies the first row of a table of token types to all rows of another.
  private func spread(_ tensor: TensorView, over target: UnsafeMutableBufferPointer<Float>) throws {
    let width = tensor.shape[1]
    try withUnsafeTemporaryAllocation(of: Float.self, capacity: tensor.count) { stored in
      try tensor.copyFloats(into: stored)
      try tensor.checkFinite(UnsafeBufferPointer(stored))
      for index in target.indices { target[index] = stored[index % width] }
    }
  }

  /// The name in the file of a tensor of the layout.
  private func storedName(_ name: String, _ names: Architecture.Tensors) -> String {
    let name = inStoredLayer(name, names)
    let old = name.hasSuffix(".weight") ? ".gamma" : ".beta"
    var candidates = [name]
    if name.hasPrefix(names.prefix) {
      candidates.append(String(name.dropFirst(names.prefix.count)))
    }
    if Architecture.Tensors.isNormalization(name) {
      candidates += candidates.map { candidate in
        String(candidate.prefix(upTo: candidate.lastIndex(of: ".") ?? candidate.endIndex)) + old
      }
    }
    return candidates.first(where: file.contains) ?? name
  }

  /// Puts the file's layer number in place of the model's.
  private func inStoredLayer(_ name: String, _ names: Architecture.Tensors) -> String {
    let prefix = "\(names.layers)."
    guard name.hasPrefix(prefix) else { return name }
    let rest = name.dropFirst(prefix.count)
    guard let dot = rest.firstIndex(of: "."), let layer = Int(rest[..<dot]) else { return name }
    return "\(prefix)\(layers[layer])\(rest[dot...])"
  }
}
