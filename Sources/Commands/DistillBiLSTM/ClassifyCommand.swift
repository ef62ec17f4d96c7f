import ArgumentParser
import Files
import Glibc
import JSON
import Labels
import Runtime
import StudentFormat
import Tagger
import TerminalUI
import Text

/// The forms in which `distill-bilstm classify` writes answers.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case tsv
  case json
}

/// `distill-bilstm classify`: a finished student labels texts or pairs of texts.
struct ClassifyCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Label sentences, or pairs of sentences, with a BiLSTM student.",
    discussion: """
      Each line of the input is one text in UTF-8, or two texts with a TAB between them if the student was trained on pairs. \
      Lines are answered as they arrive, so the command can be part of a pipe. Blank lines are left out.

      The format text writes the label, its probability and the line. tsv writes the same in columns without padding: with \
      --top, each further label and its probability follow the first. json writes one object for each line: text, or text_a \
      and text_b, the label, its probability, and labels, a list of the --top most probable labels with their probabilities.

      Examples:
        echo "Filthy seats, rude staff, late again." | distill-bilstm classify --model runs/verdict/student
            Write the label of a review with its probability.
        distill-bilstm classify pairs.tsv --model runs/echo/student --format json --top 2
            Write one object for each pair, with the probabilities of two labels.
      """)

  @Argument(
    help: ArgumentHelp("The file with the texts. (default: standard input)", valueName: "file"))
  var file = "-"

  @Option(help: ArgumentHelp("The student's directory.", valueName: "dir"))
  var model = "runs/default/student"

  @Option(help: ArgumentHelp("Output format: text, tsv or json.", valueName: "form"))
  var format = AnswerFormat.text

  @Option(
    help: ArgumentHelp(
      "Number of labels to write for each line, the most probable first, 1 or more.",
      valueName: "k"))
  var top = 1

  @Option(
    help: ArgumentHelp(
      "Arithmetic of the LSTM: fp32 or int8. int8 gives nearly the same labels and is faster on a CPU with AVX512-VNNI "
        + "or AVX2; any other CPU uses fp32.", valueName: "precision"))
  var precision = TaggerPrecision.fp32

  @OptionGroup(title: "General options") var common: CommonOptions

  /// How many bytes of text a thread takes at once where there are so many.
  private static let blockSize = 1 << 15

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top \(top) is not 1 or more.") }
    try common.check(inputs: [file, model])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm classify")
    let student = try Classifier.Model(path: model, precision: precision)
    var pool = StudentPool(workers: Workers(common.threads)) { Classifier(model: student) }
    let writer = try AtomicFileWriter(path: "-")
    let lines = LineBlockReader(
      try ByteReader(path: file), blockSize: max(2, pool.size) * Self.blockSize)
    let form = AnswerForm(
      format: format, top: top, task: student.configuration.task,
      isForTerminal: isatty(STDOUT_FILENO) == 1)
    let name = file == "-" ? "standard input" : file
    var (examples, words, lineCount) = (0, 0, 0)
    var times = AnswerTimes()
    while try lines.next({ text, _ in
      let start = ContinuousClock().now
      let parts = pool.parts(of: text)
      var next = lineCount
      let firstLines = parts.map { part in
        defer { next += text[part].count { $0 == 0x0A } }
        return next
      }
      // The last line of the input may have no end.
      lineCount = next + (text.last == 0x0A ? 0 : 1)
      nonisolated(unsafe) let text = text
      let answers = try pool.answers(parts.count) { part, classifier in
        let bytes = UnsafeBufferPointer(rebasing: text[parts[part]])
        let texts = try TextLines(bytes, of: name, after: firstLines[part], task: form.task)
        let words = texts.words
        let labels = classifier.labels(of: words, task: form.task)
        var output: [UInt8] = []
        for (line, answer) in zip(texts.lines, labels) { form.append(answer, line, to: &output) }
        return StudentPool<Classifier>.Answer(
          bytes: output, examples: labels.count, words: words.reduce(0) { $0 + $1.count })
      }
      guard !pool.contains(where: \.hasOverflowed) else {
        throw DataError(
          file: model, found: "a model with logits that are not finite",
          expected: "finite logits", remedy: "take a model whose training did not diverge")
      }
      for answer in answers {
        try answer.bytes.withUnsafeBytes { try writer.write($0) }
        examples += answer.examples
        words += answer.words
      }
      try writer.flush()
      times.append(ContinuousClock().now - start)
    }) {}
    try writer.commit()
    let blank = lineCount - examples
    if blank > 0 {
      common.log(
        "\(name): \(blank) blank \(blank == 1 ? "line is" : "lines are") left out")
    }
    summary["examples"] = .integer(examples)
    summary["words"] = .integer(words)
    summary["precision"] = .string(precision.usedHere.rawValue)
    if times.count > 0 {
      summary["answers"] = .integer(times.count)
      summary["answer_p50_ms"] = .number(times.percentile(0.5))
      summary["answer_p99_ms"] = .number(times.percentile(0.99))
    }
    try summary.write(common)
  }
}

