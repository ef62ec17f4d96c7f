import Files
import TestSupport
import Testing
import Text

/// How far the splitter's words are those of corpora that people cut, where the corpora are at hand.
@Suite struct TokenisationAgreementTests {
  /// The F1 of word ranges over texts, each with the ranges of its words.
  private static func f1(_ texts: [(text: String, words: [Range<Int>])]) -> Double {
    var (gold, found, both) = (0, 0, 0)
    for (text, words) in texts {
      let split = TextSplitter.sentences(in: text).flatMap(\.words)
      gold += words.count
      found += split.count
      both += Set(words).intersection(split).count
    }
    return 2 * Double(both) / Double(gold + found)
  }

  /// The ranges of words that stand in a text one after another, white space between some.
  private static func places(of words: [String], in text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    var end = 0
    return words.map { word in
      while end < bytes.count, !bytes[end...].starts(with: word.utf8) { end += 1 }
      defer { end += word.utf8.count }
      return end..<end + word.utf8.count
    }
  }

  private static func lines(of path: String) throws -> [Substring] {
    String(decoding: try content(of: path), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Most of what differs are hyphens, at which UD cuts and CoNLL-2003 does not.
  @Test(.enabled(if: sharedFolder != nil, "../shared is missing"))
  func agreesWithUDEnglish() throws {
    let path = "\(sharedFolder ?? "")/data/ud-ewt/en_ewt-ud-dev.conllu"
    var texts: [(text: String, words: [Range<Int>])] = []
    var (text, words) = ("", [String]())
    for line in try Self.lines(of: path) {
      if line.hasPrefix("# text = ") {
        text = String(line.dropFirst(9))
      } else if line.isEmpty, !words.isEmpty {
        texts.append((text, Self.places(of: words, in: text)))
        words = []
      } else if let id = line.first, id.isNumber {
        let fields = line.split(separator: "\t")
        if fields[0].allSatisfy(\.isNumber) { words.append(String(fields[1])) }
      }
    }
    #expect(texts.count == 2001)
    #expect(Self.f1(texts) > 0.98)
  }

  /// The sentences of a column file as texts: their words with a space between them.
  private static func spaced(_ path: String) throws -> [(text: String, words: [Range<Int>])] {
    var texts: [(text: String, words: [Range<Int>])] = []
    var words: [String] = []
    for line in try lines(of: path) where !line.hasPrefix("-DOCSTART-") {
      if let word = line.split(separator: " ").first {
        words.append(String(word))
      } else if !words.isEmpty {
        let text = words.joined(separator: " ")
        texts.append((text, places(of: words, in: text)))
        words = []
      }
    }
    return texts
  }

  /// CoNLL-2003 has no text; its words with a space between them must stay whole.
  @Test(.enabled(if: sharedFolder != nil, "../shared is missing"))
  func keepsTheWordsOfCoNLL2003() throws {
    let texts = try Self.spaced("\(sharedFolder ?? "")/data/conll2003/eng.testa")
    #expect(texts.count > 3000)
    #expect(Self.f1(texts) > 0.999)
  }

  /// Gazette's words, which are ours.
  @Test func keepsTheWordsOfGazette() throws {
    let texts = try Self.spaced("\(packageFolder)/Corpora/Gazette/gazette.train.conll")
    #expect(texts.count > 800)
    #expect(Self.f1(texts) > 0.999)
  }
}
