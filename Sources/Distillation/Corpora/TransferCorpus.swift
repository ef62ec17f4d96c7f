import Corpora

/// Sentences beside the training corpus that the teacher labels for the student: a part of the transfer set.
///
/// They are read one at a time, however many there are.
public struct TransferCorpus: Sendable {
  /// The name for messages.
  public let name: String
  /// What the sentences depend on.
  public let key: String
  /// The key of the first version of stages.json.
  let formerKey: String
  /// The number of sentences.
  public let count: Int
  /// Opens the stream anew.
  public let open: @Sendable () throws -> any ExampleSource

  /// Names a stream of `count` sentences.
  public init(
    name: String, key: String, count: Int, open: @escaping @Sendable () throws -> any ExampleSource
  ) {
    self.init(name: name, key: key, formerKey: key, count: count, open: open)
  }

  init(
    name: String, key: String, formerKey: String, count: Int,
    open: @escaping @Sendable () throws -> any ExampleSource
  ) {
    self.name = name
    self.key = key
    self.formerKey = formerKey
    self.count = count
    self.open = open
  }

  /// Reads the sentences in order.
  ///
  /// - Parameter body: Told each sentence.
  /// - Throws: `FileError` or `DataError` if they cannot be read; what `body` throws.
  public func forEach(_ body: (Example) throws -> Void) throws {
    // A file without sentences is none that a reader takes.
    guard count > 0 else { return }
    let source = try open()
    while let sentence = try source.next() { try body(sentence) }
  }
}
