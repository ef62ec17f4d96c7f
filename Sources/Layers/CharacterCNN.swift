import BLAS
import Kernels

/// A convolution over a word's characters, its maximum over the word, then ReLU: words become vectors of F features.
///
/// Ma and Hovy 2016, with ReLU. In PyTorch: `relu(Conv1d(D, F, 3, padding=1)(Embedding(C, D)(word).T).amax(-1))`.
///
///     C  known characters    D  width of their embeddings    F  filters    U  words    k  tap of the filter, 0, 1, 2
///
///     (1)  P_k = E W_k^T                             [C, F]   each character under each tap
///     (2)  z_p = b + P_0[c_p-1] + P_1[c_p] + P_2[c_p+1]       at each character p; nothing is added beyond the ends
///     (3)  y   = max(0, max over p of z_p)
///
/// There are far fewer characters than places where they stand, so (1) is small and (2) adds three rows a place.
public struct CharacterCNN: Sendable {
  /// E, W and b.
  public let tensors: CharacterCNNTensors
  /// C, the number of characters.
  var characters: Int { tensors.characters }
  /// D, the width of a character's embedding.
  var dimension: Int { tensors.dimension }
  /// F, the number of filters.
  var filters: Int { tensors.filters }
  private static let taps = CharacterCNNTensors.taps

  /// Words as lists of characters, laid end to end.
  public struct Words: Sendable, Equatable {
    /// The characters of all words; each in 0 ..< C.
    public var characters: [Int32] = []
    /// Word u has the characters at starts[u] ..< starts[u + 1]; U + 1 numbers.
    public var starts: [Int] = [0]
    /// U.
    public var count: Int { starts.count - 1 }

    /// No words.
    public init() {}

    /// Appends a word, which must have a character.
    public mutating func append(_ word: some Collection<Int32>) {
      precondition(!word.isEmpty, "a word without characters")
      characters.append(contentsOf: word)
      starts.append(characters.count)
    }
  }

  /// What the backward pass needs of a forward pass.
  public struct Activations {
    let words: Words
    /// Where each maximum stands in `words.characters`, or -1 where ReLU cut it off, [U F].
    let places: UnsafeMutablePointer<Int32>
  }

  /// Takes the tensors of a layout.
  public init(_ tensors: CharacterCNNTensors) {
    self.tensors = tensors
  }

  /// Steps 1 to 3.
  ///
  /// - Parameters:
  ///   - words: U words.
  ///   - y: [U, F], overwritten.
  ///   - parameters: The model's parameters.
  ///   - workspace: Where the activations go.
  /// - Returns: What the backward pass needs.
  public func forward(
    _ words: Words, into y: Matrix, parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Activations {
    precondition(y.rows == words.count && y.columns == filters, "\(y.rows) x \(y.columns) output")
    let filters = filters
    let tapped = workspace.matrix(characters, Self.taps * filters)
    gemm(
      tensors.embeddings.matrix(in: parameters), .none, tapMajorWeight(parameters, workspace),
      .transposed,
      into: tapped)  // 1
    let places = UnsafeMutableRawPointer(workspace.floats(words.count * filters))
      .bindMemory(to: Int32.self, capacity: words.count * filters)
    let z = workspace.floats(filters)
    let bias = tensors.bias.pointer(in: parameters)
    words.characters.withUnsafeBufferPointer { characters in
      guard let characters = characters.baseAddress else { return }
      for u in 0..<words.count {
        let (best, place) = (y.row(u), places + u * filters)
        best.update(repeating: 0, count: filters)  // of 3: nothing below 0 counts
        place.update(repeating: -1, count: filters)
        let word = words.starts[u]..<words.starts[u + 1]
        for p in word {
          tensors.convolve(
            at: p, of: word, in: characters, tapped: tapped.base, bias: bias, into: z)  // 2
          for f in 0..<filters where z[f] > best[f] {
            best[f] = z[f]
            place[f] = Int32(truncatingIfNeeded: p)
          }
        }
      }
    }
    return Activations(words: words, places: places)
  }

  /// Gradients of steps 3 to 1.
  ///
  ///     of 3, 2  db += dy and dP_k[c_p+k-1] += dy, at the p of each maximum above 0
  ///     of 1     dE += the sum of dP_k W_k, dW_k += dP_k^T E
  ///
  /// - Parameters:
  ///   - saved: The forward pass's activations.
  ///   - dY: dL/dy, [U, F].
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - workspace: Scratch.
  public func backward(
    _ saved: Activations, dY: Matrix, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace
  ) {
    let dTapped = workspace.zeros(characters, Self.taps * filters)
    scatter(saved, dY, into: dTapped, bias: tensors.bias.pointer(in: gradients))
    gemm(
      dTapped, .none, tapMajorWeight(parameters, workspace), .none,
      into: tensors.embeddings.matrix(in: gradients), beta: 1)
    let dWeight = workspace.matrix(Self.taps * filters, dimension)
    gemm(dTapped, .transposed, tensors.embeddings.matrix(in: parameters), .none, into: dWeight)
    let target = tensors.weight.pointer(in: gradients)
    tensors.forEachWeight { index, row, column in target[index] += dWeight[row, column] }
  }

  /// Gradients of steps 3 and 2.
  private func scatter(
    _ saved: Activations, _ dY: Matrix, into dTapped: Matrix, bias: UnsafeMutablePointer<Float>
  ) {
    let (filters, words) = (filters, saved.words)
    words.characters.withUnsafeBufferPointer { characters in
      for u in 0..<words.count {
        let range = words.starts[u]..<words.starts[u + 1]
        let (dRow, place) = (dY.row(u), saved.places + u * filters)
        for f in 0..<filters where place[f] >= 0 {
          let p = Int(place[f])
          bias[f] += dRow[f]
          for k in 0..<Self.taps where range.contains(p + k - 1) {
            dTapped[Int(characters[p + k - 1]), k * filters + f] += dRow[f]
          }
        }
      }
    }
  }

  /// W with its taps outermost, [3 F, D], so that one product serves all taps.
  private func tapMajorWeight(
    _ parameters: UnsafeMutablePointer<Float>, _ workspace: Workspace
  ) -> Matrix {
    let matrix = workspace.matrix(Self.taps * filters, dimension)
    tensors.writeTapMajor(tensors.weight.pointer(in: parameters), to: matrix.base)
    return matrix
  }
}
