import ArgumentParser
import Corpora
import Labels

extension TextEncoding: ExpressibleByArgument {}

extension ColumnSelection: ExpressibleByArgument {
  /// Reads `word=0,pos=1,tag=-1`.
  public init?(argument: String) { self.init(argument) }
}

/// How corpus files are read, for every command that takes one.
public struct CorpusFormatOptions: ParsableArguments {
  /// The columns.
  @Option(
    help: ArgumentHelp(
      "Which columns hold what, for files that order them in another way: counted from 0, or from the end as -1. "
        + "One that is left out is not read. (default: word first, tag last, pos second of three or more)",
      valueName: "word=0,pos=1,tag=-1"))
  public var columns: ColumnSelection?

  /// The encoding.
  @Option(
    help: ArgumentHelp(
      "The files' character encoding: utf-8, or latin1 for ISO 8859-1.", valueName: "name"))
  public var encoding = TextEncoding.utf8

  /// The usual places in UTF-8.
  public init() {}

  /// The format that the options ask for.
  public var format: CorpusFormat { CorpusFormat(columns: columns, encoding: encoding) }

  /// Refuses options that would go with no file.
  public func check(goesWith file: String?) throws {
    if file == nil, format != CorpusFormat() {
      throw ValidationError("\(format) goes with a corpus file; the bundled corpus needs none.")
    }
  }
}

extension CommonOptions {
  /// Logs what was mended in a corpus' tags.
  ///
  /// - Returns: The number of entities that were mended, for the summary.
  public func logMended(_ evidence: TagScheme.Evidence, in file: String) -> Int {
    if let notice = evidence.notice(of: file) { log(notice) }
    return evidence.irregular
  }
}
