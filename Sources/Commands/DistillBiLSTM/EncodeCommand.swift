import ArgumentParser
import Corpora
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
    abstract: "Write input_ids, attention_mask and labels of each sentence as JSON Lines.",
    discussion: """
      Each list has --max-len numbers. The label of a word is at its first piece; its other pieces, special tokens and \
      padding have -100, which PyTorch's cross-entropy ignores. Labels are numbered O, B-X, I-X, with the types sorted by \
      name. A longer sentence is written as overlapping windows, one line each; a word is labelled in the window that \
      gives it most context and has -100 in the others. For a teacher that reads word shapes as token types, \
      token_type_ids are written as well.

      Examples:
        distill-bilstm encode --max-len 64 > encoded.jsonl
            Encode the bundled training sentences with the default teacher's vocabulary.
        distill-bilstm encode --teacher runs/default/teacher --max-len 128 -o encoded-128.jsonl
            Use the vocabulary of a model directory.
      """)

  @Argument(
    help: ArgumentHelp(
      "The corpus to encode: a column file, CoNLL-U or JSON Lines; - reads standard input. (default: gazette.train)",
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
      "The length of each list, 3 to 65536; a longer sentence takes several lines.",
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
    let hasShapes = directory.configuration.typesAreWordShapes
    let input = try corpus.map { try RereadableFile(path: $0) }
    let labels = try LabelSet(learnedFrom: reader(of: input))
    let reader = try reader(of: input)
    let file = try AtomicFileWriter(path: output, symbolicLinks: .follow)
    var counts = (sentences: 0, lines: 0, inWindows: 0)
    while let sentence = try reader.nextLabelled(1).first {
      counts.sentences += 1
      let examples = tokenizer.examples(
        words: sentence.words, labels: sentence.tags.map { Int32(labels.index(of: $0) ?? 0) },
        types: hasShapes ? sentence.words.map { Int32(WordShape(of: $0).rawValue) } : nil,
        maxLength: maxLen)
      for example in examples {
        var json: JSONObject = [
          "input_ids": list(example.inputIDs), "attention_mask": list(example.attentionMask),
        ]
        if hasShapes { json["token_type_ids"] = list(example.tokenTypeIDs) }
        json["labels"] = list(example.labels)
        try file.write(JSONValue.object(json).text() + "\n")
      }
      counts.lines += examples.count
      counts.inWindows += examples.count > 1 ? 1 : 0
    }
    try file.commit()
    common.log(
      "\(counts.sentences) sentences in \(counts.lines) lines, "
        + "\(counts.inWindows) longer than \(maxLen) pieces and in windows")
    summary["sentences"] = .integer(counts.sentences)
    summary["lines"] = .integer(counts.lines)
    summary["sentences_in_windows"] = .integer(counts.inWindows)
    common.logNotices(of: reader, in: &summary)
    summary["label_names"] = .array(labels.names.map { .string($0) })
    try summary.write(common)
  }

  /// Reads the corpus from its start: once to learn its labels, once to encode.
  private func reader(of input: RereadableFile?) throws -> CorpusReader {
    guard let input else { return BundledCorpus.gazette.train.reader() }
    return try CorpusReader(path: input.path, name: corpus, format: reading.format)
  }

  private func list(_ numbers: [Int32]) -> JSONValue { .array(numbers.map { .integer(Int($0)) }) }
}