extension Classifier {
  /// The labels of texts or pairs whose words are known, those of a pair one after the other.
  fileprivate func labels(of words: [[String]], task: TaskKind) -> [Classification] {
    guard task == .pair else { return labels(words: words) }
    return labels(
      wordsOfPairs: stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) })
  }
}

/// The texts of whole lines: one a line, or two with a TAB between them.
private struct TextLines {
  /// The texts of each line that is not blank.
  private(set) var lines: [[String]] = []

  /// Cuts lines into texts.
  ///
  /// - Parameters:
  ///   - bytes: Whole lines of UTF-8.
  ///   - name: The input, for messages.
  ///   - count: The number of lines before these.
  ///   - task: One text a line or two.
  /// - Throws: `DataError` for a line of another number of texts.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, of name: String, after count: Int, task: TaskKind
  ) throws {
    var rest = bytes[...]
    // The last line of the input may have no end.
    if rest.last == 0x0A { rest = rest.dropLast() }
    for (number, line) in rest.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let line = line.last == 0x0D ? line.dropLast() : line
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      guard task == .pair else {
        lines.append([String(decoding: line, as: UTF8.self)])
        continue
      }
      let texts = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard texts.count == 2 else {
        throw DataError(
          file: name, line: count + number + 1,
          found: texts.count == 1 ? "a line without a TAB" : "\(texts.count) texts",
          expected: "two texts with a TAB between them, as the student is for pairs",
          remedy: "give the two texts alone, or a student that was trained on single sentences")
      }
      lines.append(texts.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// The words of all texts, those of a pair one after the other.
  var words: [[String]] { lines.flatMap { $0 }.map { TextSplitter.words(in: $0) } }
}

/// Puts answers into one of the forms, as UTF-8.
private struct AnswerForm: Sendable {
  let format: AnswerFormat
  let top: Int
  let task: TaskKind
  /// Whether text is written for a terminal, which would obey the control characters in it.
  let isForTerminal: Bool

  /// Appends the answer to a line of texts.
  func append(_ answer: Classification, _ texts: [String], to output: inout [UInt8]) {
    let choices = answer.choices.prefix(top)
    let line =
      switch format {
      case .text:
        choices.map { "\(label($0.label)) \(percent($0.probability))" }.joined(separator: ", ")
          + "\t" + shown(texts.joined(separator: "\t"))
      case .tsv:
        (choices.flatMap { [$0.label, "\(rounded($0.probability))"] } + texts)
          .joined(separator: "\t")
      case .json: json(answer, choices, texts).text()
      }
    output.append(contentsOf: line.utf8)
    output.append(0x0A)
  }

  private func json(
    _ answer: Classification, _ choices: ArraySlice<Classification.Choice>, _ texts: [String]
  ) -> JSONValue {
    let names = task == .pair ? ["text_a", "text_b"] : ["text"]
    var object = JSONObject(zip(names, texts.map { JSONValue.string($0) }).map { ($0, $1) })
    object["label"] = .string(answer.label)
    object["probability"] = .number(rounded(answer.probability))
    object["labels"] = .array(
      choices.map {
        ["label": .string($0.label), "probability": .number(rounded($0.probability))]
      })
    return .object(object)
  }

  private func label(_ name: String) -> String { printable(name) }
  private func shown(_ text: String) -> String {
    isForTerminal ? printable(text, keepsLines: true) : text
  }
  private func percent(_ share: Double) -> String {
    "\(TerminalUI.format(100 * share, decimals: 1)) %"
  }
  private func rounded(_ share: Double) -> Double { (share * 1e4).rounded() / 1e4 }
}
