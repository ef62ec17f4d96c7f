// The tensors of the layers that a network trains and a finished model runs: names, shapes and order in PyTorch's
// terms, and how their numbers are ordered. What is computed with them stands elsewhere.

/// The tensors of a bidirectional LSTM, as in `torch.nn.LSTM(I, H, bidirectional=True)`.
///
/// Each list holds the forward direction's tensor and then the backward direction's. Both lie side by side in the layout, so
/// that the two [4H, I] weights are one [8H, I] matrix.
public struct BiLSTMTensors: Sendable {
  /// The gates i, f, g and o, in PyTorch's order.
  public static let gates = 4

  /// I, the width of the input.
  public let inputs: Int
  /// H, the width of one direction's output.
  public let hidden: Int
  /// weight_ih, 2 x [4H, I].
  public let weightIH: [ParameterSlice]
  /// bias_ih, 2 x [4H].
  public let biasIH: [ParameterSlice]
  /// bias_hh, 2 x [4H].
  public let biasHH: [ParameterSlice]
  /// weight_hh, 2 x [4H, H].
  public let weightHH: [ParameterSlice]

  /// Adds `PREFIXweight_ih_l0` and the seven others to a layout.
  ///
  /// - Parameters:
  ///   - layout: The layout.
  ///   - prefix: What stands before the names; may be empty.
  ///   - layer: The number after `_l`, counted from the bottom of a stack.
  ///   - inputs: I.
  ///   - hidden: H.
  public init(
    into layout: inout ParameterLayout, prefix: String, layer: Int = 0, inputs: Int, hidden: Int
  ) {
    func both(_ name: String, _ add: (String) -> ParameterSlice) -> [ParameterSlice] {
      ["", "_reverse"].map { add("\(prefix)\(name)_l\(layer)\($0)") }
    }
    let rows = Self.gates * hidden
    self.inputs = inputs
    self.hidden = hidden
    weightIH = both("weight_ih") { layout.add($0, rows, inputs) }
    biasIH = both("bias_ih") { layout.add($0, rows) }
    biasHH = both("bias_hh") { layout.add($0, rows) }
    weightHH = both("weight_hh") { layout.add($0, rows, hidden) }
  }

  /// The row of a gate of a unit in each of these tensors: all units of i first, then those of f, g and o.
  public func row(gate: Int, unit: Int) -> Int { gate * hidden + unit }
}

/// The tensors of a convolution over a word's characters with filters three characters wide.
///
///     C  known characters    D  width of their embeddings    F  filters    k  tap of the filter, 0, 1, 2
///
/// A word's features are computed from each character under each tap, P_k = E W_k^T [C, F] for the three k. All three are one
/// product once W is reordered with its taps outermost: P [C, 3 F] = E W'^T.
public struct CharacterCNNTensors: Sendable {
  /// The number of taps of a filter.
  public static let taps = 3

  /// E, [C, D].
  public let embeddings: ParameterSlice
  /// W, [F, D, 3].
  public let weight: ParameterSlice
  /// b, [F].
  public let bias: ParameterSlice
  /// C, the number of characters.
  public var characters: Int { embeddings.shape[0] }
  /// D, the width of a character's embedding.
  public var dimension: Int { embeddings.shape[1] }
  /// F, the number of filters.
  public var filters: Int { bias.shape[0] }

  /// Adds `char_embeddings.weight`, `char_cnn.weight` and `char_cnn.bias` to a layout.
  public init(into layout: inout ParameterLayout, characters: Int, dimension: Int, filters: Int) {
    embeddings = layout.add("char_embeddings.weight", characters, dimension)
    weight = layout.add("char_cnn.weight", filters, dimension, Self.taps)
    bias = layout.add("char_cnn.bias", filters)
  }

  /// Visits each number of W: its index, and its row and column in W' [3 F, D], where the taps are outermost.
  @inlinable
  public func forEachWeight(_ body: (_ index: Int, _ row: Int, _ column: Int) -> Void) {
    var index = 0
    for f in 0..<filters {
      for d in 0..<dimension {
        for k in 0..<Self.taps {
          body(index, k * filters + f, d)
          index += 1
        }
      }
    }
  }

  /// Writes W', [3 F, D].
  public func writeTapMajor(_ weight: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>)
  {
    forEachWeight { index, row, column in target[row * dimension + column] = weight[index] }
  }

  /// The filters at one character of a word: z = b + P_0[c_p-1] + P_1[c_p] + P_2[c_p+1], without what lies beyond the word.
  ///
  /// - Parameters:
  ///   - p: The character's index in `characters`.
  ///   - word: The word's characters, as a range of `characters`.
  ///   - characters: Numbers in 0 ..< C.
  ///   - tapped: P, [C, 3 F].
  ///   - bias: b, [F].
  ///   - z: [F], overwritten.
  public func convolve(
    at p: Int, of word: Range<Int>, in characters: UnsafePointer<Int32>,
    tapped: UnsafePointer<Float>, bias: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>
  ) {
    z.update(from: bias, count: filters)
    for k in 0..<Self.taps where word.contains(p + k - 1) {
      let character = Int(characters[p + k - 1])
      precondition(
        character >= 0 && character < self.characters, "\(character) of \(self.characters)")
      add(tapped + (character * Self.taps + k) * filters, to: z, count: filters)
    }
  }
}

/// The scores of a CRF's label sequences, with the names and shapes of the package pytorch-crf.
public struct CRFTensors: Sendable {
  /// The score of each label on the first word, [L].
  public let start: ParameterSlice
  /// The score of each label on the last word, [L].
  public let end: ParameterSlice
  /// The score of label j after label i, [L, L].
  public let transitions: ParameterSlice

  /// Adds `crf.start_transitions`, `crf.end_transitions` and `crf.transitions` to a layout.
  public init(into layout: inout ParameterLayout, labels: Int) {
    start = layout.add("crf.start_transitions", labels)
    end = layout.add("crf.end_transitions", labels)
    transitions = layout.add("crf.transitions", labels, labels)
  }
}
