import Glibc
import Labels
import Networks
import Runtime
import Tagger
import TestSupport
import Testing
import Text

/// Plain text through the tagger: offsets, probabilities, long sentences.
@Suite struct TaggerTextTests {
  private static let text = """
    EU rejects "German" call,\u{A0}Mr. 北京 doesn't. naïve iPhone: 1996!
    \r\n\0 Ünïcödé 😀 British lamb
    """

  @Test func entitiesLieWhereTheirBytesSay() throws {
    let tagger = try Tagger(path: TaggerTests.saved().folder)
    let bytes = Array(Self.text.utf8)
    let sentences = tagger.sentences(in: Self.text)
    #expect(sentences.map(\.words) == TextSplitter.sentences(in: Self.text).map(\.words))
    #expect(tagger.entities(in: Self.text) == sentences.flatMap(\.entities))
    #expect(sentences.flatMap(\.entities).count > 2)
    for sentence in sentences {
      let words = sentence.words.map { String(decoding: bytes[$0], as: UTF8.self) }
      #expect(sentence.tags == tagger.tag(words: words))
      #expect(sentence.entities.count == sentence.tags.count { $0.hasPrefix("B-") })
      for entity in sentence.entities {
        #expect(Array(entity.text.utf8) == Array(bytes[entity.bytes]))
        #expect(entity.bytes.lowerBound == sentence.words[entity.words.lowerBound].lowerBound)
        #expect(entity.bytes.upperBound == sentence.words[entity.words.upperBound - 1].upperBound)
        #expect(sentence.tags[entity.words.lowerBound] == "B-\(entity.type)")
        #expect((0...1).contains(entity.probability))
      }
    }
  }

  @Test func wordsHaveOffsetsInTheWordsJoined() throws {
    let tagger = try Tagger(path: TaggerTests.saved().folder)
    for sentence in TaggerTests.sentences(20) {
      let joined = Array(sentence.joined(separator: " ").utf8)
      for entity in tagger.entities(words: sentence) {
        #expect(Array(entity.text.utf8) == Array(joined[entity.bytes]))
      }
    }
  }

  /// The probability of an entity against the sum over all legal sequences of a short sentence.
  @Test(arguments: [1, 0.5, 2] as [Float]) func probabilitiesAreExact(temperature: Float) throws {
    let (folder, model) = try TaggerTests.saved()
    try model.save(to: folder, temperature: temperature)
    let tagger = try Tagger(path: folder)
    let labels = tagger.labels
    let constraints = TagConstraints(labels: labels)
    var checked = 0
    for sentence in TaggerTests.sentences(40).map({ Array($0.prefix(4)) }) {
      let logits = tagger.logits(words: sentence)
      var total = 0.0
      var having: [EntitySpan: Double] = [:]
      for number in 0..<Int(pow(5, Double(sentence.count))) {
        var rest = number
        let path = sentence.map { _ in
          defer { rest /= 5 }
          return rest % 5
        }
        guard constraints.mended(path) == path else { continue }
        let score = zip(path, logits).reduce(0) { $0 + Double($1.1[$1.0]) / Double(temperature) }
        total += exp(score)
        for span in EntitySpan.spans(of: path, in: constraints.labels) {
          having[span, default: 0] += exp(score)
        }
      }
      for entity in tagger.entities(words: sentence) {
        #expect(abs(entity.probability - (having[entity.span] ?? -1) / total) < 1e-9)
        checked += 1
      }
    }
    #expect(checked > 20)
  }

  @Test func longSentencesAreReadInWindows() throws {
    let (folder, _) = try TaggerTests.saved()
    let tagger = try Tagger(path: folder)
    for count in [1023, 1024, 1025, 2500] {
      var random = RandomStream(seed: 5, purpose: .testing, index: UInt64(count))
      let words = (0..<count).map { _ in TaggerTests.words[random.integer(below: 11)] }
      // `logits` reads the sentence whole; the LSTM's memory ends long before the margin.
      let whole = tagger.logits(words: words).map { row in
        row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      }
      let tags = TagConstraints(labels: tagger.labels).mended(whole).map { tagger.labels[$0] }
      #expect(tagger.tag(words: words) == tags)
    }
  }

  @Test func aTemperatureThatIsNoneIsAnError() throws {
    let (folder, _) = try TaggerTests.saved()
    let config = String(decoding: try content(of: "\(folder)/config.json"), as: UTF8.self)
    #expect(config.contains("\"temperature\": 1"))
    for wrong in ["0", "-1", "\"warm\"", "1e9", "null"] {
      let text = config.split(separator: "\n").map {
        $0.contains("temperature") ? "  \"temperature\": \(wrong)," : String($0)
      }
      try put(Array(text.joined(separator: "\n").utf8), at: "\(folder)/config.json")
      #expect { try Tagger(path: folder) } throws: {
        "\($0)" == "\(folder)/config.json: temperature \(wrong == "1e9" ? "1000000000.0" : wrong); "
          + "expected a number from 0.001 to 1000"
      }
    }
    let old = config.split(separator: "\n").filter { !$0.contains("temperature") }
    try put(Array(old.joined(separator: "\n").utf8), at: "\(folder)/config.json")
    #expect(try Tagger(path: folder).tag(words: ["EU"]).count == 1)
  }
}
