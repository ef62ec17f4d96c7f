import Evaluation
import StudentComparison

extension ComparisonReport {
  /// A fixed report with everything that a rendering must cope with: names to escape, figures that are missing,
  /// students of the same latency, and every verdict.
  static let sample: ComparisonReport = {
    let run = Run(
      corpus: "gazette.test", sentences: 240, words: 4744, entities: 451, teacher: "minilm-l6",
      seeds: [1, .max], cpu: "AMD EPYC 9R45 <Turin> & \"co\"", cores: 2, blasCore: "Cooperlake",
      threads: 2, date: "2025-11-23",
      commands: [
        "distill-bilstm train --seed 1 --run runs/default",
        "compare-students run --students 'bilstm,<odd|name>_*'\nrm --nothing",
      ])
    var teacher = StudentResult(
      name: "teacher", training: .teacher, seeds: [seed(1, f1: 0.682, training: 96)],
      parameters: 22_565_769, parametersWithoutEmbeddings: 10_646_793, fileBytes: 90_266_000)
    teacher.measure(speed: 3100.4, p50: 7.91, p95: 12.44, memory: 391_000_000)
    teacher.details = .sample(f1: 0.682, isTeacher: true)
    let students = [
      teacher,
      student("bert-first-3", .direct, 0.601, speed: 6011, p50: 4.1, size: 68_960_000),
      student("bert-first-3", .distilled, 0.648, speed: 5990, p50: 4.12, size: 68_960_000),
      student("bert-alternate-3", .direct, 0.607, speed: 6020, p50: 4.11, size: 68_960_000),
      student("bert-alternate-3", .distilled, 0.652, speed: 6003, p50: 4.09, size: 68_960_000),
      student("bert-random", .direct, 0.312, speed: 51_000, p50: 0.62, size: 9_100_000),
      student("bilstm", .direct, 0.643, speed: 143_210, p50: 0.083, size: 10_950_000),
      student("bilstm+aug", .distilled, 0.669, speed: 142_900, p50: 0.084, size: 10_950_000),
      unmeasured("<odd|name>_*&\"'"),
    ]
    let claims = [
      Claim(
        text: "bilstm+aug, distilled, is better than bilstm, direct.", verdict: .confirmed,
        figures: "F1 66.9 against 64.3, difference +2.6, 95 % interval 0.4 to 4.9", pValue: 0.0214),
      Claim(
        text: "bert-random keeps the teacher's F1.", verdict: .refuted,
        figures: "F1 31.2 against 68.2, difference -37.0, 95 % interval -41.0 to -32.9",
        pValue: 0.0001),
      Claim(
        text: "bilstm+aug, distilled, is better than bert-first-3, distilled.",
        verdict: .undecided,
        figures: "F1 66.9 against 64.8, difference +2.1, 95 % interval -0.8 to 5.1", pValue: 0.158),
      Claim(
        text: "A <script> in a claim stays text.", verdict: .undecided, figures: "no test",
        pValue: nil),
    ]
    var report = ComparisonReport(run: run, students: students, claims: claims)
    report.examples = .sample
    return report
  }()

  /// A training with that F1 to the third digit, on sentences whose counts lie around it.
  static func seed(_ seed: UInt64, f1: Double, training: Double?) -> SeedResult {
    let correct = Int((1000 * f1).rounded())
    let sentences = (0..<40).map { sentence in
      // 25 entities a sentence; the errors are dealt out unevenly, so that the interval has a width.
      let share = correct * (sentence + 1) / 40 - correct * sentence / 40
      return MatchCounts(
        gold: 25, predicted: 25, correct: share + (sentence % 2 == 0 ? 3 : -3))
    }
    let types = zip(zip(["LOC", "MISC", "ORG", "PER"], [121, 76, 133, 121]), [0, -0.2, 0, 0.1])
    return SeedResult(
      seed: seed, sentences: sentences,
      perType: types.map { type, offset in
        SeedResult.TypeCounts(
          type: type.0,
          counts: MatchCounts(
            gold: type.1, predicted: type.1 + 4, correct: Int(Double(type.1) * (f1 + offset))))
      },
      trainingSeconds: training, devF1: [f1 - 0.1, f1 - 0.02, f1])
  }

  private static func student(
    _ name: String, _ training: StudentResult.Training, _ f1: Double, speed: Double, p50: Double,
    size: Int
  ) -> StudentResult {
    var student = StudentResult(
      name: name, training: training,
      seeds: [seed(1, f1: f1 - 0.02, training: 412.6), seed(.max, f1: f1 + 0.02, training: 400)],
      parameters: size / 4, parametersWithoutEmbeddings: size / 12, fileBytes: size)
    student.measure(speed: speed, p50: p50, p95: 1.6 * p50, memory: 3 * size)
    student.details = .sample(f1: f1, isTeacher: false)
    if name.hasPrefix("bilstm") { student.details?.calibration = .sample }
    return student
  }

  private static func unmeasured(_ name: String) -> StudentResult {
    StudentResult(
      name: name, training: .distilled, seeds: [], parameters: 0, parametersWithoutEmbeddings: 0,
      fileBytes: 0)
  }
}

extension StudentResult {
  mutating func measure(speed: Double, p50: Double, p95: Double, memory: Int) {
    wordsPerSecond = speed
    wordsPerSecondOnAllThreads = 1.9 * speed
    latencyP50Milliseconds = p50
    latencyP95Milliseconds = p95
    peakMemoryBytes = memory
  }
}
