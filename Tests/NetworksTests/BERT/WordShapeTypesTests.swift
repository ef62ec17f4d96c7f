import Files
import Kernels
import ModelFiles
import Networks
import TestSupport
import Testing

/// An uncased BERT that reads the shapes of words as token types.
@Suite struct WordShapeTypesTests {
  private static let tableName = "bert.embeddings.token_type_embeddings.weight"

  @Test func allShapesBeginAsTheFirstTypeOfTheFile() throws {
    let path = try TinyDirectory().path
    let (plain, model) = (try BERTModel(path: path), try BERTModel(path: path, wordShapes: true))
    let table = try table(of: model)
    #expect(table.count == 6 * 8)
    let first = try Array(self.table(of: plain).prefix(8))
    for shape in 0..<6 { #expect(Array(table[8 * shape..<8 * (shape + 1)]) == first) }
    // So nothing is lost: capitals change no logit yet.
    let words = ["AC", "b", "Ab"]
    #expect(try logits(of: model, words) == logits(of: plain, words))
  }

  @Test func everyPieceHasTheShapeOfItsWordInAllWindows() throws {
    let model = try BERTModel(path: TinyDirectory().path, wordShapes: true)
    let short = model.input(["Bc", "b", "AB"])
    #expect(short.ids == [2, 6, 7, 6, 1, 3])
    #expect(short.types == [0, 3, 3, 0, 1, 0])
    let long = model.input(["A", "b", "A", "Bc", "a", "7"])
    #expect(long.windowLengths == [6, 6, 6])
    #expect(long.types == [0, 2, 0, 2, 3, 0, 0, 2, 3, 3, 0, 0, 0, 3, 3, 0, 4, 0])
    #expect(try BERTModel(path: TinyDirectory().path).input(["A"]).types.isEmpty)
  }

  @Test func aSavedModelKeepsItsShapes() throws {
    let model = try BERTModel(path: TinyDirectory().path, wordShapes: true)
    let table = try #require(model.network.layout.slice(named: Self.tableName))
    BERTReference.fill(table, in: model.parameters)
    let folder = temporaryPath("shapes")
    try model.save(to: folder)
    // Read as it is, and once more with shapes to be added, which are there already.
    for wordShapes in [false, true] {
      let again = try BERTModel(path: folder, wordShapes: wordShapes)
      #expect(again.network.configuration.typesAreWordShapes)
      #expect(again.parameters.values == model.parameters.values)
      #expect(again.input(["Ac", "B"]) == model.input(["Ac", "B"]))
    }
    #expect(try logits(of: model, ["AC", "b"]) != logits(of: model, ["ac", "b"]))
  }

  /// Only an uncased BERT has token types and need of them.
  @Test(arguments: [Architecture.distilbert, .mpnet])
  func otherArchitecturesStayAsTheyAre(_ architecture: Architecture) throws {
    let path = try TinyDirectory(.init(architecture: architecture)).path
    let model = try BERTModel(path: path, wordShapes: true)
    #expect(!model.network.configuration.typesAreWordShapes)
    #expect(model.input(["A"]).types.isEmpty)
  }

  @Test func aCasedVocabularyTellsCapitalsItself() throws {
    let path = try TinyDirectory().path
    try AtomicFileWriter.write(
      #"{"do_lower_case": false}"#, to: "\(path)/tokenizer_config.json")
    let model = try BERTModel(path: path, wordShapes: true)
    #expect(!model.network.configuration.typesAreWordShapes)
  }

  @Test func aTableOfAnotherSizeIsRefused() throws {
    let directory = try TinyDirectory(.init(configure: { $0.typesAreWordShapes = true }))
    #expect(
      message { try BERTModel(path: directory.path) }
        == "\(directory.path)/config.json: type_vocab_size 2; expected 6, since its token types are "
        + "the shapes of words")
  }

  private func table(of model: BERTModel) throws -> [Float] {
    let slice = try #require(model.network.layout.slice(named: Self.tableName))
    return Array(model.parameters.values[slice.range])
  }

  private func logits(of model: BERTModel, _ words: [String]) throws -> [Double] {
    model.network.logits(
      [model.input(words)], parameters: model.parameters.base, workspace: Workspace()
    ).elements
  }
}
