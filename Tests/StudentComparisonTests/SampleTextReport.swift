import Evaluation
import Labels
import StudentComparison

extension ComparisonReport {
  /// A fixed report of models that label pairs of texts, with markup in a text and in a label.
  static let sampleOfPairs = sample(of: .pair)
  /// The same of models that label texts.
  static let sampleOfTexts = sample(of: .sentence)

  private static func sample(of task: TaskKind) -> ComparisonReport {
    let run = Run(
      corpus: "reviews.tsv", task: task, sentences: 60, words: 720, entities: 0,
      teacher: "minilm-l6", seeds: [1, 2], cpu: "AMD EPYC 9R45", cores: 2, blasCore: "Cooperlake",
      threads: 2,
      date: "2026-11-23", commands: ["compare-students run --test reviews.tsv"])
    let students = [
      student("teacher", .teacher, wrong: [3], task),
      student("bilstm", .direct, wrong: [14, 16], task),
      student("bilstm+aug", .distilled, wrong: [6, 8], task),
    ]
    let claims = Claims(
      task: task, students: students, rounds: students.map { _ in [] }, teacherLayers: 6)
    var report = ComparisonReport(run: run, students: students, claims: claims.all)
    report.examples = ReportExamples(
      student: "bilstm+aug, distilled",
      examples: [
        example("<b>good|", "good", "<good>", "good", task),
        example("bad", "<good>", "<good>", "good", task),
      ])
    return report
  }

  /// A model that takes the last examples, so many with each seed, for good ones, and of them every third for odd ones.
  private static func student(
    _ name: String, _ training: StudentResult.Training, wrong: [Int], _ task: TaskKind
  ) -> StudentResult {
    let scores = wrong.map { wrong in
      var score = ClassificationScore(labels: ["<good>", "bad", "odd"])
      for example in 0..<60 {
        let isRight = example < 60 - wrong
        score.add(gold: 1, predicted: isRight ? 1 : example % 3 == 0 ? 2 : 0)
      }
      return score
    }
    var student = StudentResult(
      name: name, training: training,
      seeds: scores.enumerated().map { index, score in
        SeedResult(
          seed: UInt64(index + 1), score: score, trainingSeconds: 12, devF1: [0.7, score.accuracy])
      },
      parameters: 1_000_000 / wrong[0], parametersWithoutEmbeddings: 100_000, fileBytes: 4_000_000)
    student.measure(speed: 90_000, p50: 0.1, p95: 0.2, memory: 80_000_000)
    student.details = StudentDetails(
      errors: .labels(scores[0].confusion),
      agreement: training == .teacher ? nil : StudentDetails.Agreement(rows: scores[0].accuracy),
      calibration: .sample)
    return student
  }

  private static func example(
    _ word: String, _ gold: String, _ teacher: String, _ student: String, _ task: TaskKind
  ) -> ReportExamples.Example {
    ReportExamples.Example(
      words: ["A", word, "film", "It", "is", word], firstLength: task == .pair ? 3 : nil,
      gold: .label(gold), teacher: .label(teacher), student: .label(student))
  }
}
