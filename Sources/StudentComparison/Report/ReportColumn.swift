import Evaluation
import Labels
import TerminalUI

/// One column of the comparison table: its title and the text of its cells, the same in every rendering.
struct ReportColumn: Sendable {
  let title: String
  let isNumber: Bool
  let cell: @Sendable (StudentResult, ComparisonReport) -> String

  /// What a cell shows where nothing was measured.
  static let missing = "–"

  /// Every column of a task's report, for Markdown and HTML.
  static func all(_ task: TaskKind) -> [ReportColumn] {
    [
      student, training, score(task), interval, share, speed, speedOnAllThreads, median,
      percentile95, file, memory, parameters, parametersWithoutEmbeddings,
    ] + (task.labelsWords ? [precision, recall] : []) + [trainingTime]
  }

  /// The columns that a terminal has room for.
  static func brief(_ task: TaskKind) -> [ReportColumn] {
    [
      student, training, score(task), interval, share, speed, median, percentile95, file, memory,
      parameters,
    ]
  }

  private static let student = ReportColumn(title: "student", isNumber: false) { student, _ in
    student.name
  }
  private static let training = ReportColumn(title: "training", isNumber: false) { student, _ in
    student.training == .teacher ? missing : student.training.rawValue
  }
  private static func score(_ task: TaskKind) -> ReportColumn {
    number(task.metric) { student in
      percent(student.f1.mean) + (student.f1.deviation.map { " ± \(percent($0))" } ?? "")
    }
  }
  private static let interval = number("95 % interval") {
    "\(percent($0.f1Interval.low))–\(percent($0.f1Interval.high))"
  }
  private static let share = ReportColumn(title: "of teacher", isNumber: true) { student, report in
    report.shareOfTeacherF1(student).map { "\(percent($0)) %" } ?? missing
  }
  private static let precision = number("precision") { percent($0.precision.mean) }
  private static let recall = number("recall") { percent($0.recall.mean) }
  private static let parameters = number("parameters") { millions($0.parameters) }
  private static let parametersWithoutEmbeddings = number("without embeddings") {
    millions($0.parametersWithoutEmbeddings)
  }
  private static let file = number("file") { formatBytes($0.fileBytes) }
  private static let speed = number("words/s") { perSecond($0.wordsPerSecond) }
  private static let speedOnAllThreads = number("words/s, all threads") {
    perSecond($0.wordsPerSecondOnAllThreads)
  }
  private static let median = number("p50 ms") { milliseconds($0.latencyP50Milliseconds) }
  private static let percentile95 = number("p95 ms") { milliseconds($0.latencyP95Milliseconds) }
  private static let memory = number("memory") { $0.peakMemoryBytes.map(formatBytes) ?? missing }
  private static let trainingTime = number("training time") {
    $0.trainingSeconds.map(formatDuration) ?? missing
  }

  private static func number(
    _ title: String, _ cell: @escaping @Sendable (StudentResult) -> String
  ) -> ReportColumn {
    ReportColumn(title: title, isNumber: true) { student, _ in cell(student) }
  }

  private static func perSecond(_ words: Double?) -> String {
    guard let words, (0...1e15).contains(words) else { return missing }
    return formatCount(Int(words.rounded()))
  }

  /// A share in per cent with one decimal.
  static func percent(_ share: Double) -> String { format(100 * share, decimals: 1) }

  /// A count of parameters in millions: `22.6 M`, `0.96 M`.
  static func millions(_ count: Int) -> String {
    let value = Double(count) / 1e6
    return "\(format(value, decimals: value < 9.995 ? 2 : 1)) M"
  }

  /// A time with about three digits; a dash where there is none.
  static func milliseconds(_ time: Double?) -> String {
    guard let time, time.isFinite else { return missing }
    return format(time, decimals: time < 0.9995 ? 3 : time < 9.995 ? 2 : 1)
  }
}
