/// The words of an entity in a sequence of labels, and how probable the entity is.
public struct TagSpan: Sendable, Hashable {
  /// The type, such as "PER".
  public let type: String
  /// Its words, counted from 0.
  public let words: Range<Int>
  /// The probability, 0 to 1, that exactly these words are an entity of this type.
  public let probability: Double

  /// Describes a span.
  public init(type: String, words: Range<Int>, probability: Double) {
    self.type = type
    self.words = words
    self.probability = probability
  }
}

extension TagConstraints {
  /// The entities that labels mark: a B- and the I- of its type behind it, or, as conlleval has it, an I- that goes on with
  /// nothing.
  ///
  /// - Parameter labels: A label a word.
  /// - Returns: Type and words of each entity, in order.
  public func entities(of labels: [Int]) -> [(type: String, words: Range<Int>)] {
    var entities: [(type: String, words: Range<Int>)] = []
    var start = 0
    while start < labels.count {
      guard let type = type(of: labels[start]) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < labels.count, continues(labels[end], labels[start]) { end += 1 }
      entities.append((type, start..<end))
      start = end
    }
    return entities
  }

  private func type(of label: Int) -> String? { Entity.type(of: labels[label]).map(String.init) }
}

extension LinearChain {
  /// The entities that labels mark in a sentence, each with its exact probability.
  ///
  /// - Parameters:
  ///   - labels: A label a word, T of them.
  ///   - emissions: The logits, [T, L].
  /// - Returns: The entities in order.
  public func spans(of labels: [Int], _ emissions: UnsafePointer<Float>) -> [TagSpan] {
    let entities = constraints.entities(of: labels)
    guard !entities.isEmpty else { return [] }
    let posterior = posterior(emissions, words: labels.count)
    return entities.map { type, words in
      TagSpan(
        type: type, words: words,
        probability: posterior.probability(ofEntity: words, type: type))
    }
  }
}
