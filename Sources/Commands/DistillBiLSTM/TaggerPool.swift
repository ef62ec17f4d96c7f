import Runtime
import Tagger

/// Taggers of one model, one for each thread, that answer parts of the input side by side.
struct TaggerPool {
  /// What a part of the input came to.
  struct Answer: Sendable {
    let bytes: [UInt8]
    let sentences: Int
    let words: Int

    init(bytes: [UInt8], sentences: [TaggedSentence]) {
      self.bytes = bytes
      self.sentences = sentences.count
      words = sentences.reduce(0) { $0 + $1.words.count }
    }
  }

  /// A part of a text that is shorter than this is not worth a thread.
  private static let minimumPart = 1 << 11

  private let model: TaggerModel
  private let workers: Workers
  private var taggers: [Tagger] = []

  /// The most parts that are answered at once.
  var size: Int { workers.count }

  init(model: TaggerModel, workers: Workers) {
    self.model = model
    self.workers = workers
  }

  /// Whether some logits so far were not finite.
  var hasOverflowed: Bool { taggers.contains(where: \.hasOverflowed) }

  /// The answers to parts 0 ..< `parts`, at most `size`, in order.
  mutating func answers(
    _ parts: Int, _ body: @Sendable (_ part: Int, _ tagger: Tagger) -> Answer
  ) -> [Answer] {
    while taggers.count < parts { taggers.append(Tagger(model: model)) }
    // Each part has a tagger to itself.
    nonisolated(unsafe) let taggers = taggers
    return workers.map(parts) { body($0, taggers[$0]) }
  }

  /// Cuts a text of whole lines into at most `most` parts of whole lines and like length.
  static func parts(of text: UnsafeBufferPointer<UInt8>, most: Int) -> [Range<Int>] {
    let wanted = max(1, min(most, text.count / minimumPart))
    var parts: [Range<Int>] = []
    var start = 0
    for part in 1...wanted where start < text.count {
      let near = max(start, text.count * part / wanted - 1)
      let end = text[near...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      parts.append(start..<end)
      start = end
    }
    return parts
  }
}
