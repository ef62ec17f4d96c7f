import Glibc

/// Reference weights by a formula, so that no fixture holds them: element n is scale cos(0.7 n^2 + phase).
///
/// The square makes matrices of full rank. Tests/References/chirp.py is its twin.
public func chirp(_ count: Int, phase: Double, scale: Double = 0.4) -> [Float] {
  (0..<count).map { Float(scale * cos(0.7 * Double($0 * $0) + phase)) }
}

/// The phase of a named tensor: the sum of its name's bytes.
public func chirpPhase(of name: String) -> Double {
  Double(name.utf8.reduce(0) { $0 + Int($1) })
}
