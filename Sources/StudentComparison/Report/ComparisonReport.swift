import Labels
import TerminalUI

/// What `compare-students` found: the run, a row a model, and the claims that were checked.
///
/// Stored as report.json, shown as Markdown, as one HTML file and as a table in the terminal.
public struct ComparisonReport: Sendable, Equatable {
  /// Where the figures come from and how to get them again.
  public struct Run: Sendable, Equatable {
    /// The name or path of the test corpus.
    public var corpus: String
    /// What the models are asked about its examples.
    public var task: TaskKind
    /// How many examples it has.
    public var sentences: Int
    /// How many words it has.
    public var words: Int
    /// How many entities it has; 0 where texts or pairs have labels.
    public var entities: Int
    /// The name or path of the teacher.
    public var teacher: String
    /// The seeds of the students; the first is that of the run, and so of the teacher and of the augmented text.
    public var seeds: [UInt64]
    /// The model name of the CPU.
    public var cpu: String
    /// How many cores it has.
    public var cores: Int
    /// The core that OpenBLAS was tuned for.
    public var blasCore: String
    /// How many threads are all, where a figure is on all threads.
    public var threads: Int
    /// The day, as `2025-11-23`.
    public var date: String
    /// The command lines that repeat the run.
    public var commands: [String]

    /// The circumstances of a run.
    public init(
      corpus: String, task: TaskKind = .tag, sentences: Int, words: Int, entities: Int,
      teacher: String, seeds: [UInt64],
      cpu: String, cores: Int, blasCore: String, threads: Int, date: String, commands: [String]
    ) {
      self.corpus = corpus
      self.task = task
      self.sentences = sentences
      self.words = words
      self.entities = entities
      self.teacher = teacher
      self.seeds = seeds
      self.cpu = cpu
      self.cores = cores
      self.blasCore = blasCore
      self.threads = threads
      self.date = date
      self.commands = commands
    }
  }

  /// Where the figures come from.
  public var run: Run
  /// The models, in the order in which they are shown.
  public var students: [StudentResult]
  /// The statements that were checked.
  public var claims: [Claim]
  /// Some test examples with the answers of gold annotation, teacher and best student; nil where none were kept.
  public var examples: ReportExamples?

  /// A report.
  public init(run: Run, students: [StudentResult], claims: [Claim] = []) {
    self.run = run
    self.students = students
    self.claims = claims
  }

  /// The teacher's row; nil where the teacher was not measured.
  public var teacher: StudentResult? { students.first { $0.training == .teacher } }

  /// The student with the highest score; of equals the first.
  public var bestStudent: StudentResult? {
    students.filter { $0.training != .teacher }.reduce(nil) { best, student in
      guard let best else { return student }
      return student.f1.mean > best.f1.mean ? student : best
    }
  }

  /// A model's score as a share of the teacher's; nil where there is nothing to compare with.
  public func shareOfTeacherF1(_ student: StudentResult) -> Double? {
    guard let teacher, teacher.f1.mean > 0 else { return nil }
    return student.f1.mean / teacher.f1.mean
  }

  /// The outcome in a sentence or two; nil without a teacher and a student.
  public var summary: String? {
    guard let teacher, let best = bestStudent, let share = shareOfTeacherF1(best) else {
      return nil
    }
    var text =
      "The best student, \(best.title), reaches an \(run.task.metric) of \(format(100 * best.f1.mean, decimals: 1)): "
      + "\(format(100 * share, decimals: 1)) % of the teacher's "
      + "\(format(100 * teacher.f1.mean, decimals: 1)), in a file of \(formatBytes(best.fileBytes)) "
      + "instead of \(formatBytes(teacher.fileBytes))"
    if let speed = best.wordsPerSecond, let teacherSpeed = teacher.wordsPerSecond, teacherSpeed > 0
    {
      let ratio = speed / teacherSpeed
      text += " and at \(format(ratio, decimals: ratio < 9.95 ? 1 : 0)) times its speed"
    }
    return text + "."
  }

  /// The circumstances as pairs of a name and a value, in the order in which they are shown.
  var circumstances: [(name: String, value: String)] { run.circumstances }

  /// The corpus and its size in words.
  var corpusText: String { run.corpusText }

  /// What the columns mean, where their titles do not say it.
  var notes: [String] {
    let task = run.task
    var notes = [
      task.labelsWords
        ? "F1, precision and recall count whole entities, as conlleval does, in per cent."
        : "Accuracy is the share of the test \(task.examples) with the gold label, in per cent."
    ]
    if run.seeds.count > 1 {
      notes.append(
        "A student was trained with \(run.seeds.count) seeds: \(task.metric) is their mean ± their standard "
          + "deviation, other scores and the training time are means.")
    }
    notes += [
      "The interval holds 95 % of 1,000 bootstrap resamples of the test \(task.examples)"
        + (run.seeds.count > 1 ? ", the counts of all seeds summed." : "."),
      "Words a second are of many \(task.examples) at once, on one thread and on all.",
      "Latency is the time for one \(task.example) alone, on one thread; p50 is the median, p95 the 95th "
        + "percentile.",
    ]
    return notes
  }
}
