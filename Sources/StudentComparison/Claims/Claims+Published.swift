import Networks
import TerminalUI

extension Claims {
  /// DistilBERT's claims for a student with half of the teacher's layers: 40 % fewer parameters, 60 % faster, 97 % of the score.
  ///
  /// Source: Sanh et al. 2019.
  var distilBERT: [Claim] {
    let texts = [
      "Half of the layers: 40 % fewer parameters than the teacher (DistilBERT)",
      "Half of the layers: 60 % faster than the teacher (DistilBERT)",
      "Half of the layers, distilled: 97 % of the teacher's \(task.metric) (DistilBERT)",
    ]
    let half = teacherLayers / 2
    // DistilBERT itself starts from every other layer.
    let names: [LayerSelection] = [.alternate(half), .first(half), .last(half)]
    let student = names.lazy.compactMap { find("bert-\($0)", .distilled) }.first
    guard let teacher, let student else {
      let name = "distilled bert-alternate-\(half), bert-first-\(half) or bert-last-\(half)"
      return texts.map { .missing($0, name) }
    }
    let share = Double(student.parameters) / Double(max(teacher.parameters, 1))
    return [
      .counted(
        texts[0], holds: share <= 0.6,
        figures: "\(student.name): \(ReportColumn.millions(student.parameters)) against "
          + "\(ReportColumn.millions(teacher.parameters)), \(format(100 * (1 - share), decimals: 1)) "
          + "% fewer; \(fewerWithoutEmbeddings(student, teacher)) % without embedding tables"),
      .faster(
        texts[1], factor: 1.6, ratios: speeds(student, Claims.oneExample),
        figures: "\(student.name), one \(task.example) alone"),
      .better(texts[2] + ": \(student.name)", [student], than: [teacher], share: 0.97, task),
    ]
  }

  /// The claims for a BiLSTM beside BERT-large: 349 times fewer parameters, embedding tables left out, and 434 times faster.
  ///
  /// The paper measured them against BERT-large, which is larger than most teachers here. So the student's parameters are held
  /// to those of the paper's student, 0.96 million, and its speed to the paper's factor in proportion to the parameters of
  /// the teacher's layers, on which the work for a word depends.
  ///
  /// Source: Tang et al. 2019; BERT-large has 335 million parameters, 303 million of them in its layers (Devlin et al. 2019).
  var biLSTM: [Claim] {
    let student =
      find("bilstm+aug", .distilled) ?? students.first { $0.name.hasPrefix("bilstm") }
    let size = "The BiLSTM has at most 0.96 M parameters, embedding tables left out (Tang et al.)"
    let (many, one) = ("many \(task.examples) at once", "one \(task.example) alone")
    guard let teacher, let student else {
      return
        ([size] + [many, one].map { Self.faster(nil, $0) })
        .map { .missing($0, "BiLSTM") }
    }
    let factor =
      Self.publishedSpeed * Double(teacher.parametersWithoutEmbeddings) / Self.largeLayers
    let own = student.parametersWithoutEmbeddings
    let circumstances =
      "; the paper's 434 times were against BERT-large with layers of 303 M parameters, "
      + "this teacher's have \(ReportColumn.millions(teacher.parametersWithoutEmbeddings))"
    return [
      .counted(
        size, holds: own <= 960_000,
        figures:
          "\(ReportColumn.millions(own)): \(Claim.times(Self.largeParameters / Double(max(own, 1)))) "
          + "fewer than BERT-large (the paper: 349 times), \(Claim.times(ratio(teacher.parameters, own))) "
          + "fewer than this teacher's \(ReportColumn.millions(teacher.parameters))"),
      .faster(
        Self.faster(factor, many), factor: factor,
        ratios: speeds(student, Claims.manyExamples), figures: "on one thread",
        circumstances: circumstances),
      .faster(
        Self.faster(factor, one), factor: factor,
        ratios: speeds(student, Claims.oneExample), figures: "on one thread, medians",
        circumstances: circumstances),
    ]
  }

  /// How many times faster than BERT-large the paper's student is.
  private static let publishedSpeed = 434.0
  /// The parameters of BERT-large, and those of its layers.
  private static let (largeParameters, largeLayers) = (335e6, 303e6)

  private static func faster(_ factor: Double?, _ how: String) -> String {
    let times = factor.map { "\(Claim.times($0)) faster" } ?? "faster"
    return
      "The BiLSTM is \(times) than the teacher, \(how): the paper's factor in proportion to the "
      + "teacher's size (Tang et al.)"
  }

  private var teacher: StudentResult? { students.first { $0.training == .teacher } }

  private func ratio(_ teacher: Int, _ student: Int) -> Double {
    Double(teacher) / Double(max(student, 1))
  }

  private func fewerWithoutEmbeddings(_ student: StudentResult, _ teacher: StudentResult) -> String
  {
    let share =
      Double(student.parametersWithoutEmbeddings)
      / Double(max(teacher.parametersWithoutEmbeddings, 1))
    return format(100 * (1 - share), decimals: 1)
  }

  private static func oneExample(_ teacher: Measurement, _ student: Measurement) -> Double {
    teacher.latencyP50Milliseconds / max(student.latencyP50Milliseconds, 1e-9)
  }

  private static func manyExamples(_ teacher: Measurement, _ student: Measurement) -> Double {
    student.wordsPerSecond / max(teacher.wordsPerSecond, 1e-9)
  }
}
