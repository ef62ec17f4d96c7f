import Corpora
import Labels
import Testing

private func reader(
  _ text: String, _ columns: String? = nil, task: TaskKind? = nil, name: String = "x.tsv",
  skips: Bool = false
) -> CorpusReader {
  CorpusReader(
    bytes: Array(text.utf8), name: name,
    format: CorpusFormat(
      task: task, columns: columns.flatMap { ColumnSelection($0) }, badLines: skips ? .skip : .stop)
  )
}

/// An example on one line: `label: words` with a bar before the second text, and its group.
private func shown(_ example: Example) -> String {
  let texts = example.texts.map { example.words[$0].joined(separator: " ") }
  return "\(example.label ?? "-"): \(texts.joined(separator: " | "))"
    + (example.group.map { " (\($0))" } ?? "")
}

private func read(
  _ text: String, _ columns: String? = nil, task: TaskKind? = nil, name: String = "x.tsv"
) throws -> [String] {
  try Corpus.read(reader(text, columns, task: task, name: name)).examples.map(shown)
}

private func message(
  _ text: String, _ columns: String? = nil, task: TaskKind? = nil, name: String = "x.tsv"
) -> String {
  message(
    reading: Array(text.utf8), as: name,
    format: CorpusFormat(task: task, columns: columns.flatMap { ColumnSelection($0) }))
}

