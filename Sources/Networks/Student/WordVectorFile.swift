import Files
import Text

/// Reads word vectors from a text file as GloVe and word2vec write them: a word and its numbers a line, between spaces.
///
/// The first line may be word2vec's header, "count dimension"; the count must then be true. Of a word that comes twice the
/// first vector counts. A word may hold spaces, as some of GloVe's do: the last D fields are the numbers.
public struct WordVectorFile {
  /// How many words from the top of the file, where the most frequent stand, are kept whether the corpus has them or not.
  ///
  /// At 50 numbers a word they take 10 MB of the student.
  public static let mostFrequent = 50_000
  /// The most numbers that a vector may have.
  private static let maximumDimension = 4096
  /// The largest magnitude of a number; those of trained vectors are below 100, and much more makes a training overflow.
  private static let largestNumber: Float = 10_000

  private let path: String
  private let mostFrequent: Int
  /// The corpus' words and their lower-case forms.
  private var wanted = WordIndex()
  private var kept = WordIndex()
  private var words: [String] = []
  private var values: [Float] = []
  /// D and the line that it is known from.
  private var dimension: (count: Int, line: Int)?
  /// The header's count.
  private var announced: Int?
  private var vectorCount = 0

  /// Reads the vectors that a student keeps: of the corpus' words, of their lower-case forms, and of the most frequent words.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - corpus: The words of the training corpus, in any order and number.
  ///   - mostFrequent: How many words from the top of the file are kept at any rate.
  /// - Returns: The vectors, at least one; the corpus' words are the tuned ones.
  /// - Throws: `FileError` if the file cannot be read; `DataError` for a line that is no word with as many finite numbers as
  ///   the first line has. The numbers of a word that is not kept are counted and not read.
  public static func read(
    path: String, corpus: some Sequence<String>, mostFrequent: Int = Self.mostFrequent
  ) throws -> WordVectorTable {
    var file = WordVectorFile(path: path, mostFrequent: mostFrequent)
    for word in corpus where file.wanted.intern(word).isNew {
      _ = file.wanted.intern(word.lowercased())
    }
    let reader = try LineReader(path: path)
    while try reader.next({ try file.take($0, line: reader.lineNumber) }) != nil {}
    guard let dimension = file.dimension?.count, !file.words.isEmpty else {
      throw file.wrong("no vectors", "a word and its numbers on each line", line: nil)
    }
    if let announced = file.announced, announced != file.vectorCount {
      throw file.wrong(
        "\(file.vectorCount) vectors", "\(announced), as line 1 says", line: nil,
        remedy: "is the file cut off?")
    }
    return WordVectorTable(
      words: file.words, values: file.values, dimension: dimension, corpus: corpus)
  }

  private init(path: String, mostFrequent: Int) {
    self.path = path
    self.mostFrequent = mostFrequent
  }

  private mutating func take(_ line: UnsafeBufferPointer<UInt8>, line number: Int) throws {
    let fields = Self.fields(of: line)
    if number == 1, let header = header(line, fields) {
      announced = header.count
      try setDimension(header.dimension, line: number)
      return
    }
    if dimension == nil { try setDimension(fields.count - 1, line: number) }
    guard let dimension else { return }
    let numbers = fields.suffix(dimension.count)
    guard fields.count > dimension.count, let last = fields.dropLast(dimension.count).last,
      last == fields[0] || Self.number(line[last]) == nil
    else {
      throw wrong(
        "a word and \(max(fields.count - 1, 0)) numbers",
        "\(dimension.count), as line \(dimension.line) says", line: number)
    }
    vectorCount += 1
    let bytes = UnsafeBufferPointer(rebasing: line[fields[0].lowerBound..<last.upperBound])
    guard let word = String(validating: bytes, as: UTF8.self) else {
      throw wrong("a word that is not UTF-8", "UTF-8 text", line: number)
    }
    guard vectorCount <= mostFrequent || wanted.number(of: word) != nil,
      kept.intern(word).isNew
    else { return }
    words.append(word)
    for (place, field) in numbers.enumerated() {
      guard let value = Self.number(line[field]), value.magnitude <= Self.largestNumber else {
        let text = String(decoding: line[field].prefix(40), as: UTF8.self)
        throw wrong(
          "\"\(text)\" as number \(place + 1)", "a number from -10000 to 10000", line: number)
      }
      values.append(value)
    }
  }

  /// Count and dimension, if the first line is two whole numbers.
  private func header(
    _ line: UnsafeBufferPointer<UInt8>, _ fields: [Range<Int>]
  ) -> (count: Int, dimension: Int)? {
    let numbers = fields.map { Int(String(decoding: line[$0], as: UTF8.self)) }
    guard numbers.count == 2, let count = numbers[0], let dimension = numbers[1] else {
      return nil
    }
    return (count, dimension)
  }

  private mutating func setDimension(_ count: Int, line: Int) throws {
    guard (1...Self.maximumDimension).contains(count) else {
      throw wrong(
        "\(max(count, 0)) numbers a word", "1 to \(Self.maximumDimension)", line: line,
        remedy: "give vectors as text, in the form of GloVe or word2vec")
    }
    dimension = (count, line)
  }

  private func wrong(
    _ found: String, _ expected: String, line: Int?,
    remedy: String = "give vectors as text, one word a line"
  ) -> DataError {
    DataError(file: path, line: line, found: found, expected: expected, remedy: remedy)
  }

  /// Where the fields of a line stand, between spaces and tabs.
  private static func fields(of line: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start: Int?
    for (place, byte) in line.enumerated() {
      if byte == 0x20 || byte == 0x09 {
        if let first = start { fields.append(first..<place) }
        start = nil
      } else if start == nil {
        start = place
      }
    }
    if let first = start { fields.append(first..<line.count) }
    return fields
  }

  private static func number(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Float? {
    Float(String(decoding: field, as: UTF8.self))
  }
}
