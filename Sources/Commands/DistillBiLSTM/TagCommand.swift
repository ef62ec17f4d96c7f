import ArgumentParser
import Corpora
import Distillation
import Files
import Glibc
import Kernels
import Labels
import Runtime
import Tagger
import TerminalUI

extension TaggerPrecision: ExpressibleByArgument {}

/// `distill-bilstm tag`: a finished student at work.
struct TagCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Find the names in text with a BiLSTM student.",
    discussion: """
      Text is UTF-8. It is cut into sentences and words as the corpora have them; a line break ends a sentence. Lines are \
      answered as they come, so the command may stand in a pipe. With columns, the word is the first, and an empty line \
      ends a sentence.

      text writes the input with its names in brackets, in colour on a terminal. conll writes a line a word, with its \
      tag. json writes an object a sentence: text, start, end, and entities with type, text, start, end and \
      probability. start and end count UTF-8 bytes from the start of the input, so the input's bytes start ..< end \
      are the text. For columns they are tokens, and start_token and end_token count those.

      Examples:
        echo "Ada Nwosu moved to Porto." | distill-bilstm tag
            The sentence with its names in brackets: [PER Ada Nwosu] moved ...
        distill-bilstm tag news.txt --model runs/mine/student --format json
            An object a sentence, with the place and the probability of each name.
      """)

  @Argument(help: ArgumentHelp("The file to tag. (default: standard input)", valueName: "file"))
  var file = "-"

  @Option(help: ArgumentHelp("The student's directory.", valueName: "dir"))
  var model = "runs/default/student"

  @Option(
    help: ArgumentHelp(
      "The form of the input: text, conll columns, or auto, which takes a file for columns whose first lines end in tags.",
      valueName: "form"))
  var input = TagInput.auto

  @Option(
    help: ArgumentHelp("The form of the output: text, conll or json.", valueName: "form"))
  var format = TaggedFormat.text

  @Option(
    help: ArgumentHelp(
      """
      fp32 or int8. int8 multiplies the LSTM's weights as whole numbers of 7 or 8 bits, which gives nearly the same tags and \
      is faster on a CPU with AVX512-VNNI or AVX2; without both it is fp32.
      """, valueName: "precision"))
  var precision = TaggerPrecision.fp32

  @OptionGroup var common: CommonOptions

  /// How many sentences of columns from a file a thread takes at once; those from a pipe are answered one by one.
  private static let batchSize = 256

  /// How many bytes of text a thread takes at once where there are so many.
  private static let blockSize = 1 << 15

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm tag")
    let model = try TaggerModel(path: model, precision: precision)
    let output = TaggedOutput(
      format: format, color: .forDescriptor(STDOUT_FILENO),
      types: LabelSet(names: model.configuration.labels).types)
    var pool = TaggerPool(model: model, workers: Workers(common.threads))
    let writer = try AtomicFileWriter(path: "-")
    let form = try input.resolved(for: file)
    let counts =
      form == .conll
      ? try tagColumns(&pool, output, writer) : try tagText(&pool, output, writer)
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
    _ answers: [TaggerPool.Answer], _ writer: AtomicFileWriter, _ counts: inout Counts
  ) throws {
    for answer in answers {
      try answer.bytes.withUnsafeBytes { try writer.write($0) }
      counts.sentences += answer.sentences
      counts.words += answer.words
    }
    try writer.flush()
  }

  private func tagText(
    _ pool: inout TaggerPool, _ output: TaggedOutput, _ writer: AtomicFileWriter
  ) throws -> Counts {
    var times = AnswerTimes()
    var counts: Counts = (0, 0, nil)
    let reader = try LineBlockReader(path: file, blockSize: max(2, pool.size) * Self.blockSize)
    while try reader.next({ text, offset in
      let start = ContinuousClock().now
      let parts = TaggerPool.parts(of: text, most: pool.size)
      nonisolated(unsafe) let text = text
      let answers = pool.answers(parts.count) { part, tagger in
        let lines = UnsafeBufferPointer(rebasing: text[parts[part]])
        let sentences = tagger.sentences(in: lines)
        var bytes: [UInt8] = []
        output.append(sentences, of: lines, offset: offset + parts[part].lowerBound, to: &bytes)
        return TaggerPool.Answer(bytes: bytes, sentences: sentences)
      }
      try write(answers, writer, &counts)
      times.append(ContinuousClock().now - start)
    }) {}
    counts.answerTimes = times
    return counts
  }

  private func tagColumns(
    _ pool: inout TaggerPool, _ output: TaggedOutput, _ writer: AtomicFileWriter
  ) throws -> Counts {
    var counts: Counts = (0, 0, nil)
    let reader = try CorpusReader(path: file)
    var status = stat()
    let isFile = file != "-" && stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    let most = isFile ? Self.batchSize * pool.size : 1
    var batch: [[String]] = []
    func answer(_ pool: inout TaggerPool) throws {
      let parts = stride(from: 0, to: batch.count, by: Self.batchSize).map {
        Array(batch[$0..<min($0 + Self.batchSize, batch.count)])
      }
      let answers = pool.answers(parts.count) { part, tagger in
        let sentences = tagger.sentences(words: parts[part])
        var bytes: [UInt8] = []
        for (words, sentence) in zip(parts[part], sentences) {
          output.append(sentence, words: words, to: &bytes)
        }
        return TaggerPool.Answer(bytes: bytes, sentences: sentences)
      }
      try write(answers, writer, &counts)
      batch.removeAll(keepingCapacity: true)
    }
    while let sentence = try reader.next() {
      batch.append(sentence.words)
      if batch.count == most { try answer(&pool) }
    }
    try answer(&pool)
    return counts
  }
}

/// How long each answer took, from the text read to the tags written: a line of a pipe, or many lines of a file at once.
private struct AnswerTimes {
  /// Beyond so many, only the first are kept.
  private static let most = 1 << 20
  private var milliseconds: [Double] = []

  var count: Int { milliseconds.count }

  mutating func append(_ time: Duration) {
    if count < Self.most { milliseconds.append(1000 * time.seconds) }
  }

  /// The time that a share of the answers, 0 to 1, did not exceed; 0 of no answers.
  func percentile(_ share: Double) -> Double {
    guard count > 0 else { return 0 }
    return milliseconds.sorted()[min(Int(share * Double(count)), count - 1)]
  }
}
