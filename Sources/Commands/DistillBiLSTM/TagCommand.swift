import ArgumentParser
import Corpora
import Distillation
import Files
import Glibc
import JSON
import Kernels
import Labels
import Runtime
import StudentFormat
import Tagger
import TerminalUI
import Text
import Training

extension TaggerPrecision: ExpressibleByArgument {}

/// `distill-bilstm tag`: a finished student at work.
struct TagCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Find the names in text with a BiLSTM student.",
    discussion: """
      Text is UTF-8. It is split into sentences and words as the texts of a JSON Lines corpus are; a line break ends a \
      sentence. Each line is tagged as it arrives, so the command can be part of a pipe. In columns the word comes first, \
      and an empty line ends a sentence.

      The format text writes the input with its names in brackets, in colour on a terminal. conll writes one line for each \
      word, with its tag. json writes one object for each sentence: text, start, end, offsets, and entities with type, \
      text, start, end and probability. start and end are counted from the start of the input in the unit given by offsets: \
      UTF-8 bytes unless --offsets says otherwise. For columns, the words are given as tokens, and start_token and \
      end_token count tokens. The commands that read a corpus also read this output.

      Examples:
        echo "Ada Nwosu moved to Porto." | distill-bilstm tag
            Write the sentence with its names in brackets: [PER Ada Nwosu] moved ...
        distill-bilstm tag news.txt --model runs/mine/student --format json
            Write one object for each sentence, with the position and probability of each name.
      """)

  @Argument(help: ArgumentHelp("The file to tag. (default: standard input)", valueName: "file"))
  var file = "-"

  @Option(help: ArgumentHelp("The student's directory.", valueName: "dir"))
  var model = "runs/default/student"

  @Option(
    help: ArgumentHelp(
      "Input format: text, conll for columns, or auto, which reads columns if the first lines end in tags.",
      valueName: "form"))
  var input = TagInput.auto

  @Option(
    help: ArgumentHelp("Output format: text, conll or json.", valueName: "form"))
  var format = TaggedFormat.text

  @Option(
    help: ArgumentHelp(
      "The unit of start and end in json: bytes of UTF-8, characters as Python counts them, or utf16 as JavaScript and "
        + "Java count.", valueName: "unit"))
  var offsets = OffsetUnit.bytes

  @Option(
    help: ArgumentHelp(
      """
      Arithmetic of the LSTM: fp32 or int8. int8 gives nearly the same tags and is faster on a CPU with AVX512-VNNI or \
      AVX2; any other CPU uses fp32.
      """, valueName: "precision"))
  var precision = TaggerPrecision.fp32

  @OptionGroup(title: "General options") var common: CommonOptions

  /// How many sentences of columns from a file a thread takes at once; those from a pipe are answered one by one.
  private static let batchSize = 256

  /// How many bytes of text a thread takes at once where there are so many.
  private static let blockSize = 1 << 15

  func validate() throws {
    try common.check(inputs: [file, model])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm tag")
    let model = try TaggerModel(path: model, precision: precision)
    let output = TaggedOutput(
      format: format, offsets: offsets, color: .forDescriptor(STDOUT_FILENO),
      isForTerminal: isatty(STDOUT_FILENO) == 1,
      types: LabelSet(names: model.configuration.labels).types)
    var pool = StudentPool(workers: Workers(common.threads)) { Tagger(model: model) }
    let writer = try AtomicFileWriter(path: "-")
    let reader = try ByteReader(path: file)
    let form = try input.resolved(for: reader) { common.log($0) }
    let counts =
      form == .conll
      ? try tagColumns(of: reader, &pool, output, writer)
      : try tagText(of: reader, &pool, output, writer)
    try writer.commit()
    summary["sentences"] = .integer(counts.sentences)
    summary["words"] = .integer(counts.words)
    summary["precision"] = .string(precision.usedHere.rawValue)
    if let times = counts.answerTimes {
      summary["answers"] = .integer(times.count)
      summary["answer_p50_ms"] = .number(times.percentile(0.5))
      summary["answer_p99_ms"] = .number(times.percentile(0.99))
    }
    try summary.write(common)
  }

  private typealias Counts = (sentences: Int, words: Int, answerTimes: AnswerTimes?)

  /// Writes answers in order and counts what they hold.
  private func write(
    _ answers: [StudentPool<Tagger>.Answer], of pool: StudentPool<Tagger>,
    _ writer: AtomicFileWriter,
    _ counts: inout Counts
  ) throws {
    guard !pool.contains(where: \.hasOverflowed) else {
      throw DataError(
        file: model, found: "a model with logits that are not finite", expected: "finite logits",
        remedy: "take a model whose training did not diverge")
    }
    for answer in answers {
      try answer.bytes.withUnsafeBytes { try writer.write($0) }
      counts.sentences += answer.examples
      counts.words += answer.words
    }
    try writer.flush()
  }

  private func tagText(
    of reader: ByteReader, _ pool: inout StudentPool<Tagger>, _ output: TaggedOutput,
    _ writer: AtomicFileWriter
  ) throws -> Counts {
    var times = AnswerTimes()
    var counts: Counts = (0, 0, nil)
    // The place of the text in the input; a byte order mark, which is not delivered, counts too.
    var place: Int?
    let lines = LineBlockReader(reader, blockSize: max(2, pool.size) * Self.blockSize)
    while try lines.next({ text, offset in
      let start = ContinuousClock().now
      let parts = pool.parts(of: text)
      var next = place ?? (offset == 0 ? 0 : offsets.length(of: "\u{FEFF}".utf8))
      let places = parts.map { part in
        defer { next += offsets.length(of: text[part]) }
        return next
      }
      place = next
      nonisolated(unsafe) let text = text
      let answers = try pool.answers(parts.count) { part, tagger in
        let lines = UnsafeBufferPointer(rebasing: text[parts[part]])
        let sentences = tagger.sentences(in: lines)
        var bytes: [UInt8] = []
        output.append(sentences, of: lines, place: places[part], to: &bytes)
        return StudentPool<Tagger>.Answer(bytes, sentences)
      }
      try write(answers, of: pool, writer, &counts)
      times.append(ContinuousClock().now - start)
    }) {}
    counts.answerTimes = times
    return counts
  }

  private func tagColumns(
    of reader: ByteReader, _ pool: inout StudentPool<Tagger>, _ output: TaggedOutput,
    _ writer: AtomicFileWriter
  ) throws -> Counts {
    var counts: Counts = (0, 0, nil)
    let most = reader.isRegularFile ? Self.batchSize * pool.size : 1
    let reader = CorpusReader(reader, format: CorpusFormat(task: .tag))
    var batch: [[String]] = []
    func answer(_ pool: inout StudentPool<Tagger>) throws {
      let parts = stride(from: 0, to: batch.count, by: Self.batchSize).map {
        Array(batch[$0..<min($0 + Self.batchSize, batch.count)])
      }
      let answers = try pool.answers(parts.count) { part, tagger in
        let sentences = tagger.sentences(words: parts[part])
        var bytes: [UInt8] = []
        for (words, sentence) in zip(parts[part], sentences) {
          output.append(sentence, words: words, to: &bytes)
        }
        return StudentPool<Tagger>.Answer(bytes, sentences)
      }
      try write(answers, of: pool, writer, &counts)
      batch.removeAll(keepingCapacity: true)
    }
    while let sentence = try reader.next() {
      batch.append(sentence.words)
      if batch.count == most { try answer(&pool) }
    }
    try answer(&pool)
    for notice in reader.notices { common.log(notice) }
    return counts
  }
}

extension StudentPool<Tagger>.Answer {
  /// Counts tagged sentences.
  fileprivate init(_ bytes: [UInt8], _ sentences: [TaggedSentence]) {
    self.init(
      bytes: bytes, examples: sentences.count,
      words: sentences.reduce(0) { $0 + $1.words.count })
  }
}
