import Labels
import TerminalUI

/// The dev score of every model after each epoch, a small plot a model, all with the same axis.
struct LearningCurves {
  private let task: TaskKind
  private let models: [StudentResult]
  private let yScale: PlotScale

  private static let width = 240.0
  private static let height = 120.0
  private static let frame = PlotBox(left: 34, top: 10, right: 232, bottom: 98)

  init(_ report: ComparisonReport) {
    task = report.run.task
    models = report.students.filter { $0.seeds.contains { !$0.devF1.isEmpty } }
    yScale = .linear(
      over: models.flatMap { $0.seeds.flatMap(\.devF1) }.map { 100 * $0 },
      from: LearningCurves.frame.bottom, to: LearningCurves.frame.top)
  }

  /// The section; empty where no model's training is known.
  var html: String {
    guard !models.isEmpty else { return "" }
    return htmlSection(
      "Learning curves",
      """
      <div class="panels">
      \(models.map(panel).joined())</div>
      <p class="notes">\(task.metricTitle) on the development \(task.examples), in per cent, after each epoch, a line a seed. The dot marks the \
      epoch whose weights were kept. Every plot has the same \(task.metric) axis and its own number of epochs.</p>

      """)
  }

  private func panel(_ model: StudentResult) -> String {
    let curves = model.seeds.map(\.devF1).filter { !$0.isEmpty }
    let epochs = curves.map(\.count).max() ?? 1
    let best = curves.map { LearningCurves.best(of: $0) }
    let text = best.map { "best \(ReportColumn.percent($0.f1)) in epoch \($0.epoch)" }
      .joined(separator: ", ")
    return """
      <figure class="panel">
      <figcaption>\(htmlModel(model))</figcaption>
      <svg viewBox="0 0 \(Int(LearningCurves.width)) \(Int(LearningCurves.height))" role="img" \
      aria-label="\(htmlEscaped("\(printable(model.title)): \(text)"))">
      \(axes(epochs: epochs))\(curves.map { curve($0, of: epochs, model.training) }.joined())</svg>
      </figure>

      """
  }

  /// The first epoch with the highest F1.
  private static func best(of curve: [Double]) -> (epoch: Int, f1: Double) {
    let f1 = curve.max() ?? 0
    return (1 + (curve.firstIndex(of: f1) ?? 0), f1)
  }

  private func x(_ epoch: Int, of epochs: Int) -> Double {
    let frame = LearningCurves.frame
    guard epochs > 1 else { return (frame.left + frame.right) / 2 }
    return frame.left + Double(epoch - 1) / Double(epochs - 1) * (frame.right - frame.left)
  }

  private func curve(
    _ f1: [Double], of epochs: Int, _ training: StudentResult.Training
  ) -> String {
    let points = f1.enumerated().map { index, f1 in
      "\(pixels(x(index + 1, of: epochs))) \(pixels(yScale.position(of: 100 * f1)))"
    }
    let best = LearningCurves.best(of: f1)
    let (bestX, bestY) = (x(best.epoch, of: epochs), yScale.position(of: 100 * best.f1))
    return "<path class=\"curve \(training.rawValue)\" d=\"M\(points.joined(separator: "L"))\"/>\n"
      + "<circle class=\"dot \(training.rawValue)\" cx=\"\(pixels(bestX))\" cy=\"\(pixels(bestY))\" "
      + "r=\"3.5\"><title>epoch \(best.epoch): \(ReportColumn.percent(best.f1))</title></circle>\n"
  }

  private func axes(epochs: Int) -> String {
    let frame = LearningCurves.frame
    var svg = ""
    let ticks = yScale.ticks()
    for tick in ticks.enumerated() where tick.offset % (1 + ticks.count / 5) == 0 {
      let y = yScale.position(of: tick.element.value)
      svg +=
        "<path class=\"grid\" d=\"M\(pixels(frame.left)) \(pixels(y))H\(pixels(frame.right))\"/>\n"
      svg +=
        "<text class=\"axis\" x=\"\(pixels(frame.left - 5))\" y=\"\(pixels(y + 4))\" "
        + "text-anchor=\"end\">\(tick.element.label)</text>\n"
    }
    let bottom = pixels(LearningCurves.height - 6)
    let first = epochs > 1 ? "1" : ""
    return svg
      + "<text class=\"axis\" x=\"\(pixels(frame.left))\" y=\"\(bottom)\">\(first)</text>\n"
      + "<text class=\"axis\" x=\"\(pixels(frame.right))\" y=\"\(bottom)\" text-anchor=\"end\">"
      + "\(epochs) \(epochs == 1 ? "epoch" : "epochs")</text>\n"
  }

  private func pixels(_ value: Double) -> String { format(value, decimals: 1) }
}
