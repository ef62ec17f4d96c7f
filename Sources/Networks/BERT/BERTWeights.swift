import Files
import Kernels
import ModelFiles

/// The tensors of a BERT's safetensors file, found under the names that they go by.
///
/// Names may lack the prefix `bert.`, and old files call LayerNorm's weight and bias gamma and beta.
struct BERTWeights {
  let file: SafetensorsFile
  /// Whether the classifier is read too; else it stays as it was initialised.
  let keepsClassifier: Bool
  /// The file's layer number of each of the model's layers.
  let layers: [Int]

  /// Copies every tensor of the model's layout.
  ///
  /// - Throws: `DataError` for a tensor that is missing, has another shape or holds a number that is not finite.
  func copy(to model: BERTModel) throws {
    for slice in model.network.layout.slices {
      if slice.name.hasPrefix("classifier."), !keepsClassifier { continue }
      let tensor = try file.tensor(named: storedName(slice.name), shape: slice.shape)
      let target = UnsafeMutableBufferPointer(rebasing: model.parameters.elements[slice.range])
      try tensor.copyFloats(into: target)
      guard target.allSatisfy(\.isFinite) else {
        throw DataError(
          file: file.path, found: "a number that is not finite in \(tensor.name)",
          expected: "finite weights", remedy: "fetch or train the model again")
      }
    }
  }

  /// The name in the file of a tensor of the layout.
  private func storedName(_ name: String) -> String {
    let name = inStoredLayer(name)
    let old = name.hasSuffix("LayerNorm.weight") ? ".gamma" : ".beta"
    var candidates = [name]
    if name.hasPrefix("bert.") { candidates.append(String(name.dropFirst("bert.".count))) }
    if name.contains("LayerNorm.") {
      candidates += candidates.map { candidate in
        String(candidate.prefix(upTo: candidate.lastIndex(of: ".") ?? candidate.endIndex)) + old
      }
    }
    return candidates.first(where: file.contains) ?? name
  }

  /// Puts the file's layer number in place of the model's.
  private func inStoredLayer(_ name: String) -> String {
    let prefix = "bert.encoder.layer."
    guard name.hasPrefix(prefix) else { return name }
    let rest = name.dropFirst(prefix.count)
    guard let dot = rest.firstIndex(of: "."), let layer = Int(rest[..<dot]) else { return name }
    return "\(prefix)\(layers[layer])\(rest[dot...])"
  }
}
