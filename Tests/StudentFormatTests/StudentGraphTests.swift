import Kernels
import Labels
import StudentFormat
import Testing

/// The tensors of a student by name, shape and order, which a student's file holds and other programs read.
@Suite struct StudentGraphTests {
  private static func sizes() -> StudentConfiguration {
    StudentConfiguration(
      pieceCount: 9, characterCount: 7, labels: ["O", "B-A", "I-A"], pieceDimension: 4,
      characterDimension: 5, filters: 6, shapeDimension: 2, hidden: 3)
  }

  private func description(_ layout: ParameterLayout) -> [String] {
    layout.slices.map { "\($0.name) \($0.shape)" }
  }

  private static let first = [
    "char_embeddings.weight [7, 5]", "char_cnn.weight [6, 5, 3]", "char_cnn.bias [6]",
    "shape_embeddings.weight [6, 2]",
  ]

  private static func lstm(_ layer: Int, inputs: Int) -> [String] {
    [
      ("weight_ih", "[12, \(inputs)]"), ("bias_ih", "[12]"), ("bias_hh", "[12]"),
      ("weight_hh", "[12, 3]"),
    ]
    .flatMap { name, shape in
      ["", "_reverse"].map { "lstm.\(name)_l\(layer)\($0) \(shape)" }
    }
  }

  private static let classifier = ["classifier.weight [3, 6]", "classifier.bias [3]"]

  @Test func theDefaultStudentHasPiecesAndOneLSTM() {
    let graph = StudentGraph(Self.sizes())
    #expect(
      description(graph.layout) == ["piece_embeddings.weight [9, 4]"] + Self.first
        + Self.lstm(0, inputs: 4 + 6 + 2) + Self.classifier)
    #expect(graph.frozenVectors == nil && graph.crf == nil)
    #expect(graph.lexicon.offset == 0)
  }

  @Test func layersVectorsAndCRFAddTheirTensors() {
    var sizes = Self.sizes()
    sizes.layers = 2
    sizes.hasCRF = true
    sizes.wordVectors = .init(count: 11, tunedCount: 5, dimension: 8)
    let graph = StudentGraph(sizes)
    #expect(
      description(graph.layout) == ["tuned_vectors.weight [7, 8]"] + Self.first
        + Self.lstm(0, inputs: 16 + 6 + 2) + Self.lstm(1, inputs: 6) + Self.classifier + [
          "crf.start_transitions [3]", "crf.end_transitions [3]", "crf.transitions [3, 3]",
        ])
    #expect(graph.frozenVectors?.name == "word_vectors.weight")
    #expect(graph.frozenVectors?.shape == [11, 8])
  }

  @Test(arguments: [(TaskKind.sentence, 6), (.pair, 24)])
  func aClassifierHasAReLULayerBeforeItsLogits(_ task: TaskKind, _ inputs: Int) {
    var sizes = Self.sizes()
    (sizes.task, sizes.headHidden) = (task, 5)
    #expect(
      description(StudentGraph(sizes).layout) == ["piece_embeddings.weight [9, 4]"] + Self.first
        + Self.lstm(0, inputs: 4 + 6 + 2) + [
          "hidden.weight [5, \(inputs)]", "hidden.bias [5]", "classifier.weight [3, 5]",
          "classifier.bias [3]",
        ])
  }

  @Test(arguments: TaskKind.allCases) func tensorsFollowOneAnotherWithoutGaps(_ task: TaskKind) {
    var sizes = Self.sizes()
    sizes.task = task
    sizes.hasCRF = task == .tag
    var end = 0
    for slice in StudentGraph(sizes).layout.slices {
      #expect(slice.offset == end, "\(slice.name)")
      end = slice.range.upperBound
    }
    #expect(end == StudentGraph(sizes).layout.count)
  }

  @Test func aWordsVectorIsTheWordItsCharactersAndItsShapeSideBySide() {
    var sizes = Self.sizes()
    #expect(
      (sizes.lexicalDimension, sizes.characterColumns, sizes.shapeColumns) == (4, 4..<10, 10..<12))
    sizes.wordVectors = .init(count: 11, tunedCount: 5, dimension: 8)
    #expect(
      (sizes.lexicalDimension, sizes.characterColumns, sizes.shapeColumns) == (16, 16..<22, 22..<24)
    )
    #expect(sizes.wordDimension == 24)
  }
}

/// What stands for a word itself in its vector.
@Suite struct StudentLexiconTests {
  private func vector(
    _ sizes: StudentConfiguration, word: Int32, pieces: [Int32] = [], table: [Float],
    frozen: [Float]? = nil
  ) -> [Float] {
    let x = FloatBuffer(count: sizes.lexicalDimension)
    return table.withUnsafeBufferPointer { table in
      (frozen ?? [0]).withUnsafeBufferPointer { vectors in
        guard let base = table.baseAddress else { return [] }
        StudentLexicon(sizes, table: base, frozen: frozen == nil ? nil : vectors.baseAddress)
          .write(word: word, pieces: pieces[...], to: x.base)
        return x.values
      }
    }
  }

  @Test func piecesAreAveraged() {
    let sizes = StudentConfiguration(
      pieceCount: 3, characterCount: 1, labels: ["O"], pieceDimension: 2)
    let table: [Float] = [1, 2, 10, 20, 100, 200]
    #expect(vector(sizes, word: -1, pieces: [1], table: table) == [10, 20])
    #expect(vector(sizes, word: -1, pieces: [0, 2, 0, 2], table: table) == [50.5, 101])
  }

  @Test func vectorsHaveTwoChannels() {
    var sizes = StudentConfiguration(pieceCount: 0, characterCount: 1, labels: ["O"])
    sizes.wordVectors = .init(count: 3, tunedCount: 1, dimension: 2)
    let frozen: [Float] = [1, 2, 3, 4, 5, 6]
    let tuned: [Float] = [-1, -2, -3, -4, -5, -6]
    func both(_ word: Int32) -> [Float] { vector(sizes, word: word, table: tuned, frozen: frozen) }
    #expect(both(0) == [1, 2, -5, -6])
    #expect(both(2) == [5, 6, 5, 6], "a word that was not tuned")
    #expect(both(WordFeatures.unknownWord) == [0, 0, -1, -2])
    #expect(both(WordFeatures.maskWord) == [0, 0, -3, -4])
  }
}
