import ArgumentParser
import Corpora
import Distillation
import Files
import JSON
import Labels
import ModelFiles
import Networks
import StudentFormat
import Teachers
import Tokenization

/// `distill-bilstm encode`: what a BERT is fed.
struct EncodeCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Write input_ids, attention_mask and labels of each example as JSON Lines.",
    discussion: """
      Each list has --max-len numbers. The label of a word is at its first piece; its other pieces, special tokens and \
      padding have -100, which PyTorch's cross-entropy ignores. Labels are numbered O, B-X, I-X, with the types sorted by \
      name. A longer sentence is written as overlapping windows, one line each; a word is labelled in the window that \
      gives it most context and has -100 in the others. For a teacher that reads word shapes as token types, \
      token_type_ids are written as well.

      A text or a pair of texts with a label is one line, whose labels is the number of its label. What is longer is \
      cut, a piece at a time off the longer text, as transformers' truncation="longest_first" does; the log counts \
      the pieces. A pair has token_type_ids where the teacher reads them.

      Examples:
        distill-bilstm encode --max-len 64 > encoded.jsonl
            Encode the bundled training sentences with the default teacher's vocabulary.
        distill-bilstm encode --teacher runs/default/teacher --max-len 128 -o encoded-128.jsonl
            Use the vocabulary of a model directory.
        distill-bilstm encode mrpc.tsv --max-len 128 -o mrpc.jsonl
            Encode pairs of sentences.
      """)

  @Argument(
    help: ArgumentHelp(
      "The corpus to encode: a column file, CoNLL-U, a table of texts or JSON Lines; - reads standard input. "
        + "(default: gazette.train)",
      valueName: "corpus"))
  var corpus: String?

  @Option(
    help: ArgumentHelp(
      "The teacher whose vocabulary is used: a Hugging Face directory, or a name "
        + "(\(TeacherRegister.knownNames)), downloaded once with pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @Option(
    help: ArgumentHelp(
      "The length of each list, 3 to 65536, or 6 to 65536 for texts; a longer sentence takes several lines, "
        + "a longer text is cut.",
      valueName: "n"))
  var maxLen = 128

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "-"

  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try reading.check(goesWith: corpus)
    guard (WordEncoding.shortestWindow...65536).contains(maxLen) else {
      throw ValidationError("--max-len \(maxLen) is not in 3...65536.")
    }
    try common.check([("--output", output)], inputs: [corpus, teacher])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm encode")
    let path = try TeacherRegister().resolve(teacher) { common.log($0) }
    let directory = try HuggingFaceDirectory(path: path)
    if let notice = try directory.caseNotice() { common.log(notice) }
    let tokenizer = try WordPieceTokenizer(directory)
    let input = try corpus.map { try RereadableFile(path: $0) }
    let labels = try LabelSet(learnedFrom: reader(of: input))
    let reader = try reader(of: input)
    let task = try reader.task()
    guard task.labelsWords || maxLen >= SequenceEncoding.shortestLength else {
      throw ValidationError("--max-len \(maxLen) is not in 6...65536, which texts need.")
    }
    let hasTypes = directory.configuration.hasTypes(for: task)
    let file = try AtomicFileWriter(path: output, symbolicLinks: .follow)
    var counts = Counts()
    while let example = try reader.nextLabelled(1).first {
      let lines =
        task.labelsWords
        ? windows(of: example, tokenizer, labels, hasShapes: hasTypes)
        : [text(of: example, tokenizer, labels, &counts)]
      counts.examples += 1
      counts.lines += lines.count
      counts.inWindows += lines.count > 1 ? 1 : 0
      for line in lines {
        var json: JSONObject = [
          "input_ids": list(line.inputIDs), "attention_mask": list(line.attentionMask),
        ]
        if hasTypes { json["token_type_ids"] = list(line.tokenTypeIDs) }
        json["labels"] =
          task.labelsWords ? list(line.labels) : .integer(line.labels.first.map(Int.init) ?? 0)
        try file.write(JSONValue.object(json).text() + "\n")
      }
    }
    try file.commit()
    report(counts, of: task, in: &summary)
    common.logNotices(of: reader, in: &summary)
    summary["label_names"] = .array(labels.names.map { .string($0) })
    try summary.write(common)
  }

  /// What was written.
  private struct Counts {
    var examples = 0
    var lines = 0
    var inWindows = 0
    var cut = 0
    var cutPieces = 0
  }

  /// The windows of a sentence, whose words have labels.
  private func windows(
    of sentence: Example, _ tokenizer: WordPieceTokenizer, _ labels: LabelSet, hasShapes: Bool
  ) -> [EncodedExample] {
    tokenizer.examples(
      words: sentence.words, labels: sentence.tags.map { Int32(labels.index(of: $0) ?? 0) },
      types: hasShapes ? sentence.words.map { Int32(WordShape(of: $0).rawValue) } : nil,
      maxLength: maxLen)
  }

  /// A text or a pair of texts, which has one label.
  private func text(
    of example: Example, _ tokenizer: WordPieceTokenizer, _ labels: LabelSet,
    _ counts: inout Counts
  ) -> EncodedExample {
    let texts = example.texts.map { Array(example.words[$0]) }
    let encoding = tokenizer.encode(
      words: texts[0], second: texts.count > 1 ? texts[1] : nil, maxLength: maxLen)
    counts.cut += encoding.cutCount > 0 ? 1 : 0
    counts.cutPieces += encoding.cutCount
    let label = example.label.flatMap { labels.index(of: $0) } ?? 0
    return EncodedExample(
      encoding, label: Int32(label), maxLength: maxLen, padID: tokenizer.padID)
  }

  private func report(_ counts: Counts, of task: TaskKind, in summary: inout RunSummary) {
    let noun = task.task.exampleNoun
    summary[noun] = .integer(counts.examples)
    summary["lines"] = .integer(counts.lines)
    guard task.labelsWords else {
      summary["cut_\(noun)"] = .integer(counts.cut)
      summary["cut_pieces"] = .integer(counts.cutPieces)
      common.log(
        "\(counts.examples) \(noun), \(counts.cut) longer than \(maxLen) pieces, of which "
          + "\(counts.cutPieces) pieces were cut")
      return
    }
    summary["sentences_in_windows"] = .integer(counts.inWindows)
    common.log(
      "\(counts.examples) sentences in \(counts.lines) lines, "
        + "\(counts.inWindows) longer than \(maxLen) pieces and in windows")
  }

  /// Reads the corpus from its start: once to learn its labels, once to encode.
  private func reader(of input: RereadableFile?) throws -> CorpusReader {
    guard let input else { return BundledCorpus.gazette.train.reader() }
    return try CorpusReader(path: input.path, name: corpus, format: reading.format)
  }

  private func list(_ numbers: [Int32]) -> JSONValue { .array(numbers.map { .integer(Int($0)) }) }
}
