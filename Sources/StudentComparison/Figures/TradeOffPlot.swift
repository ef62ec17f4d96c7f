import Evaluation
import Labels
import TerminalUI

/// The plot of F1 against a cost as an SVG element: a logarithmic x axis, a point and an interval bar a model.
///
/// A stepped line joins the models on the Pareto front, those that no other beats in F1 at the same cost or less. Direct and
/// distilled students differ in shape as well as colour; the classes are coloured by the page's style sheet.
struct TradeOffPlot {
  /// What a model costs.
  struct Cost {
    /// The name in the page's ids.
    let id: String
    /// The title of the plot.
    let title: String
    /// What stands below the axis.
    let axis: String
    /// The cost in the axis's unit; nil where it was not measured.
    let value: (StudentResult) -> Double?
    /// The cost with its unit.
    let text: (Double) -> String

    /// The time for one example.
    static func latency(_ task: TaskKind) -> Cost {
      Cost(
        id: "latency", title: "\(task.metricTitle) against latency",
        axis: "← faster · median time for one \(task.example), ms (logarithmic)",
        value: \.latencyP50Milliseconds, text: { "\(ReportColumn.milliseconds($0)) ms" })
    }

    /// The size of the weights file.
    static func size(_ task: TaskKind) -> Cost {
      Cost(
        id: "size", title: "\(task.metricTitle) against size",
        axis: "← smaller · weights file, MB (logarithmic)",
        value: { $0.fileBytes > 0 ? Double($0.fileBytes) / 1e6 : nil },
        text: { "\(format($0, decimals: 1)) MB" })
    }
  }

  /// A model's place in the plot, in pixels.
  struct Point {
    let student: StudentResult
    let cost: Double
    var x: Double
    let y: Double
    let low: Double
    let high: Double
  }

  static let width = 760.0
  static let height = 440.0
  private static let frame = PlotBox(left: 52, top: 44, right: 744, bottom: 388)
  private static let fontSize = 13.0
  /// A longer name is cut.
  private static let maximumLabelColumns = 32
  /// Where there are more points, only those on the front are named.
  private static let maximumLabels = 16

  private let cost: Cost
  private let task: TaskKind
  private let points: [Point]
  private let xScale: PlotScale
  private let yScale: PlotScale

  /// The plot of all models whose cost was measured; nil if there are none.
  init?(_ report: ComparisonReport, against cost: Cost) {
    let measured = report.students.compactMap { student in
      cost.value(student).flatMap { value in
        value > 0 && value.isFinite ? (student: student, value: value) : nil
      }
    }
    guard !measured.isEmpty else { return nil }
    let frame = TradeOffPlot.frame
    let x = PlotScale.logarithmic(over: measured.map(\.value), from: frame.left, to: frame.right)
    let y = PlotScale.linear(
      over: measured.flatMap {
        [$0.student.f1.mean, $0.student.f1Interval.low, $0.student.f1Interval.high].map { 100 * $0 }
      }, from: frame.bottom, to: frame.top)
    task = report.run.task
    self.cost = cost
    xScale = x
    yScale = y
    points = TradeOffPlot.sideBySide(
      measured.map { student, value in
        Point(
          student: student, cost: value, x: x.position(of: value),
          y: y.position(of: 100 * student.f1.mean),
          low: y.position(of: 100 * student.f1Interval.low),
          high: y.position(of: 100 * student.f1Interval.high))
      })
  }

  /// The SVG element.
  func svg() -> String {
    let size = "\(Int(TradeOffPlot.width)) \(Int(TradeOffPlot.height))"
    var svg = """
      <svg viewBox="0 0 \(size)" role="img" aria-labelledby="\(cost.id)-title \(cost.id)-text">
      <title id="\(cost.id)-title">\(cost.title)</title>
      <desc id="\(cost.id)-text">\(htmlEscaped(description))</desc>

      """
    svg += axes() + legend() + frontLine()
    var placement = LabelPlacement(frame: TradeOffPlot.frame, occupied: points.flatMap(boxes))
    // Bars first, so that no bar crosses a marker or a label.
    svg += points.map(bar).joined()
    svg += labelledPoints.map { label($0, &placement) }.joined()
    svg += points.map(marker).joined()
    return svg + "</svg>\n"
  }

  /// The plot in words, for those who do not see it.
  private var description: String {
    points.map { point in
      "\(point.student.title): \(task.metric) \(ReportColumn.percent(point.student.f1.mean)), "
        + cost.text(point.cost)
    }.joined(separator: "; ")
  }

  /// Moves points of nearly the same cost apart, so that their bars can be told apart.
  private static func sideBySide(_ points: [Point]) -> [Point] {
    let places = spread(points.map(\.x), by: 13, within: frame.left + 8...frame.right - 8)
    return zip(points, places).map { point, x in
      var point = point
      point.x = x
      return point
    }
  }

  /// The models that are more accurate than every one that costs no more, from cheap to dear.
  private var front: [Point] {
    points.sorted { ($0.cost, $0.y) < ($1.cost, $1.y) }.reduce(into: []) { front, point in
      if point.y < front.last?.y ?? .infinity { front.append(point) }
    }
  }

  /// The points that are named in the plot: all, or those of the teacher and of the front where they would be too many.
  private var labelledPoints: [Point] {
    guard points.count > TradeOffPlot.maximumLabels else { return points }
    return points.filter(isTeacher) + front.filter { !isTeacher($0) }
  }

  private func isTeacher(_ point: Point) -> Bool { point.student.training == .teacher }

