import Evaluation
import Labels
import TerminalUI

/// How often a model is right against the probability that it gives its answer, a small plot a model.
struct ReliabilityDiagrams {
  private let task: TaskKind
  private let models: [(student: StudentResult, calibration: Calibration)]

  private static let size = 220.0
  private static let frame = PlotBox(left: 34, top: 8, right: 212, bottom: 186)

  init(_ report: ComparisonReport) {
    task = report.run.task
    models = report.students.compactMap { student in
      guard let calibration = student.details?.calibration, !calibration.bins.isEmpty else {
        return nil
      }
      return (student: student, calibration: calibration)
    }
  }

  /// The section; empty where no model gives probabilities.
  var html: String {
    guard !models.isEmpty else { return "" }
    return htmlSection(
      "Calibration",
      """
      <div class="panels">
      \(models.map(panel).joined())</div>
      <p class="notes">\(task.labelsWords ? "Entities" : "Labels") by the probability that the model gives them, cut into groups of equal size: on the \
      diagonal, a probability of 80\u{A0}% is right in 80 of 100 cases; below it, the model is too sure. The calibration \
      error is the mean distance from the diagonal.</p>

      """)
  }

  private func panel(_ model: (student: StudentResult, calibration: Calibration)) -> String {
    let error = "calibration error \(format(100 * model.calibration.expectedError, decimals: 1)) %"
    let points = model.calibration.bins.map { bin in
      (x: position(bin.meanConfidence, isX: true), y: position(bin.accuracy, isX: false), bin: bin)
    }
    let line = points.map { "\(pixels($0.x)) \(pixels($0.y))" }.joined(separator: "L")
    let dots = points.map { point in
      "<circle class=\"dot \(model.student.training.rawValue)\" cx=\"\(pixels(point.x))\" "
        + "cy=\"\(pixels(point.y))\" r=\"3.5\"><title>\(formatCount(point.bin.count)) \(task.predictions): "
        + "probability \(ReportColumn.percent(point.bin.meanConfidence)) %, right "
        + "\(ReportColumn.percent(point.bin.accuracy)) %</title></circle>\n"
    }
    return """
      <figure class="panel">
      <figcaption>\(htmlModel(model.student)) <small>\(error)</small></figcaption>
      <svg viewBox="0 0 \(Int(Self.size)) \(Int(Self.size))" role="img" \
      aria-label="\(htmlEscaped(printable(model.student.title))): \(error)">
      \(axes)<path class="curve \(model.student.training.rawValue)" d="M\(line)"/>
      \(dots.joined())</svg>
      </figure>

      """
  }

  private func position(_ share: Double, isX: Bool) -> Double {
    let frame = Self.frame
    return isX
      ? frame.left + share * (frame.right - frame.left)
      : frame.bottom - share * (frame.bottom - frame.top)
  }

  private var axes: String {
    let frame = Self.frame
    var svg = ""
    for (share, label) in [(0.0, "0"), (0.5, "50"), (1.0, "100")] {
      let (x, y) = (position(share, isX: true), position(share, isX: false))
      svg += "<path class=\"grid\" d=\"M\(pixels(frame.left)) \(pixels(y))H\(pixels(frame.right))"
      svg += "M\(pixels(x)) \(pixels(frame.top))V\(pixels(frame.bottom))\"/>\n"
      svg +=
        "<text class=\"axis\" x=\"\(pixels(frame.left - 5))\" y=\"\(pixels(y + 4))\" "
        + "text-anchor=\"end\">\(label)</text>\n"
      svg +=
        "<text class=\"axis\" x=\"\(pixels(x))\" y=\"\(pixels(frame.bottom + 16))\" "
        + "text-anchor=\"\(share == 1 ? "end" : "middle")\">\(label)</text>\n"
    }
    svg +=
      "<path class=\"diagonal\" d=\"M\(pixels(frame.left)) \(pixels(frame.bottom))"
      + "L\(pixels(frame.right)) \(pixels(frame.top))\"/>\n"
    return svg
      + "<text class=\"axis\" x=\"\(pixels((frame.left + frame.right) / 2))\" "
      + "y=\"\(pixels(Self.size - 2))\" text-anchor=\"middle\">probability, %</text>\n"
  }

  private func pixels(_ value: Double) -> String { format(value, decimals: 1) }
}
