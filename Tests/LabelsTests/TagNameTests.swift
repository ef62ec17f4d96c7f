import Files
import Labels
import Testing

/// Labels of models and tags of corpora that are no tags, or tags without a letter.
@Suite struct TagNameTests {
  private func labels(_ names: [String]) throws -> [String] {
    try LabelSet(ofModel: names, file: "config.json").names
  }

  private func refusal(_ names: [String]) -> String {
    do {
      return "accepted as \(try labels(names))"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ["O", "B-PER", "I-PER"], ["O", "B-X"], ["B-NN", "I-NN"], ["O", "I-PER"],
    ["O", "B-a-b", "I-a-b"], ["O", "S-PER", "B-PER", "E-PER", "I-PER"],
    ["O", "B-\u{6771}\u{4EAC}"],
  ])
  func tagsStayAsTheyAre(_ names: [String]) throws {
    #expect(try labels(names) == names)
  }

  @Test func plainTypesAreIO() throws {
    #expect(
      try labels(["O", "PER", "person-artist", "\u{4EBA}\u{540D}", "Date_1"])
        == ["O", "I-PER", "I-person-artist", "I-\u{4EBA}\u{540D}", "I-Date_1"])
    #expect(try labels(["O", "\u{4EBA}"]) == ["O", "I-\u{4EBA}"])
  }

  @Test func labelsWithoutNamesAreRefused() {
    #expect(
      refusal(["LABEL_0", "LABEL_1", "LABEL_2"])
        == "config.json: the labels LABEL_0 LABEL_1 LABEL_2, which are no tags; expected O, B-TYPE and "
        + "I-TYPE, those of BIOES or BILOU, or O and plain types; name the labels in id2label, such "
        + #"as {"0": "O", "1": "B-PER", "2": "I-PER"}"#)
    #expect(refusal(["O", "LABEL_1"]).contains("name the labels in id2label"))
  }

  @Test(arguments: [
    ("b-per", "B-per"), ("B_PER", "B-PER"), ("PER-B", "B-PER"), ("PER_I", "I-PER"),
    ("I:PER", "I-PER"), ("o", "O"), ("i_\u{E9}t\u{E9}", "I-\u{E9}t\u{E9}"),
  ])
  func otherWritingsAreRefusedWithWhatIsMeant(_ name: String, _ meant: String) {
    let message = refusal(["O", name])
    #expect(message.contains("the label \"\(name)\", which is no tag"))
    #expect(message.hasSuffix("write it as \(meant) in id2label"), "\(message)")
  }

  @Test(arguments: ["B-", "I-", "B", "I", "-", "1", "", "X-PER", "_", "O-PER"])
  func otherNamesAreRefused(_ name: String) {
    #expect(refusal(["O", name]).contains("the label \"\(name)\", which is no tag"))
  }

  @Test func namesOfTwoKindsAreRefused() {
    #expect(
      refusal(["O", "B-PER", "I-PER", "LOC"]).contains("the label \"LOC\" beside \"B-PER\""))
  }

  @Test func plainTypesNeedAnO() {
    #expect(refusal(["NOUN", "VERB"]).contains("the labels NOUN VERB, none of which is O"))
  }

  // MARK: Corpora

  private func read(_ sentences: [[String]]) throws -> (tags: [[String]], TagScheme.Evidence) {
    var evidence = TagScheme.Evidence()
    var all: [[String]] = []
    for (index, tags) in sentences.enumerated() {
      var tags = tags
      try evidence.readPlainTypes(in: &tags, file: "c.conll", line: 10 * index + 1)
      TagScheme.convertToIOB2(&tags, evidence: &evidence, line: 10 * index + 1)
      all.append(tags)
    }
    return (all, evidence)
  }

  @Test func plainTypesOfACorpusAreIO() throws {
    let (tags, evidence) = try read([["O"], ["PER", "PER", "LOC", "O", "PER"]])
    #expect(tags[1] == ["B-PER", "I-PER", "B-LOC", "O", "B-PER"])
    #expect(evidence.scheme == .io && evidence.irregular == 0)
    #expect(
      evidence.notice(of: "c.conll")
        == "c.conll: tags such as \"PER\" at line 11 have no B- or I-; taken as IO, where words of "
        + "one type side by side are one entity")
  }

  @Test func tagsOfTwoKindsInACorpusAreRefused() {
    for sentences in [
      [["O", "B-PER"], ["LOC"]], [["O", "LOC"], ["B-PER"]], [["PER", "I-PER", "O"]],
    ] {
      #expect { try read(sentences) } throws: {
        "\($0)".contains("beside tags with B- or I-")
      }
    }
  }

  @Test func partsOfSpeechAreNoEntities() {
    #expect { try read([["NNP", "VBD"]]) } throws: {
      "\($0)".hasPrefix("c.conll:1: the tag \"NNP\", and no O so far")
    }
  }
}
