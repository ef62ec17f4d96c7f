import Augment
import Corpora
import Files
import TestSupport
import Testing

/// The files that Tests/References/augmentation.py wrote, byte for byte.
@Suite struct AugmenterGoldenTests {
  /// At any number of threads, and with all numbers in temporary files.
  @Test(
    arguments: [AugmentationFormat.conll, .jsonl], [(1, false), (2, false), (3, false), (2, true)])
  func writesTheBytesOfTheReference(
    _ format: AugmentationFormat, with run: (threads: Int, isOnDisk: Bool)
  ) throws {
    var settings = AugmentationSettings()
    settings.rounds = 12
    settings.maskProbability = 0.2
    settings.partOfSpeechProbability = 0.3
    let corpus = try Corpus.read(path: fixture("AugmentTests/Fixtures/tiny.conll"))
    var augmenter = try Augmenter(
      settings: settings,
      corpus: InternedCorpus(
        corpus, tokensInMemory: run.isOnDisk ? 3 : InternedCorpus.tokensInMemory),
      seed: 10)
    if run.isOnDisk { augmenter.rowsInMemory = 0 }
    let written = try output(of: augmenter, format: format, threads: run.threads)
    let golden = try contents(fixture("AugmentTests/Fixtures/tiny.augmented.\(format)"))
    #expect(written == golden)
  }
}

/// A whole file.
func contents(_ path: String) throws -> String {
  let file = try MappedFile(path: path)
  return withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
}

/// What an augmenter writes.
func output(
  of augmenter: Augmenter, format: AugmentationFormat? = nil, threads: Int = 1
) throws -> String {
  let path = temporaryPath("augmented")
  let file = try AtomicFileWriter(path: path)
  _ = try augmenter.write(to: file, format: format, threads: threads)
  try file.commit()
  return try contents(path)
}
