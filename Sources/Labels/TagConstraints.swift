/// Which label may stand first and which may follow which, read from the labels' names.
///
/// A label that goes on with an entity, I-X in IOB2, stands only behind a label whose entity it can go on with; everything
/// else may stand anywhere. Where a label set has no B-X, I-X may begin an entity, so that every label can be reached and every
/// sentence has at least one legal sequence.
public struct TagConstraints: Sendable, Equatable {
  /// The labels, L of them.
  public let labels: LabelSet
  /// Whether each label may stand on a sentence's first word.
  let mayStart: [Bool]

  /// Reads the names.
  public init(labels: LabelSet) {
    self.labels = labels
    let begun = Set(
      labels.names.indices.lazy.filter { labels.marks[$0] == .begin }
        .compactMap { labels.typeIndices[$0] })
    mayStart = labels.names.indices.map { label in
      guard let type = labels.typeIndices[label], !labels.marks[label].opens else { return true }
      return !begun.contains(type)
    }
  }

  /// Reads the names.
  public init(labels: [String]) { self.init(labels: LabelSet(names: labels)) }

  /// The number of labels, L.
  public var count: Int { labels.count }

  /// Whether label `next` may stand on the word behind one with label `label`.
  public func allows(_ next: Int, after label: Int) -> Bool {
    mayStart[next] || labels.continues(next, label)
  }

  /// Labels with every one that is not allowed where it stands turned into the B- of its type.
  public func mended(_ indices: [Int]) -> [Int] {
    indices.indices.map { word in
      let label = indices[word]
      let isLegal = word > 0 ? allows(label, after: indices[word - 1]) : mayStart[label]
      guard !isLegal, let type = labels.typeIndices[label] else { return label }
      return labels.label(.begin, type: type) ?? label
    }
  }
}