@Suite struct TableTests {
  @Test func readsAHeaderAndSaysWhatItIs() throws {
    let reader = reader("label\tsentence\r\n1\tIt isn't \"bad\" . Good.\r\n\r\n0\tno\r\n")
    #expect(try reader.task() == .sentence)
    let examples = try Corpus.read(reader).examples
    // A text is one example however many sentences it has, and its quotes are text.
    #expect(
      examples == [
        Example(
          words: ["It", "is", "n't", "\"", "bad", "\"", ".", "Good", "."], label: "1", line: 2),
        Example(words: ["no"], label: "0", line: 4),
      ])
    #expect(
      reader.notices == [
        "x.tsv: sentences with a label each; text is column sentence, label is column label"
      ])
  }

  /// The headers of GLUE's files, of MRPC and SICK as they are published, and of PAWS.
  @Test(arguments: [
    ("sentence\tlabel", "a\tx", "x: a"), ("label\tcontent", "x\ta", "x: a"),
    ("index\tsentence", "7\ta", "-: a"),
    ("id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate", "1\t2\t3\ta\tb\t0", "0: a | b"),
    ("index\tpremise\thypothesis\tlabel", "1\ta\tb\tx", "x: a | b"),
    ("text_a\ttext_b\tlabel", "a\tb\tx", "x: a | b"),
    ("index\tquestion\tsentence\tlabel", "1\ta\tb\tx", "x: a | b"),
    ("Quality\t#1 ID\t#2 ID\t#1 String\t#2 String", "1\t8\t9\ta\tb", "1: a | b"),
    (
      "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment",
      "1\ta\tb\t4.5\tNEUTRAL", "NEUTRAL: a | b"
    ),
    ("index\tpromptID\tsentence1\tsentence2\tlabel1\tgold_label", "0\t1\ta\tb\tx\ty", "y: a | b"),
    ("text\tlabel\tlabel_text", "a b c\t1\tgood", "good: a b c"),
  ])
  func knowsTheNamesOfPublicSets(_ header: String, _ row: String, _ expected: String) throws {
    #expect(try read("\(header)\n\(row)\n") == [expected])
    let commas = [header, row].map { $0.replacing("\t", with: ",") }
    #expect(try read(commas.joined(separator: "\n"), name: "x.csv") == [expected])
  }

  @Test func namesAndNumbersOverrule() throws {
    let sick =
      "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n1\ta\tb\t5\tN\n"
    #expect(try read(sick, "label=relatedness_score,group=entailment_judgment") == ["5: a | b (N)"])
    #expect(try read(sick, "text=1,label=-1") == ["N: a"])
    #expect(try read(sick, "text_a=SENTENCE_B,text_b=1") == ["-: b | a"])
    #expect(try read(sick, "group=0") == ["N: a | b (1)"])
    #expect(
      message(sick, "label=mood")
        == "x.tsv:1: 5 columns in \"pair_ID sentence_A sentence_B relatedness_score "
        + "entailment_j…\"; expected a column mood, as in --columns label=mood; there are 0 "
        + "(pair_ID), 1 (sentence_A), 2 (sentence_B), 3 (relatedness_score), 4 "
        + "(entailment_judgment); columns count from 0, or from the end as -1, -2")
    #expect(message(sick, "label=9").contains("expected a column 9"))
    #expect(message(sick, "text=0,label=0").contains("name every column at most once"))
    #expect(message(sick, task: .sentence).contains("pairs of texts; expected the task sentence"))
    #expect(message(sick, "text=1", task: .pair).contains("expected two texts in each row"))
    // Names make the first line one of names, numbers do not.
    #expect(try read("Mood\tSaid\ngood\tI like\n", "text=Said,label=Mood") == ["good: I like"])
    #expect(
      try read("Mood\tSaid\ngood\tI like\n", "text=1,label=0") == ["Mood: Said", "good: I like"])
    // A word a line is read as such where it is asked for.
    #expect(message("label\tsentence\n", task: .tag).contains("the tag \"sentence\""))
  }

  @Test func readsLabelTabText() throws {
    let text = "good\tI like it.\nbad\tI do not like it.\ngood\tFine\n"
    let expected = ["good: I like it .", "bad: I do not like it .", "good: Fine"]
    #expect(try read(text) == expected)
    let swapped = text.split(separator: "\n").map { line in
      line.split(separator: "\t").reversed().joined(separator: "\t")
    }
    #expect(try read(swapped.joined(separator: "\n")) == expected)
    let source = reader(text)
    _ = try source.next()
    #expect(
      source.notices == ["x.tsv: sentences with a label each; text is column 1, label is column 0"])
    // A pair that a program writes a line has a tab between its texts, and a text none.
    #expect(try read("I like it.\tIt is fine.\n", task: .pair) == ["-: I like it . | It is fine ."])
    #expect(try read("I like it.\nFine\n", task: .sentence) == ["-: I like it .", "-: Fine"])
    #expect(try read("good\tFine\n", task: .sentence) == ["good: Fine"])
    #expect(
      try read("1\tI like it.\tIt is fine.\n", task: .pair) == ["1: I like it . | It is fine ."])
  }

  /// RFC 4180: separators, line breaks and doubled quotation marks within quoted fields.
  @Test func readsCommasWithQuotes() throws {
    let text =
      "label,sentence\r\n\"x, y\",\"He said \"\"no\"\".\r\n\r\nThen, \"\"yes\"\"\"\r\nz,it's 5\" long\n\"\",a\n"
    let source = reader(text, name: "x.csv")
    let examples = [try source.next(), try source.next()].compactMap(\.self)
    #expect(
      examples.map(shown) == [
        "x, y: He said \" no \" . Then , \" yes \"", "z: it 's 5 \" long",
      ])
    #expect(examples.map(\.line) == [2, 5])
    #expect {
      try source.next()
    } throws: {
      "\($0)"
        == "x.csv:6: an empty label; expected text without tabs, line ends, and space at its ends; 1 of 3 "
        + "examples cannot be read (line 6): --bad-lines skip leaves it out"
    }
    #expect(try read("sentence;label\na, b c;x\n", name: "x.csv") == ["x: a , b c"])
    // Without the name, a first line of known names tells.
    #expect(try read("text,label\n\"a, b c\",x\n", name: "reviews") == ["x: a , b c"])
    #expect(try read("x,I like it\ny,\"I, too, do\"\n", name: "x.csv").count == 2)
    #expect(
      message("label,sentence\nx,\"a\" b\n", name: "x.csv")
        == "x.csv:2: text after a closing quotation mark in \"x,\"a\" b\"; expected a separator or "
        + "the line's end there; double the quotation marks within a quoted field")
    #expect(
      message("label,sentence\nx,a\ny,\"b\nc\n", name: "x.csv")
        == "x.csv:3: the end of the file within a quoted field; expected a quotation mark at its end; "
        + "is one missing?")
  }

  @Test func readsFastText() throws {
    #expect(
      try read("__label__good I like it\n__label__b,c  fine .\n", name: "x.txt")
        == ["good: I like it", "b,c: fine ."])
    #expect(
      message("__label__a b\n__label__a __label__b c\n", name: "x.txt").hasPrefix(
        "x.txt:2: more than one label in \"__label__a __label__b c\"; expected one label for each text"
      )
    )
    #expect(message("__label__a b\nc\n").contains("x.tsv:2: \"c\"; expected __label__LABEL before"))
    #expect(message("__label__a\n").contains("x.tsv:1: an empty text; expected at least one word"))
    #expect(message("__label__ a\n").contains("x.tsv:1: an empty label"))
    #expect(message("__label__a b\n", task: .pair).contains("expected pairs of texts"))
  }

  /// Words that augment wrote, cut already.
  @Test func readsWordsThatAreCutAlready() throws {
    let words = try Corpus.read(
      reader("label\tsentence_words\nx\tdo n't it's New\\sYork \\\\s [MASK]\n")
    ).examples[0].words
    #expect(words == ["do", "n't", "it's", "New York", "\\s", "[MASK]"])
    #expect(try read("sentence_words\ngood\n") == ["-: good"])
    #expect(try read("sentence1_words\tsentence2_words\na.b\tc\n") == ["-: a.b | c"])
    for wrong in ["a  b", "a ", "\\n", "a\\"] {
      #expect(message("sentence_words\n\(wrong)x\\\n").contains("x.tsv:2: the words"), "\(wrong)")
    }
    #expect(
      message("sentence_words\n\\sa\n").contains("the word \" a\"; expected text without tabs"))
  }

  @Test func badRowsAreSaidOrSkipped() throws {
    let text = "label\tsentence\nx\ta\nb\ny\tc\td\nz\t \nw\te\nw\tf\nw\tg\n"
    #expect(
      message(text)
        == "x.tsv:3: 1 column in \"b\"; expected 2 as in line 1: label, sentence; put one tab between "
        + "two columns and none into a text; 3 of 7 examples cannot be read (lines 3, 4, 5): "
        + "--bad-lines skip leaves them out")
    let source = reader(text, skips: true)
    #expect(
      try Corpus.read(source).examples.map(shown) == ["x: a", "w: e", "w: f", "w: g"])
    #expect(source.skipped.count == 3 && source.skipped.lines == [3, 4, 5])
    #expect(
      source.notices.last?.hasPrefix("x.tsv: left out 3 examples that cannot be read") == true)
    #expect(message("label\tsentence\n").hasPrefix("x.tsv: no sentences"))
  }

  @Test func scoresAreNoLabels() throws {
    let rows = (0..<40).map { "\($0)\ta b c\td e f\t\(Double($0) / 8)\n" }.joined()
    #expect(
      message("id\tsentence1\tsentence2\tscore\n\(rows)")
        == "x.tsv:1: decimal numbers in column score, such as 0.0, 0.125, 0.25; expected labels, which "
        + "are names or whole numbers; scores cannot be learnt; name the label's column with "
        + "--columns label=...; there are 0 (id), 1 (sentence1), 2 (sentence2), 3 (score); without a "
        + "label the texts are read by --columns text_a=sentence1,text_b=sentence2")
    #expect(
      try read(
        "id\tsentence1\tsentence2\tscore\n\(rows)", "text_a=sentence1,text_b=sentence2"
      ).count == 40)
    // Numbers as classes are labels, and so are a few that are not whole.
    let stars = (0..<40).map { "\(Double($0 % 5) / 2)\ta b c\n" }.joined()
    #expect(try read(stars)[1] == "0.5: a b c")
    let many = (0..<200).map { "\($0 % 100)\ta b c\n" }.joined()
    #expect(try read(many).count == 200)
  }

  @Test func aTextOfTooManyWordsIsRefused() {
    let long = String(repeating: "a ", count: CorpusReader.longestSentence + 1)
    #expect(
      message("label\tsentence\nx\tb\nx\t\(long)\n").hasPrefix(
        "x.tsv:3: a text of more than 65536 words; expected shorter texts"))
    let half = String(repeating: "a ", count: CorpusReader.longestSentence - 1)
    #expect(message("sentence1\tsentence2\n\(half)\t\(half)\n") == "no error")
  }
}

