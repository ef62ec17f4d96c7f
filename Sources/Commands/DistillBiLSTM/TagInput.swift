import ArgumentParser
import Corpora
import Files

/// What `distill-bilstm tag` reads.
enum TagInput: String, CaseIterable, ExpressibleByArgument {
  case auto
  case text
  case conll

  /// How much of a file is looked at.
  private static let headSize = 1 << 13

  /// The form itself, or for `auto` the one that the first lines of a file, or the first that come in a pipe, show.
  ///
  /// - Parameters:
  ///   - reader: The input, of which nothing is read.
  ///   - log: Told where the first lines may be something else than what they are taken for.
  /// - Returns: Text or columns.
  /// - Throws: `FileError` if the file cannot be read.
  func resolved(for reader: ByteReader, log: (String) -> Void) throws -> TagInput {
    guard self == .auto else { return self }
    let name = reader.path == "-" ? "standard input" : reader.path
    switch CorpusEvidence(head: try reader.peek(Self.headSize), isFile: reader.isRegularFile) {
    case .columns: return .conll
    case .perhapsColumns:
      log("\(name) is read as text; if its lines are words with columns, give --input conll")
    case .json:
      log(
        "\(name) is read as text, JSON and all; to tag the texts in it, give them alone, for example by: "
          + "jq -r .text")
    case .text: break
    }
    return .text
  }
}
