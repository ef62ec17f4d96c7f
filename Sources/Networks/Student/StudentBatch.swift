import Labels
import Layers
import StudentFormat

/// The texts of some inputs, packed for the LSTM, with each of their word types once.
///
/// Both texts of a pair run through the LSTM like any two, one after the other in the order of the texts.
struct StudentBatch {
  let packing: PackedBatch
  /// The packed row of each word in the order of the texts, [N].
  let rows: [Int]
  /// The place in `types` of the word in each packed row, [N].
  let typeOfRow: [Int]
  /// The different word types in the order in which the texts bring them, [U].
  let types: [Int32]
  /// The characters of each type.
  let characters: CharacterCNN.Words
  /// The shape of each type, as a row of the shape table, [U].
  let shapes: [Int32]
  let words: CorpusWords?

  /// Packs the texts of inputs, which must share one table and be what the task asks for.
  init(_ inputs: [StudentInput], task: TaskKind) {
    precondition(
      inputs.allSatisfy { $0.words === inputs[0].words },
      "sentences that were prepared apart cannot share a batch")
    words = inputs.first?.words
    let texts = inputs.flatMap { $0.texts(for: task) }
    packing = PackedBatch(lengths: texts.map(\.count))
    rows = packing.rowsInSentenceOrder
    var typeOfRow = [Int](repeating: 0, count: rows.count)
    var types: [Int32] = []
    var places: [Int32: Int] = [:]
    var word = 0
    for text in texts {
      for type in text {
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
