import Evaluation
import Labels
import StudentComparison

extension StudentDetails {
  /// Details whose errors grow as F1 falls.
  static func sample(f1: Double, isTeacher: Bool) -> StudentDetails {
    let errors = Int((1 - f1) * 451)
    let counts = MatchCounts(gold: 200, predicted: 210, correct: Int(200 * f1))
    return StudentDetails(
      errors: .entities(
        EntityErrors(
          outcomes: [451 - errors, errors / 4, errors / 3, errors / 9, errors / 5, errors / 3],
          seen: counts,
          unseen: MatchCounts(gold: 251, predicted: 240, correct: Int(240 * f1 * f1)))),
      agreement: isTeacher ? nil : Agreement(rows: 0.9 + f1 / 10, f1: f1))
  }
}

extension Calibration {
  /// A model that is somewhat too sure of itself.
  static let sample = Calibration(
    bins: [(0.31, 0.24), (0.52, 0.4), (0.71, 0.6), (0.83, 0.75), (0.91, 0.87), (0.99, 0.97)].map {
      Bin(meanConfidence: $0, accuracy: $1, count: 75)
    })
}

extension ReportExamples {
  /// A sentence of each group, with markup in a word and in a type.
  static let sample = ReportExamples(
    student: "bilstm+aug, distilled",
    examples: [
      sentence(teacher: [("PER", 0, 1)], student: [("PER", 0, 2), ("LOC", 4, 5)]),
      sentence(teacher: [("PER", 0, 2), ("LOC", 4, 5)], student: [("PER", 0, 2), ("ORG", 4, 5)]),
      sentence(teacher: [], student: [("<odd>", 2, 4)]),
      sentence(
        teacher: [("PER", 0, 2), ("LOC", 4, 5)], student: [("PER", 0, 2), ("LOC", 4, 5)]),
    ])

  private static func sentence(
    teacher: [(String, Int, Int)], student: [(String, Int, Int)]
  ) -> Example {
    func spans(_ entities: [(String, Int, Int)]) -> Answer {
      .entities(entities.map { EntitySpan(type: $0.0, words: $0.1..<$0.2) })
    }
    return Example(
      words: ["Ada", "Nwosu", "<b>", "visits", "Porto", "&", "stays", "."],
      gold: spans([("PER", 0, 2), ("LOC", 4, 5)]), teacher: spans(teacher),
      student: spans(student))
  }
}
