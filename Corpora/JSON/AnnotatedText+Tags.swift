import Files
import Text

extension AnnotatedText {
  // MARK: Words

  /// The words of each sentence.
  func words(_ places: TextOffsets) throws -> [[Range<Int>]] {
    let words: [Range<Int>]
    switch given {
    case nil:
      return TextSplitter.sentences(in: String(decoding: text, as: UTF8.self)).map(\.words)
    case .bytes(let ranges): words = ranges
    case .places(let given):
      words = try given.map { place in
        guard let bytes = bytes(place, places) else {
          throw line.error(
            found: "the token at \(place.start) to \(place.end)",
            expected: "0 <= start < end <= \(places.length), the text's length in "
              + offsets.unit.described)
        }
        return bytes
      }.filter { !text.trimmingSpace($0).isEmpty }
    }
    for (word, next) in zip(words, words.dropFirst()) where next.lowerBound < word.upperBound {
      throw line.error(
        found: "the token \(CorpusLine.quoted(string(next))), which begins before the end of "
          + CorpusLine.quoted(string(word)),
        expected: "tokens in the order of the text that do not overlap")
    }
    return [words]
  }

  /// Cuts the splitter's words at the borders of entities.
  func cut(
    _ sentences: inout [[Range<Int>]], at entities: [Entity], _ counts: inout JSONExample.Counts
  ) throws {
    let borders = Set(entities.flatMap { [$0.bytes.lowerBound, $0.bytes.upperBound] }).sorted()
    var inside: [Int: Range<Int>] = [:]
    var next = borders[...]
    for index in sentences.indices {
      var words: [Range<Int>] = []
      for word in sentences[index] {
        next = next.drop { $0 <= word.lowerBound }
        let cuts = next.prefix { $0 < word.upperBound }
        guard !cuts.isEmpty else {
          words.append(word)
          continue
        }
        for border in cuts { inside[border] = word }
        for (start, end) in zip([word.lowerBound] + cuts, cuts + [word.upperBound]) {
          let part = TextSplitter.sentences(in: string(start..<end)).flatMap(\.words)
          words += part.map { start + $0.lowerBound..<start + $0.upperBound }
        }
      }
      sentences[index] = words
    }
    let remedy = inside.isEmpty ? "" : unitRemedy
    for entity in entities {
      guard let word = inside[entity.bytes.lowerBound] ?? inside[entity.bytes.upperBound] else {
        continue
      }
      guard remedy.isEmpty else {
        throw insideWord(
          entity, word,
          remedy: remedy + "; or --offsets \(offsets.unit.rawValue) to have the word cut there")
      }
      if counts.cutWords == 0 {
        counts.firstCut =
          "\(CorpusLine.quoted(string(entity.bytes))) in \(CorpusLine.quoted(string(word))) "
          + "in line \(line.number)"
      }
      counts.cutWords += 1
    }
  }

  private func insideWord(_ entity: Entity, _ word: Range<Int>, remedy: String) -> Error {
    line.error(
      found: "the \(entity.span.type) \(CorpusLine.quoted(string(entity.bytes))) at "
        + "\(entity.span.place.start) to \(entity.span.place.end), which begins or ends inside "
        + CorpusLine.quoted(string(word)),
      expected: "entities of whole words, in \(offsets.unit.described)", remedy: remedy)
  }

  /// Joins sentences between which an entity goes on.
  func join(_ sentences: inout [[Range<Int>]], within entities: [Entity]) {
    let sorted = entities.map(\.bytes).sorted { $0.lowerBound < $1.lowerBound }
    var joined: [[Range<Int>]] = []
    var next = sorted[...]
    var end = 0
    for sentence in sentences {
      guard let start = sentence.first?.lowerBound else { continue }
      while let entity = next.first, entity.lowerBound < start {
        end = max(end, entity.upperBound)
        next = next.dropFirst()
      }
      if end > start, let last = joined.indices.last {
        joined[last] += sentence
      } else {
        joined.append(sentence)
      }
    }
    sentences = joined
  }

  // MARK: Tags

  /// The IOB2 tags of words.
  func tags(of words: [Range<Int>], _ entities: [Entity]) throws -> [String] {
    var tags = [String](repeating: "O", count: words.count)
    var owners = [Int?](repeating: nil, count: words.count)
    for (number, entity) in entities.enumerated() {
      let covered = try wordIndices(of: entity, in: words)
      if let other = covered.lazy.compactMap({ owners[$0] }).first.map({ entities[$0] }) {
        // An entity that is given twice, as by two annotators, is one.
        let isSame =
          other.bytes == entity.bytes
          && ByteString(other.span.type) == ByteString(entity.span.type)
        if isSame { continue }
        throw line.error(
          found: "the \(entity.span.type) \(CorpusLine.quoted(string(entity.bytes))) and the "
            + "\(other.span.type) \(CorpusLine.quoted(string(other.bytes))), which overlap",
          expected: "entities that do not overlap",
          remedy: "a word has one tag: keep one of them, for example the longer one")
      }
      for index in covered {
        owners[index] = number
        tags[index] = (index == covered.lowerBound ? "B-" : "I-") + entity.span.type
      }
    }
    return tags
  }

  /// The words that an entity consists of.
  private func wordIndices(of entity: Entity, in words: [Range<Int>]) throws -> Range<Int> {
    let start = words.partitioningIndex { $0.upperBound > entity.bytes.lowerBound }
    let end = words.partitioningIndex { $0.lowerBound >= entity.bytes.upperBound }
    if start < end, words[start].lowerBound == entity.bytes.lowerBound,
      words[end - 1].upperBound == entity.bytes.upperBound
    {
      return start..<end
    }
    let near = start < end ? words[start].lowerBound..<words[end - 1].upperBound : entity.bytes
    throw insideWord(
      entity, near,
      remedy: unitRemedy.isEmpty
        ? "correct its place or the tokens, or leave \"tokens\" out to have words cut at its borders"
        : unitRemedy)
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that holds for all elements behind it; `count` if none does.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
