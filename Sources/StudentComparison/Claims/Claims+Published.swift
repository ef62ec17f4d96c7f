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
      "Half of the layers, distilled: 97 % of the teacher's F1 (DistilBERT)",
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
        texts[1], factor: 1.6, ratios: speeds(student, Claims.oneSentence),
        figures: "\(student.name), one sentence alone"),
      .better(texts[2] + ": \(student.name)", [student], than: [teacher], share: 0.97),
    ]
  }

  /// The claims for a BiLSTM beside BERT-large: 349 times fewer parameters without the embedding tables, 434 times faster.
  ///
  /// Source: Tang et al. 2019.
  var biLSTM: [Claim] {
    let texts = [
      "The BiLSTM has 349 times fewer parameters than the teacher, embedding tables left out (Tang et al.)",
      "The BiLSTM is 434 times faster than the teacher, many sentences at once (Tang et al.)",
      "The BiLSTM is 434 times faster than the teacher, one sentence alone (Tang et al.)",
    ]
    let student =
      find("bilstm+aug", .distilled) ?? students.first { $0.name.hasPrefix("bilstm") }
    guard let teacher, let student else { return texts.map { .missing($0, "BiLSTM") } }
    let (size, fullSize) = (
      ratio(teacher.parametersWithoutEmbeddings, student.parametersWithoutEmbeddings),
      ratio(teacher.parameters, student.parameters)
    )
    return [
      .counted(
        texts[0], holds: size >= 349,
        figures: "\(Claim.times(size)) fewer, "
          + "\(ReportColumn.millions(student.parametersWithoutEmbeddings)) against "
          + "\(ReportColumn.millions(teacher.parametersWithoutEmbeddings)); with embedding tables "
          + "\(Claim.times(fullSize)) fewer, \(ReportColumn.millions(student.parameters)) against "
          + "\(ReportColumn.millions(teacher.parameters))"),
      .faster(
        texts[1], factor: 434, ratios: speeds(student, Claims.manySentences),
        figures: "on one thread"),
      .faster(
        texts[2], factor: 434, ratios: speeds(student, Claims.oneSentence),
        figures: "on one thread, medians"),
    ]
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

  private static func oneSentence(_ teacher: Measurement, _ student: Measurement) -> Double {
    teacher.latencyP50Milliseconds / max(student.latencyP50Milliseconds, 1e-9)
  }

  private static func manySentences(_ teacher: Measurement, _ student: Measurement) -> Double {
    student.wordsPerSecond / max(teacher.wordsPerSecond, 1e-9)
  }
}
