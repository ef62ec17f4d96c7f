/// Which label may stand first and which may follow which, in IOB2, read from the labels' names.
///
/// I-X stands only after B-X or I-X; everything else may stand anywhere. Where a label set has no B-X, I-X may begin an
/// entity, so that every label can be reached and every sentence has at least one legal sequence.
public struct TagConstraints: Sendable, Equatable {
  /// What a label says by its name.
  private struct Meaning: Equatable {
    /// The number of the entity type; nil for O and any other label.
    var type: Int?
    /// Whether the label is an I-.
    var isInside = false
  }

  /// The label names, L of them.
  public let labels: [String]
  /// Whether each label may stand on a sentence's first word.
  let mayStart: [Bool]
  private let meanings: [Meaning]

  /// Reads the names.
  public init(labels: [String]) {
    var types: [String.UTF8View.SubSequence] = []
    let meanings = labels.map { label in
      let name = label.utf8
      let isInside = name.starts(with: "I-".utf8)
      guard isInside || name.starts(with: "B-".utf8) else { return Meaning() }
      let type = name.dropFirst(2)
      let known = types.firstIndex { $0.elementsEqual(type) }
      if known == nil { types.append(type) }
      return Meaning(type: known ?? types.count - 1, isInside: isInside)
    }
    let begun = Set(meanings.lazy.filter { !$0.isInside }.compactMap(\.type))
    self.labels = labels
    self.meanings = meanings
    mayStart = meanings.map { meaning in
      guard meaning.isInside, let type = meaning.type else { return true }
      return !begun.contains(type)
    }
  }

  /// The number of labels, L.
  public var count: Int { labels.count }

  /// Whether label `next` may stand on the word behind one with label `label`.
  public func allows(_ next: Int, after label: Int) -> Bool {
    mayStart[next] || continues(next, label)
  }

  /// Labels with every I- that is not allowed where it stands turned into the B- of its type.
  public func mended(_ labels: [Int]) -> [Int] {
    labels.indices.map { word in
      let label = labels[word]
      let isLegal = word > 0 ? allows(label, after: labels[word - 1]) : mayStart[label]
      guard !isLegal else { return label }
      return meanings.firstIndex { $0.type == meanings[label].type && !$0.isInside } ?? label
    }
  }

  /// Whether label `next` goes on with the entity of label `label`: an I- of the same type.
  func continues(_ next: Int, _ label: Int) -> Bool {
    meanings[next].isInside && meanings[next].type == meanings[label].type
  }
}
