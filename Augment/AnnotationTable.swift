import Labels
import Text

/// The different pairs of part of speech and entity tag in a corpus, numbered from 0.
///
/// There are a few hundred of them, so that a word carries one small number for both columns.
struct AnnotationTable: Sendable {
  struct Annotation: Sendable {
    /// The number of the part of speech in `partsOfSpeech`.
    let partOfSpeech: Int32
    /// The number of the tag in `tags`.
    let tag: Int32
    /// The same annotation where it opens a row: `I-X` there becomes `B-X`.
    var opening: Int32
  }

  private(set) var partsOfSpeech = WordIndex(capacity: 32)
  private(set) var tags = WordIndex(capacity: 32)
  private(set) var annotations: [Annotation] = []
  private var numbers: [UInt64: Int32] = [:]

  /// The number of a pair, a new one if it has none yet; an absent column is an empty string.
  mutating func intern(partOfSpeech: String, tag: String) -> Int32 {
    let number = number(
      partOfSpeech: Int32(partsOfSpeech.intern(partOfSpeech).number),
      tag: Int32(tags.intern(tag).number))
    let annotation = annotations[Int(number)]
    if annotation.opening == number, let read = EntityTag(tag), read.mark == .inside {
      let opened = Int32(tags.intern("B-\(read.type)").number)
      let opening = self.number(partOfSpeech: annotation.partOfSpeech, tag: opened)
      annotations[Int(number)].opening = opening
    }
    return number
  }

  private mutating func number(partOfSpeech: Int32, tag: Int32) -> Int32 {
    let key = UInt64(UInt32(bitPattern: partOfSpeech)) << 32 | UInt64(UInt32(bitPattern: tag))
    if let number = numbers[key] { return number }
    let number = Int32(annotations.count)
    annotations.append(Annotation(partOfSpeech: partOfSpeech, tag: tag, opening: number))
    numbers[key] = number
    return number
  }
}
