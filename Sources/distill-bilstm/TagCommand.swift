import ArgumentParser
import CommandSupport
import Corpora
import Distillation
import Files
import ModelFiles
import Tagger

/// What `distill-bilstm tag` reads.
enum TagInput: String, CaseIterable, ExpressibleByArgument {
  case text
  case conll
}

/// `distill-bilstm tag`: a finished student at work.
struct TagCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Find the names in sentences with a BiLSTM student.",
    discussion: """
      Text is one sentence a line, its words separated by spaces as in a corpus; punctuation at a word's end is split \
      off. Each sentence is answered at once.

      Examples:
        echo "Ada Nwosu moved to Porto." | distill-bilstm tag
            The sentence with its names in brackets: [PER Ada Nwosu] moved ...
        echo "Ada Nwosu moved to Porto." | distill-bilstm tag --format conll
            A line a word, with its tag.
      """)

  @Argument(help: ArgumentHelp("The file to tag. (default: standard input)", valueName: "file"))
  var file = "-"

  @Option(help: ArgumentHelp("The student's directory.", valueName: "dir"))
  var model = "runs/default/student"

  @Option(help: ArgumentHelp("The form of the input: text, or conll columns.", valueName: "form"))
  var input = TagInput.text

  @Option(
    help: ArgumentHelp("The form of the output: text, conll or json.", valueName: "form"))
  var format = TaggedFormat.text

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm tag")
    let tagger = try Tagger(path: model)
    let output = try AtomicFileWriter(path: "-")
    var counts = (sentences: 0, words: 0)
    func answer(_ words: [String]) throws {
      counts.sentences += 1
      counts.words += words.count
      try output.write(format.text(words: words, tags: tagger.tag(words: words)))
      try output.flush()
    }
    switch input {
    case .text:
      let reader = try LineReader(path: file)
      while let line = try reader.nextString() { try answer(PlainText.words(of: line)) }
    case .conll:
      let reader = try CorpusReader(path: file)
      while let sentence = try reader.next() { try answer(sentence.words) }
    }
    try output.commit()
    summary["sentences"] = .integer(counts.sentences)
    summary["words"] = .integer(counts.words)
    try summary.write(common)
  }
}
