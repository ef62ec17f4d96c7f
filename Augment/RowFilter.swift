/// The hashes of all rows of a run in their order, split by their leading bits into parts that fit in memory one at a time.
///
/// It finds the first row of each kind among any number of rows: equal hashes are in one part, in the order of the rows.
struct RowParts {
  private var parts: [NumberStore<UInt64>]
  private let shift: UInt64
  private var originals: [Int]

  /// The hashes of a part, about.
  private static let rowsInPart = 1 << 18
  /// Each part has a file, of which a process may have a few hundred open.
  private static let maximumParts = 256

  /// Gets ready for so many rows.
  init(rows: Int) {
    var bits: UInt64 = 1
    while 1 << bits < Self.maximumParts, rows >> bits > Self.rowsInPart { bits += 1 }
    shift = 64 - bits
    parts = (0..<(1 << bits)).map { _ in NumberStore(limit: 512) }
    originals = Array(repeating: 0, count: parts.count)
  }

  /// Enters an original, which is no row itself; all of them come before the first row.
  ///
  /// - Throws: `FileError` when the system cannot write a temporary file.
  mutating func appendOriginal(_ hash: UInt64) throws {
    originals[Int(hash >> shift)] += 1
    try append(hash)
  }

  /// Enters a row.
  ///
  /// - Throws: `FileError` when the system cannot write a temporary file.
  mutating func append(_ hash: UInt64) throws { try parts[Int(hash >> shift)].append(hash) }

  /// Decides about every row, part by part.
  ///
  /// - Throws: `FileError` when the system cannot write or read a temporary file.
  consuming func decided() throws -> DecidedRows {
    let answers = NumberStore<UInt64>(limit: 1 << 13)
    var (word, count) = (UInt64(0), 0)
    var next: [Int] = []
    for (index, part) in parts.enumerated() {
      next.append(count)
      try part.finish()
      var seen = SeenRows()
      for (row, hash) in part.numbers.enumerated() {
        let isNew = seen.insert(hash)
        guard row >= originals[index] else { continue }
        word |= (isNew ? 1 : 0) << UInt64(count % 64)
        count += 1
        guard count % 64 == 0 else { continue }
        try answers.append(word)
        word = 0
      }
      part.release()
    }
    try answers.append(word)
    try answers.finish()
    return DecidedRows(answers: answers, next: next, shift: shift)
  }
}

/// Which rows of a run are the first of their kind, decided before.
struct DecidedRows {
  /// A bit a row, 1 for one that is new, part by part.
  fileprivate let answers: NumberStore<UInt64>
  /// The answer to the next row of each part.
  fileprivate var next: [Int]
  fileprivate let shift: UInt64

  /// Whether the next row, which has this hash, is the first of its kind.
  mutating func isNew(_ hash: UInt64) -> Bool {
    let part = Int(hash >> shift)
    let row = next[part]
    next[part] += 1
    return answers[row / 64] >> UInt64(row % 64) & 1 == 1
  }

  /// Gives back the memory of the answers given so far.
  func release() { answers.release() }
}

/// Tells of the rows of a run, one after another, which are the first with their words.
struct RowFilter {
  private var seen = SeenRows()
  private var decided: DecidedRows?

  /// Remembers the hashes of the originals and of all rows in memory.
  init(originals: some Sequence<UInt64>) {
    for hash in originals { _ = seen.insert(hash) }
  }

  /// Follows what a pass over the same rows has decided.
  init(_ decided: DecidedRows) { self.decided = decided }

  /// Whether the next row, which has this hash, is the first of its kind.
  mutating func isNew(_ hash: UInt64) -> Bool {
    decided?.isNew(hash) ?? seen.insert(hash)
  }

  /// Gives back memory that is not needed for the next rows.
  func release() { decided?.release() }
}
