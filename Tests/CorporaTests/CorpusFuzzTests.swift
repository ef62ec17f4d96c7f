import Corpora
import Files
import Labels
import Testing
import Text

/// Random bytes and damaged files: every reader reads them or refuses them with a `DataError` that names a line, never a trap.
@Suite struct CorpusFuzzTests {
  /// SplitMix64, so that a failure can be repeated.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private static let names = ["x", "x.conllu", "x.jsonl", "x.csv"]
  private static let formats = [
    CorpusFormat(), CorpusFormat(encoding: .latin1),
    CorpusFormat(tagNames: ["O", "B-X"], offsets: .utf16),
    CorpusFormat(columns: ColumnSelection(word: -1, partOfSpeech: 1, tag: 0)),
    CorpusFormat(task: .sentence), CorpusFormat(task: .pair, encoding: .windows1252),
    CorpusFormat(columns: ColumnSelection("text=sentence,label=-1,group=0")),
  ]
  private static let seeds = [
    "-DOCSTART- -X- O\n\nEU NNP B-ORG\nrejects VBZ O\n\nBonn\tNNP\tI-LOC\r\n",
    "# newdoc\n1-2\tal\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tADP\tX\t_\t0\t_\t_\tNER=B-X|A=b\n"
      + "2\tel\tel\tDET\tX\t_\t0\t_\t_\tNER=O\n2.1\tx\tx\tX\tX\t_\t0\t_\t_\t_\n\n",
    #"{"tokens":["EU","\u00e9\ud83d\ude00"],"tags":["S-ORG","O"],"pos":["A","B"]}"# + "\n",
    #"{"text":"é EU-wide (\"x\").","entities":[{"start":2,"end":9,"type":"ORG"}]}"# + "\n"
      + #"{"text":"ab c","tokens":[{"start":0,"end":1}],"spans":[{"start":0,"end":1,"label":"X"}]}"#,
    #"{"tokens":["é","b"],"pos_tags":[3,4],"ner_tags":[1,0],"id2label":{"0":"O","1":"B-X"}}"#,
    #"["é-b 😀\u0301 c",{"entities":[[0,1,"X"],[4,6,"Y"]]}]"#,
    #"[{"data":{"text":"é b"},"annotations":[{"result":[{"value":{"start":2,"end":3,"labels":["X"],"text":"b"}}]}]}]"#,
    "label\tsentence\r\n0\tIt is \"é\" .\r\n1\tB c d\n",
    "id,sentence1,sentence2,label\n1,\"a \"\"b\"\", c\nd\",é f,x\n",
    "label\tsentence1_words\tsentence2_words\nx\ta\\sb c\td\\\\\n",
    "__label__a b c d\n__label__b e\n", "good\tI like it\nbad\tI do not\n",
    #"{"sentence":"é b","label":1}"# + "\n" + #"{"sentence":"c","label":true}"#,
    #"{"tokens1":["é"],"tokens2":["b","c"],"pos1":["X"],"pos2":["Y","Z"],"label_text":"x"}"#,
    #"{"text":"é b","start":7,"end":11,"offsets":"bytes","entities":[{"type":"X","text":"b","start":10,"end":11}]}"#,
  ]

  /// How often the bytes were read; fails if an error is of another kind or has no line where it should.
  private func read(_ bytes: [UInt8]) -> Int {
    var count = 0
    for name in Self.names {
      for format in Self.formats {
        do {
          let reader = CorpusReader(bytes: bytes, name: name, format: format)
          while let sentence = try reader.next() {
            count += 1
            #expect(!sentence.words.isEmpty && sentence.line > 0)
            #expect(sentence.texts.allSatisfy { !$0.isEmpty } && sentence.label != "")
            #expect(try sentence.label == nil || reader.task() != .tag)
            #expect(sentence.tags.isEmpty || sentence.tags.count == sentence.words.count)
            #expect(
              sentence.partsOfSpeech.isEmpty
                || sentence.partsOfSpeech.count == sentence.words.count)
          }
        } catch let error as DataError {
          #expect(error.line != nil && error.file == name)
          #expect(error.description.utf8.count < 800)
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    return count
  }

  @Test func randomBytesNeverTrap() {
    var generator = Generator(state: 1)
    let alphabet = Array(" \t\n\r\"\\{}[]:,-#.=|_BIESLUMO0123ae".utf8) + [0, 0xC3, 0xEF, 0xFF]
    var count = 0
    for round in 0..<1500 {
      let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        round % 2 == 0
          ? UInt8.random(in: 0...255, using: &generator)
          : alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      count += read(bytes)
    }
    #expect(count > 50)
  }

  @Test func damagedFilesNeverTrap() {
    var generator = Generator(state: 2)
    let marks = Array(" \t\n\"\\{}[]:,-#.=|O9".utf8) + [0, 0x80, 0xFF]
    var count = 0
    for seed in Self.seeds {
      for _ in 0..<300 {
        var bytes = Array(seed.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          let mark = marks[Int.random(in: 0..<marks.count, using: &generator)]
          switch Int.random(in: 0...3, using: &generator) {
          case 0: bytes.remove(at: place)
          case 1: bytes.insert(mark, at: place)
          case 2: bytes[place] = mark
          default: bytes.removeSubrange(place...)
          }
        }
        count += read(bytes)
      }
    }
    #expect(count > 500)
  }
}
