import JSON
import Kernels
import Layers
import TestSupport
import Testing

/// A case of a fixture that Tests/References/lstm.py wrote.
struct ReferenceCase {
  let json: JSONValue

  static func read(_ name: String) throws -> [ReferenceCase] {
    let json = try JSONValue.read(path: fixture("LayersTests/Fixtures/\(name)"))
    return try #require(json.array).map { ReferenceCase(json: $0) }
  }

  func size(_ key: String) throws -> Int { try #require(json[key]?.int) }

  func numbers(_ key: String) throws -> [Double] {
    try #require(json[key]?.array).compactMap(\.double)
  }

  func gradient(_ name: String) throws -> [Double] {
    try #require(json["gradients"]?[name]?.array).compactMap(\.double)
  }
}

/// Element n is 0.4 cos(1.3 n + phase), as in Tests/References/lstm.py.
func formula(_ count: Int, phase: Double) -> [Double] {
  (0..<count).map { 0.4 * cosine(1.3 * Double($0) + phase) }
}

/// The weight of output n in the loss of Tests/References/lstm.py.
func lossWeight(_ n: Int) -> Double { cosine(0.7 * Double(n) + 1) }

/// The largest distance of two lists; infinite if they differ in length.
func distance(_ x: [Double], _ y: [Double]) -> Double {
  guard x.count == y.count else { return .infinity }
  return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Matrix {
  /// The elements, row after row.
  var numbers: [Double] {
    (0..<rows).flatMap { r in (0..<columns).map { Double(self[r, $0]) } }
  }

  /// Sets the elements, row after row.
  func fill(_ numbers: [Double]) {
    for (n, number) in numbers.enumerated() { self[n / columns, n % columns] = Float(number) }
  }
}
