/// Measures several models by turns: A, B, C, A, B, C and so on.
///
/// What slows a machine down for a while then falls on all models alike, and each round compares them under like conditions.
struct AlternateMeasurement {
  /// The rounds of each model, in the order of the models.
  let rounds: [[Measurement]]

  /// Takes all rounds.
  ///
  /// - Parameters:
  ///   - paths: The models' directories.
  ///   - count: How often each is measured.
  ///   - measure: Measures one, in a process of its own.
  ///   - observe: Told which round begins.
  /// - Throws: What `measure` throws.
  init(
    of paths: [String], rounds count: Int, measure: (String) throws -> Measurement,
    observe: (String) -> Void
  ) throws {
    var rounds = [[Measurement]](repeating: [], count: paths.count)
    for round in 1...count {
      observe("measuring speed and memory by turns, round \(round) of \(count)")
      for (index, path) in paths.enumerated() { rounds[index].append(try measure(path)) }
    }
    self.rounds = rounds
  }
}