/// Files of words in columns are none of texts, and the other way round.
@Suite struct TextOrColumnsTests {
  private func task(_ text: String, name: String = "x.tsv") throws -> TaskKind {
    let source = reader(text, name: name)
    let task = try source.task()
    while try source.next() != nil {}
    return task
  }

  @Test(arguments: [
    "Ada\tB-PER\nran\tO\n", "Ada\tNNP\nran\tVBD\n", "Ada ran B-PER\n", "Ada\n", "sentence\nof\n",
    "text\tlabel\nAda\tB-PER\nran\tO\n", "text\tlabel\nran\tO\n\nAda\tPER\n",
    "sentence\tword\tpos\ttag\n1\tAda\tNNP\tB-PER\n1\tran\tVBD\tO\n",
    "New York City\tB-LOC\nis\tO\n",
    "# text = I like it\nAda\tB-PER\n", "-DOCSTART-\tO\n\nAda\tB-PER\n", "the text is\tO\n",
    "# global.columns = FORM UPOS\ngood one here\tX\n", "1\tAda\tB-PER\n2\tran\tO\n",
  ])
  func wordsStayWords(_ text: String) throws { #expect(try task(text) == .tag) }

  @Test(arguments: [
    ("text\tlabel\nI like it\tgood\nfine\tgood\n", TaskKind.sentence),
    ("sentence\nI like it\nI do not\n", .sentence), ("text,label\na,b\n", .sentence),
    ("good\tI like it\n", .sentence), ("sentence1\tsentence2\tlabel\na\tb\tO\n", .pair),
  ])
  func textsAreTexts(_ text: String, _ task: TaskKind) throws {
    #expect(try self.task(text) == task)
  }

  /// Where it is not certain, the file is refused with what can be said.
  @Test(arguments: [
    (
      "text\tlabel\nfine\tgood\nbad\tbad\n",
      "names in line 1 that words in columns have too", "--task sentence for texts, or --task tag"
    ),
    (
      "good\tvery fine\nbad\tbad\n", "two columns, of which the last has spaces in it",
      "--task sentence for a label and a text, or --task tag for words in columns"
    ),
    (
      "7\tgood\tI like it\n8\tbad\tI do not\n", "3 columns without names, of which 1 holds texts",
      "--columns text=2,label=0 or --columns text=2,label=1, or --task tag"
    ),
    (
      "I like it\tI do not\n", "2 columns without names, of which 2 hold texts",
      "--columns text_a=0,text_b=1, or --task tag"
    ),
    (
      "Mood\tSaid\ngood\tI like it\nbad\tI do not\ngood\tit is fine\n",
      "names of columns that are not known in \"Mood Said\"", "--columns text=Said,label=Mood, or"
    ),
  ])
  func whatMayBeEitherIsAQuestion(_ text: String, _ found: String, _ remedy: String) {
    let message = message(text)
    #expect(message.hasPrefix("x.tsv:1: \(found); expected a first line with names"), "\(message)")
    #expect(message.contains("say what the file holds with \(remedy)"), "\(message)")
  }

  @Test func whatIsAskedForMustGoWithTheFormat() {
    let conllu = "1\ta\ta\tX\tX\t_\t0\t_\t_\t_\n"
    #expect(message(conllu, task: .sentence, name: "x.conllu").contains("CoNLL-U; expected texts"))
    #expect(ColumnSelection("text=1,word=0") == nil && ColumnSelection("text_a=1") == nil)
    #expect(ColumnSelection("text=1,text_a=1,text_b=2") == nil && ColumnSelection("text=") == nil)
    for text in ["text=#1 String,label=-1", "text_a=a,text_b=1,label=x=y,group=k", "group=kind"] {
      #expect(ColumnSelection(text)?.description == text)
    }
  }
}
