/// Which of a BERT's encoder layers a truncated student keeps, in their order.
public enum LayerSelection: Sendable, Equatable, CustomStringConvertible {
  case all
  /// Layers 0 ..< k.
  case first(Int)
  /// The last k layers.
  case last(Int)
  /// Layers 0, 2, 4 and so on, k of them; as DistilBERT is initialised (Sanh et al. 2019).
  case alternate(Int)
  /// The layers with these numbers, counted from 0, each above the one before.
  case listed([Int])

  /// Reads a list such as `0,3,5`; nil unless the numbers rise.
  public init?(list: some StringProtocol) {
    let parts = list.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers.allSatisfy({ (0..<1000).contains($0) }),
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self = .listed(numbers)
  }

  /// The kept layers' numbers in a model of `count` layers; nil where it has too few.
  public func indices(of count: Int) -> [Int]? {
    switch self {
    case .all: Array(0..<count)
    case .first(let k): k >= 1 && k <= count ? Array(0..<k) : nil
    case .last(let k): k >= 1 && k <= count ? Array(count - k..<count) : nil
    case .alternate(let k):
      k >= 1 && 2 * (k - 1) < count ? (0..<k).map { 2 * $0 } : nil
    case .listed(let numbers): numbers.allSatisfy { $0 < count } ? numbers : nil
    }
  }

  /// The name in a student's name, for example "first-3".
  public var description: String {
    switch self {
    case .all: "all"
    case .first(let k): "first-\(k)"
    case .last(let k): "last-\(k)"
    case .alternate(let k): "alternate-\(k)"
    case .listed(let numbers): "layers=\(numbers.map(String.init).joined(separator: ","))"
    }
  }
}
