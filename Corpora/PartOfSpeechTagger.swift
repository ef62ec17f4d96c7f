/// What gives words their parts of speech where a corpus has none.
public protocol PartOfSpeechTagger: Sendable {
  /// Its name for the log, such as "the bundled tagger".
  var name: String { get }
  /// What its answers depend on, for the keys of stages.
  var key: String { get }

  /// One part of speech for each word of each sentence.
  ///
  /// - Throws: `FileError` or `DataError` if the tagger cannot be opened.
  func tags(for sentences: [[String]]) throws -> [[String]]
}

extension PartOfSpeechTagger {
  /// Gives parts of speech to the examples that have none; each text of a pair is tagged on its own.
  ///
  /// - Throws: What `tags(for:)` throws.
  public func fill(_ examples: inout [Example]) throws {
    let lacking = examples.indices.filter { examples[$0].lacksPartsOfSpeech }
    guard !lacking.isEmpty else { return }
    let texts = lacking.flatMap { index in
      examples[index].texts.map { Array(examples[index].words[$0]) }
    }
    var tags = try tags(for: texts)[...]
    for index in lacking {
      let count = examples[index].texts.count
      examples[index].partsOfSpeech = tags.prefix(count).flatMap(\.self)
      tags = tags.dropFirst(count)
    }
  }

  /// The line of the log for a corpus whose parts of speech it gives.
  public func notice(for corpus: String) -> String {
    "\(corpus) has no parts of speech; they come from \(name)"
  }
}
