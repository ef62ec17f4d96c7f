import ArgumentParser
import Corpora
import JSON
import Labels
import Text

extension OffsetUnit: ExpressibleByArgument {}
extension TaskKind: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}

extension BadLines: ExpressibleByArgument {}

extension ColumnSelection: ExpressibleByArgument {
  /// Reads `word=0,pos=1,tag=-1`.
  public init?(argument: String) { self.init(argument) }
}

/// Names with commas between them, the first that of number 0.
public struct TagNameList: ExpressibleByArgument {
  /// The names, at least one.
  public let names: [String]

  /// Reads `O,B-PER,I-PER`; nil where a name is empty.
  public init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.trimmingPrefix { $0 == " " })
    }
    if names.contains("") { return nil }
  }
}

/// How corpus files are read, for every command that takes one.
public struct CorpusFormatOptions: ParsableArguments {
  /// What the examples are for.
  @Option(
    help: ArgumentHelp(
      "What the examples are for: tag, a tag for each word; sentence, a label for each text; or pair, a label for two texts. "
        + "(default: detected from the first lines)", valueName: "task"))
  public var task: TaskKind?

  /// The columns.
  @Option(
    help: ArgumentHelp(
      "Columns of the word, part of speech and tag, counted from 0, or from the end as -1. A column that is left out is not read. "
        + "Columns of texts by number or by name: text=1,label=0, or text_a=premise,text_b=hypothesis,label=gold_label; "
        + "with group=NAME scores are reported by that column too. "
        + "(default: detected from the first lines; of words usually the word first, the tag last, and pos second of three or more)",
      valueName: "word=0,pos=1,tag=-1"))
  public var columns: ColumnSelection?

  /// The encoding.
  @Option(
    help: ArgumentHelp(
      "Character encoding of the files: utf-8, latin1 for ISO 8859-1, or windows-1252.",
      valueName: "name"))
  public var encoding = TextEncoding.utf8

  /// The names of numbered tags.
  @Option(
    name: .customLong("tag-names"),
    help: ArgumentHelp(
      "Names of the tags that JSON Lines give as numbers, starting with 0. A Hugging Face data set lists them as "
        + "features[\"ner_tags\"].feature.names, a model as id2label in its config.json.",
      valueName: "O,B-PER,I-PER"))
  public var tagNames: TagNameList?

  /// The unit of places in texts.
  @Option(
    help: ArgumentHelp(
      "Unit of start and end in JSON Lines: characters as Python counts them, bytes of UTF-8, or utf16 "
        + "as JavaScript and Java count. (default: the unit that the file states, else characters)",
      valueName: "unit"))
  public var offsets: OffsetUnit?

  /// What happens to sentences that cannot be read.
  @Option(
    help: ArgumentHelp(
      "What to do with a line that cannot be read: stop, or skip, which leaves its sentence out, "
        + "counts it and lists its line.", valueName: "action"))
  public var badLines = BadLines.stop

  /// The usual places in UTF-8.
  public init() {}

  /// The format that the options ask for.
  public var format: CorpusFormat {
    CorpusFormat(
      task: task, columns: columns, encoding: encoding, tagNames: tagNames?.names, offsets: offsets,
      badLines: badLines)
  }

  /// Refuses columns of another task than the one that is named.
  public func validate() throws {
    if let problem = format.problem { throw ValidationError(problem) }
  }

  /// Refuses options that would go with no file.
  public func check(goesWith file: String?) throws {
    if file == nil, format != CorpusFormat() {
      throw ValidationError("\(format) goes with a corpus file; the bundled corpus needs none.")
    }
  }
}

extension CommonOptions {
  /// Logs what there is to tell of a corpus that was read: its columns, what was repaired in its tags or left out.
  ///
  /// - Parameters:
  ///   - reader: The reader, at the end of its file.
  ///   - summary: Gets the number of entities that were repaired, and of sentences that were left out.
  public func logNotices(of reader: CorpusReader, in summary: inout RunSummary) {
    for notice in reader.notices { log(notice) }
    summary["mended_entities"] = .integer(reader.evidence.irregular)
    summary["skipped_sentences"] = .integer(reader.skipped.count)
  }
}
