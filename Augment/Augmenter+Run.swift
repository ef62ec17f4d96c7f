import Corpora
import Files
import Runtime

extension Augmenter {
  /// Hands on every row that is written, in the order of sentences and rounds.
  ///
  /// - Throws: What `emit` throws.
  public func run(
    threads: Int, emit: (Example) throws -> Void
  ) throws -> AugmentationSummary {
    try run(threads: threads, renderer: nil) { block in
      for example in block.examples(of: corpus) { try emit(example) }
    }
  }

  /// Writes every row in a format; the bytes do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - file: Where to.
  ///   - format: A format that the task's examples can be written in; nil for the usual one of the task.
  ///   - threads: How many threads work at once.
  /// - Returns: What was done, in numbers.
  /// - Throws: `FileError` when the system cannot write; `DataError` for a format of another task.
  public func write(
    to file: AtomicFileWriter, format: AugmentationFormat? = nil, threads: Int
  ) throws -> AugmentationSummary {
    let format = format ?? AugmentationFormat(for: corpus.task)
    try format.check(goesWith: corpus)
    let renderer = RowRenderer(format, corpus: corpus)
    guard format == .conll else {
      try Array(renderer.header.utf8).withUnsafeBytes { try file.write($0) }
      return try run(threads: threads, renderer: renderer) { block in
        try block.output.withUnsafeBytes { try file.write($0) }
      }
    }
    var start = ColumnFileStart(
      name: file.path, partOfSpeech: corpus.hasPartsOfSpeech, tag: corpus.hasTags,
      wordsHoldSpaces: renderer.wordsHoldSpaces)
    let summary = try run(threads: threads, renderer: renderer) { block in
      try block.output.withUnsafeBytes { try start.append($0, write: file.write) }
    }
    try start.finish(write: file.write)
    return summary
  }

  /// The words in flight at once, which bounds the memory; a single longer sentence is taken alone.
  private static let wordsInFlight = 1 << 20
  /// The blocks into which they are cut; more than there are threads, so that all end together.
  private static let blocksInFlight = 64

  /// Works in waves of blocks: all threads draw, one drops duplicates in order, all render, one delivers in order.
  private func run(
    threads: Int, renderer: RowRenderer?, deliver: (AugmentationBlock) throws -> Void
  ) throws -> AugmentationSummary {
    let workers = Workers(threads)
    let blocks = (0..<Self.blocksInFlight).map { _ in AugmentationBlock() }
    var summary = AugmentationSummary()
    var filter = try rowFilter(workers, blocks)
    try forEachWave(workers, blocks) { blocks in
      for block in blocks { block.drop(&filter) }
      if let renderer {
        workers.run(blocks.count) { blocks[blocks.startIndex + $0].render(renderer, corpus) }
      }
      for block in blocks {
        try deliver(block)
        summary += block.summary
      }
      filter.release()
    }
    return summary
  }

  /// Draws all examples, wave by wave, and hands on the blocks of each.
  private func forEachWave(
    _ workers: Workers, _ blocks: [AugmentationBlock],
    _ body: (ArraySlice<AugmentationBlock>) throws -> Void
  ) throws {
    var first = 0
    while first < corpus.count {
      let ranges = wave(from: first)
      workers.run(ranges.count) { blocks[$0].draw(ranges[$0], with: self) }
      try body(blocks[..<ranges.count])
      corpus.release()
      first = ranges.last?.upperBound ?? corpus.count
    }
  }

  /// What finds duplicates of the original sentences, of which no example may be a copy, and of examples before.
  private func rowFilter(_ workers: Workers, _ blocks: [AugmentationBlock]) throws -> RowFilter {
    let rows = corpus.count * (settings.rounds * examplesInRound + 1)
    guard rows > rowsInMemory else { return RowFilter(originals: corpus.hashes) }
    var parts = RowParts(rows: rows)
    for (sentence, hash) in corpus.hashes.enumerated() {
      if sentence & 0xFFF == 0 { corpus.release() }
      try parts.appendOriginal(hash)
    }
    try forEachWave(workers, blocks) { blocks in
      for variant in blocks.lazy.flatMap(\.variants)
      where !variant.isOriginal && !variant.isAllMasked {
        try parts.append(variant.hash)
      }
    }
    return RowFilter(try parts.decided())
  }

  /// The next sentences up to `wordsInFlight`, cut into at most `blocksInFlight` runs.
  private func wave(from first: Int) -> [Range<Int>] {
    let rounds = settings.rounds * examplesInRound + 1
    let size = max(Self.wordsInFlight / rounds / Self.blocksInFlight, 1)
    var ranges: [Range<Int>] = []
    var start = first
    var words = 0
    while start < corpus.count, ranges.count < Self.blocksInFlight,
      words * rounds < Self.wordsInFlight
    {
      var end = start + 1
      while end < corpus.count, corpus.starts[end + 1] - corpus.starts[start] <= size { end += 1 }
      words += corpus.starts[end] - corpus.starts[start]
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}
