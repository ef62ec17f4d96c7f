/// A rectangle in pixels.
struct PlotBox: Equatable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// The area that two rectangles share.
  func overlap(_ other: PlotBox) -> Double {
    let width = min(right, other.right) - max(left, other.left)
    let height = min(bottom, other.bottom) - max(top, other.top)
    return width > 0 && height > 0 ? width * height : 0
  }

  /// The area that lies outside a frame.
  func overhang(beyond frame: PlotBox) -> Double {
    (right - left) * (bottom - top) - overlap(frame)
  }
}

/// Finds places for labels beside their points, so that they cover neither each other nor a point.
struct LabelPlacement {
  /// Where a label stands.
  struct Place: Equatable {
    let box: PlotBox
    /// Whether the label is so far from its point that a line must join them.
    let needsLeader: Bool
  }

  let frame: PlotBox
  /// What no label may cover: markers, interval bars, and the labels placed so far.
  private(set) var occupied: [PlotBox]

  init(frame: PlotBox, occupied: [PlotBox]) {
    self.frame = frame
    self.occupied = occupied
  }

  /// Places the next label at the nearest free place, or else where it covers least.
  mutating func place(width: Double, height: Double, besideX x: Double, y: Double) -> Place {
    var best = Place(box: box(x, y, width, height), needsLeader: false)
    var lowest = Double.infinity
    for (offsetX, offsetY) in offsets(width: width, height: height) {
      let candidate = box(x + offsetX, y + offsetY, width, height)
      let distance = abs(offsetY) + max(abs(offsetX) - width / 2, 0)
      // A free place, however far, comes before one that covers something, and that before one beyond the frame.
      let covered = occupied.reduce(4 * candidate.overhang(beyond: frame)) {
        $0 + $1.overlap(candidate)
      }
      let cost = 1000 * covered + distance
      if cost < lowest {
        lowest = cost
        best = Place(box: candidate, needsLeader: distance > LabelPlacement.gap + 1.2 * height)
      }
    }
    occupied.append(best.box)
    return best
  }

  /// The distance between a point and a label right beside it.
  private static let gap = 11.0

  private func box(
    _ centerX: Double, _ centerY: Double, _ width: Double, _ height: Double
  ) -> PlotBox {
    PlotBox(
      left: centerX - width / 2, top: centerY - height / 2, right: centerX + width / 2,
      bottom: centerY + height / 2)
  }

  /// The places to try, from a point to a label's centre: of equally near ones the first is taken, so right comes first.
  private func offsets(width: Double, height: Double) -> [(x: Double, y: Double)] {
    let vertical = LabelPlacement.gap + height / 2
    var offsets: [(x: Double, y: Double)] = []
    for column in 0...12 {
      let aside = LabelPlacement.gap + width / 2 + 30 * Double(column)
      for row in 0...40 {
        let up = Double(row) * height / 2
        offsets += [(aside, -up), (-aside, -up), (aside, up), (-aside, up)]
      }
    }
    return offsets + [(0, -vertical), (0, vertical)]
  }
}