  /// The stepped line through the front.
  private func frontLine() -> String {
    guard let first = front.first else { return "" }
    let steps = front.dropFirst().map { "H\(pixels($0.x))V\(pixels($0.y))" }.joined()
    return "<path class=\"front\" d=\"M\(pixels(first.x)) \(pixels(first.y))\(steps)"
      + "H\(pixels(TradeOffPlot.frame.right))\"/>\n"
  }

  private func boxes(of point: Point) -> [PlotBox] {
    [
      PlotBox(left: point.x - 8, top: point.y - 8, right: point.x + 8, bottom: point.y + 8),
      PlotBox(left: point.x - 5, top: point.high, right: point.x + 5, bottom: point.low),
    ]
  }

  private func bar(_ point: Point) -> String {
    let (x, low, high) = (pixels(point.x), pixels(point.low), pixels(point.high))
    let (left, right) = (pixels(point.x - 4), pixels(point.x + 4))
    return "<path class=\"bar \(point.student.training.rawValue)\" "
      + "d=\"M\(left) \(low)H\(right)M\(x) \(low)V\(high)M\(left) \(high)H\(right)\"/>\n"
  }

  private func marker(_ point: Point) -> String {
    let tip =
      "\(point.student.title): \(task.metric) \(ReportColumn.percent(point.student.f1.mean)) "
      + "(\(ReportColumn.percent(point.student.f1Interval.low))–"
      + "\(ReportColumn.percent(point.student.f1Interval.high))), "
      + cost.text(point.cost)
    return shape(point.student.training, x: point.x, y: point.y, title: tip)
  }

  /// A square for the teacher, an open circle for direct training, a filled diamond for distillation.
  private func shape(
    _ training: StudentResult.Training, x: Double, y: Double, title: String? = nil
  ) -> String {
    let path =
      switch training {
      case .teacher: "M\(pixels(x - 5.5)) \(pixels(y - 5.5))h11v11h-11z"
      case .direct: "M\(pixels(x - 5)) \(pixels(y))a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"
      case .distilled: "M\(pixels(x)) \(pixels(y - 7.5))l7.5 7.5l-7.5 7.5l-7.5 -7.5z"
      }
    let tip = title.map { "<title>\(htmlEscaped($0))</title>" } ?? ""
    return "<path class=\"marker \(training.rawValue)\" d=\"\(path)\">\(tip)</path>\n"
  }

  private func label(_ point: Point, _ placement: inout LabelPlacement) -> String {
    let text = truncated(printable(point.student.name), to: TradeOffPlot.maximumLabelColumns)
    // No font's widths are known here; this much is enough for the usual sans-serif ones.
    let width = 0.58 * TradeOffPlot.fontSize * Double(displayWidth(text))
    let place = placement.place(
      width: width, height: TradeOffPlot.fontSize + 3, besideX: point.x, y: point.y)
    let box = place.box
    let isLeft = box.right < point.x
    let isCentered = box.left < point.x && box.right > point.x
    let anchor = isCentered ? "middle" : isLeft ? "end" : "start"
    let x = isCentered ? (box.left + box.right) / 2 : isLeft ? box.right : box.left
    var svg = ""
    if place.needsLeader {
      let middle = (box.top + box.bottom) / 2
      svg +=
        "<path class=\"leader\" d=\"M\(pixels(point.x)) \(pixels(point.y))"
        + "L\(pixels(x)) \(pixels(middle))\"/>\n"
    }
    return svg
      + "<text class=\"label\" x=\"\(pixels(x))\" y=\"\(pixels(box.bottom - 4))\" "
      + "text-anchor=\"\(anchor)\">\(htmlEscaped(text))</text>\n"
  }
}

extension TradeOffPlot {
  private func axes() -> String {
    let frame = TradeOffPlot.frame
    var svg = ""
    for tick in yScale.ticks() {
      let y = yScale.position(of: tick.value)
      svg +=
        "<path class=\"grid\" d=\"M\(pixels(frame.left)) \(pixels(y))H\(pixels(frame.right))\"/>\n"
      svg += text(tick.label, x: frame.left - 8, y: y + 4.5, anchor: "end")
    }
    for tick in xScale.ticks() {
      let x = xScale.position(of: tick.value)
      svg +=
        "<path class=\"grid\" d=\"M\(pixels(x)) \(pixels(frame.top))V\(pixels(frame.bottom))\"/>\n"
      svg += text(tick.label, x: x, y: frame.bottom + 18, anchor: "middle")
    }
    svg += text(
      cost.axis,
      x: (frame.left + frame.right) / 2, y: TradeOffPlot.height - 12, anchor: "middle")
    return svg + text("\(task.metricTitle), %", x: 8, y: 20, anchor: "start")
  }

  private func legend() -> String {
    var svg = ""
    var x = TradeOffPlot.frame.left + 28
    for training in StudentResult.Training.allCases
    where points.contains(where: { $0.student.training == training }) {
      svg += shape(training, x: x, y: 15.5)
      svg += text(training.rawValue, x: x + 13, y: 20, anchor: "start")
      x += 13 + 0.58 * TradeOffPlot.fontSize * Double(training.rawValue.count) + 28
    }
    return svg
  }

  private func text(_ text: String, x: Double, y: Double, anchor: String) -> String {
    "<text class=\"axis\" x=\"\(pixels(x))\" y=\"\(pixels(y))\" text-anchor=\"\(anchor)\">"
      + "\(htmlEscaped(text))</text>\n"
  }

  private func pixels(_ value: Double) -> String { format(value, decimals: 1) }
}
