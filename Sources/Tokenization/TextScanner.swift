/// What takes the words that a scanner finds.
protocol WordSink {
  /// Takes a word: a run of letters, a punctuation mark or an ideograph.
  mutating func add(word: WordBuffer)
  /// Takes a special token.
  mutating func add(special id: Int32, from source: SourceRange)
}

/// Cleans text and cuts it into words as Hugging Face's `BertNormalizer` and `BertPreTokenizer` do.
///
/// A run of plain ASCII is copied byte by byte; anything else is decoded, looked up and, where accents are
/// stripped, decomposed and put in canonical order (see TextScanner+Normalization.swift).
struct TextScanner<Sink: WordSink> {
  var sink: Sink
  var word = WordBuffer()
  /// The normalized text since the last special token, where it is held back for tokens that are found in it.
  var held: WordBuffer
  let rules: TextRules
  let characters = CharacterTable.shared
  var marks = MarkRun()

  init(rules: TextRules, sink: Sink) {
    self.rules = rules
    self.sink = sink
    held = WordBuffer(capacity: rules.holdsText ? 256 : 0)
  }

  /// Gives back the memory; the scanner is not to be used after it.
  func deallocate() {
    word.deallocate()
    held.deallocate()
  }

  /// Sends all words of a text to the sink.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    precondition(text.count <= Int(Int32.max), "a text of \(text.count) bytes; at most 2^31 - 1")
    guard !rules.holdsText else {
      hold(text)
      sendHeld()
      return
    }
    rules.tables.withUnsafeBufferPointer { tables in
      let kinds = UnsafeBufferPointer(rebasing: tables[256...])
      var index = 0
      while index < text.count {
        switch ByteKind(rawValue: kinds[Int(text[index])]) {
        case .space, .dropped:
          index &+= 1
        case .punctuation:
          word.setPlain(count: 1, start: index)
          word.bytes[0] = text[index]
          sink.add(word: word)
          index &+= 1
        case .letter:
          index = scanPlainWord(text, from: index, tables: tables)
        case .other, nil:
          index = scanAnyWord(text, from: index)
        }
      }
    }
  }

  /// Reads a word of ASCII letters; returns the index behind it.
  @inline(__always)
  private mutating func scanPlainWord(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, tables: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let limit = min(text.count &- start, word.capacity)
    let bytes = word.bytes
    var count = 0
    while count < limit {
      let letter = tables[Int(text[start &+ count])]
      if letter == 0 { break }
      bytes[count] = letter
      count &+= 1
    }
    let end = start &+ count
    if end < text.count {
      switch ByteKind(rawValue: tables[256 &+ Int(text[end])]) {
      case .space, .punctuation: break
      default: return scanAnyWord(text, from: start)
      }
    }
    word.setPlain(count: count, start: start)
    sink.add(word: word)
    return end
  }
}
