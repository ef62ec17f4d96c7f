import JSON
import Kernels
import Layers
import Testing

/// The character CNN against PyTorch, its naive twin, and finite differences of the twin.
@Suite struct CharacterCNNTests {
  /// The layer, its buffers and what came out, for parameters by formula.
  struct Bench {
    let layer: CharacterCNN
    let layout: ParameterLayout
    let gradients: FloatBuffer
    let output: [Double]

    init(characters: Int, dimension: Int, filters: Int, words: [[Int32]]) {
      var layout = ParameterLayout()
      layer = CharacterCNN(
        CharacterCNNTensors(
          into: &layout, characters: characters, dimension: dimension, filters: filters))
      self.layout = layout
      let parameters = FloatBuffer(count: layout.count)
      gradients = FloatBuffer(count: layout.count)
      for (phase, slice) in layout.slices.enumerated() {
        slice.matrix(in: parameters.base).fill(formula(slice.count, phase: Double(phase)))
      }
      let workspace = Workspace()
      var packed = CharacterCNN.Words()
      for word in words { packed.append(word) }
      let y = workspace.matrix(words.count, filters)
      let dY = workspace.matrix(words.count, filters)
      dY.fill((0..<dY.count).map(lossWeight))
      let saved = layer.forward(
        packed, into: y, parameters: parameters.base, workspace: workspace)
      output = y.numbers
      layer.backward(
        saved, dY: dY, parameters: parameters.base, gradients: gradients.base,
        workspace: workspace)
    }

    func gradient(_ slice: ParameterSlice) -> [Double] { slice.matrix(in: gradients.base).numbers }
  }

  @Test func outputsAndGradientsEqualPyTorchs() throws {
    for reference in try ReferenceCase.read("character_cnn.json") {
      let words = try #require(reference.json["words"]?.array).map {
        ($0.array ?? []).compactMap(\.int).map { Int32($0) }
      }
      let bench = Bench(
        characters: try reference.size("characters"), dimension: try reference.size("dimension"),
        filters: try reference.size("filters"), words: words)
      #expect(distance(bench.output, try reference.numbers("output")) < 1e-5)
      for slice in bench.layout.slices {
        let expected = try reference.gradient(slice.name)
        #expect(distance(bench.gradient(slice), expected) < 1e-4, "\(slice.name)")
      }
    }
  }

  static let words: [[[Int32]]] = [
    [[0]], [[3, 3, 3, 3]], [[1, 2], [4], [0, 5, 2, 1, 3, 4, 2]], [[5, 4], [4, 5], [5, 4]],
  ]

  /// A twin with parameters by formula: six characters, D 3, F 4.
  static let twin = NaiveCharacterCNN(
    dimension: 3, filters: 4, embeddings: formula(18, phase: 0), weight: formula(36, phase: 1),
    bias: formula(4, phase: 2))

  @Test(arguments: words) func theLayerEqualsItsTwin(_ words: [[Int32]]) {
    let bench = Bench(characters: 6, dimension: 3, filters: 4, words: words)
    #expect(distance(bench.output, words.flatMap { Self.twin($0) }) < 1e-6)
  }

  @Test(arguments: words) func everyGradientEqualsTheFiniteDifference(_ words: [[Int32]]) {
    let bench = Bench(characters: 6, dimension: 3, filters: 4, words: words)
    let lists = [
      (bench.layer.tensors.embeddings, \NaiveCharacterCNN.embeddings),
      (bench.layer.tensors.weight, \NaiveCharacterCNN.weight),
      (bench.layer.tensors.bias, \NaiveCharacterCNN.bias),
    ]
    for (slice, list) in lists {
      #expect(distance(bench.gradient(slice), difference(words, list)) < 1e-5, "\(slice.name)")
    }
  }

  func difference(
    _ words: [[Int32]], _ list: WritableKeyPath<NaiveCharacterCNN, [Double]>
  ) -> [Double] {
    let step = 1e-6
    var twin = Self.twin
    func loss() -> Double {
      words.flatMap { twin($0) }.enumerated().reduce(0) {
        $0 + lossWeight($1.offset) * $1.element
      }
    }
    return twin[keyPath: list].indices.map { index in
      let value = twin[keyPath: list][index]
      twin[keyPath: list][index] = value + step
      let above = loss()
      twin[keyPath: list][index] = value - step
      let below = loss()
      twin[keyPath: list][index] = value
      return (above - below) / (2 * step)
    }
  }
}
