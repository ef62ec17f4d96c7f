import Corpora
import Files
import Kernels

extension Augmenter {
  /// Hands on every row that is written, in the order of sentences and rounds.
  ///
  /// - Throws: What `emit` throws.
  public func run(
    threads: Int, emit: (Sentence) throws -> Void
  ) throws -> AugmentationSummary {
    try run(threads: threads, renderer: nil) { block in
      for variant in block.variants { try emit(block.sentence(variant, of: corpus)) }
    }
  }

  /// Writes every row in a format; the bytes do not depend on the number of threads.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(
    to file: AtomicFileWriter, format: AugmentationFormat, threads: Int
  ) throws -> AugmentationSummary {
    try run(threads: threads, renderer: RowRenderer(format, corpus: corpus)) { block in
      try block.output.withUnsafeBytes { try file.write($0) }
    }
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
    var seen = originals()
    var first = 0
    while first < corpus.count {
      let ranges = wave(from: first)
      workers.run(ranges.count) { blocks[$0].draw(ranges[$0], with: self) }
      for index in ranges.indices { blocks[index].drop(seen: &seen) }
      if let renderer {
        workers.run(ranges.count) { blocks[$0].render(renderer, corpus) }
      }
      for index in ranges.indices {
        try deliver(blocks[index])
        summary += blocks[index].summary
      }
      first = ranges.last?.upperBound ?? corpus.count
    }
    return summary
  }

  /// The original sentences, of which no example may be a copy.
  private func originals() -> SeenRows {
    var seen = SeenRows()
    corpus.wordNumbers.withUnsafeBufferPointer { words in
      for sentence in 0..<corpus.count {
        let row = UnsafeBufferPointer(rebasing: words[corpus.tokens(of: sentence)])
        _ = seen.insert(SeenRows.hash(row))
      }
    }
    return seen
  }

  /// The next sentences up to `wordsInFlight`, cut into at most `blocksInFlight` runs.
  private func wave(from first: Int) -> [Range<Int>] {
    let rounds = settings.rounds + 1
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
