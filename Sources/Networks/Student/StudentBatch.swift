import Layers
import StudentFormat

/// Some sentences, packed for the LSTM, with each of their word types once.
struct StudentBatch {
  let packing: PackedBatch
  /// The packed row of each word in the order of the sentences, [N].
  let rows: [Int]
  /// The place in `types` of the word in each packed row, [N].
  let typeOfRow: [Int]
  /// The different word types in the order in which the sentences bring them, [U].
  let types: [Int32]
  /// The characters of each type.
  let characters: CharacterCNN.Words
  /// The shape of each type, as a row of the shape table, [U].
  let shapes: [Int32]
  let words: CorpusWords?

  /// Packs sentences; they must share one table.
  init(_ inputs: [StudentInput]) {
    precondition(
      inputs.allSatisfy { $0.words === inputs[0].words },
      "sentences that were prepared apart cannot share a batch")
    words = inputs.first?.words
    packing = PackedBatch(lengths: inputs.map(\.wordCount))
    rows = packing.rowsInSentenceOrder
    var typeOfRow = [Int](repeating: 0, count: rows.count)
    var types: [Int32] = []
    var places: [Int32: Int] = [:]
    var word = 0
    for input in inputs {
      for type in input.types {
        let place = places[type] ?? types.count
        if place == types.count {
          places[type] = place
          types.append(type)
        }
        typeOfRow[rows[word]] = place
        word += 1
      }
    }
    self.typeOfRow = typeOfRow
    self.types = types
    var characters = CharacterCNN.Words()
    var shapes: [Int32] = []
    if let table = words?.table {
      for type in types {
        characters.append(table.characters(of: type))
        shapes.append(Int32(table.shape(of: type).rawValue))
      }
    }
    self.characters = characters
    self.shapes = shapes
  }

  /// The place of the type at a place in `types` among the words that have a vector; see `WordFeatures`.
  func word(_ place: Int) -> Int32 {
    words?.table.word(of: types[place]) ?? WordFeatures.unknownWord
  }

  /// The pieces of the type at a place in `types`.
  func pieces(_ place: Int) -> ArraySlice<Int32> {
    words?.table.pieces(of: types[place]) ?? []
  }
}
