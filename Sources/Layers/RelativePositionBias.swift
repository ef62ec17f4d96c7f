import Kernels

/// What is added to the attention score of a key by its distance from the query, one table for all layers.
///
///     S[i, j] = Q[i] K[j]^T / sqrt(d) + table[bucket(j - i), head]
///
/// Raffel and others 2020 (T5), section 2.1; as MPNet has it (Song and others 2020).
public struct RelativePositionBias: Sendable {
  /// The number of buckets: 16 for keys at or before the query, 16 for those behind it.
  public static let bucketCount = 32

  /// The table, [32, A].
  public let weight: ParameterSlice
  private var heads: Int { weight.shape[1] }

  /// The biases that a batch needs, spread from buckets over distances.
  public struct Spread: Sendable {
    /// [A, 2T - 1], T being the longest sentence: column d + T - 1 for the distance d.
    let biases: Matrix
    /// Their gradient, likewise; nil where no backward pass is needed.
    let dBiases: Matrix?

    /// The bias of a head at distance 0; others stand before and behind it.
    func bias(_ head: Int) -> UnsafeMutablePointer<Float> {
      biases.row(head) + biases.columns / 2
    }

    /// The gradient of a head's bias at distance 0.
    func dBias(_ head: Int) -> UnsafeMutablePointer<Float>? {
      dBiases.map { $0.row(head) + $0.columns / 2 }
    }
  }

  /// Adds `NAME.weight` to a layout.
  public init(into layout: inout ParameterLayout, name: String, heads: Int) {
    weight = layout.add("\(name).weight", Self.bucketCount, heads)
  }

  /// The bucket of a distance, the key's position less the query's.
  ///
  /// Up to 7 places each distance has a bucket of its own; from 8 on the k-th of eight buckets begins at 8 * 2^(k / 2),
  /// so that the last holds all from 91 places on.
  public static func bucket(_ distance: Int) -> Int {
    let first = distance > 0 ? bucketCount / 2 : 0
    let places = Int(min(distance.magnitude, 91))
    if places < 8 { return first + places }
    let large = (1...7).count { places * places >= 64 << $0 }
    return first + 8 + large
  }

  /// The biases for sentences of up to `longest` pieces.
  public func spread(
    longest: Int, training: Bool, parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Spread {
    let distances = max(2 * longest - 1, 1)
    let biases = workspace.matrix(heads, distances)
    let table = weight.matrix(in: parameters)
    for column in 0..<distances {
      let bucket = Self.bucket(column - distances / 2)
      for head in 0..<heads { biases[head, column] = table[bucket, head] }
    }
    return Spread(biases: biases, dBiases: training ? workspace.zeros(heads, distances) : nil)
  }

  /// dtable[bucket(d), head] += dbias[head, d].
  public func backward(_ spread: Spread, gradients: UnsafeMutablePointer<Float>) {
    guard let dBiases = spread.dBiases else { return }
    let dTable = weight.matrix(in: gradients)
    for column in 0..<dBiases.columns {
      let bucket = Self.bucket(column - dBiases.columns / 2)
      for head in 0..<heads { dTable[bucket, head] += dBiases[head, column] }
    }
  }
}
