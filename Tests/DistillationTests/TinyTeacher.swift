import Files
import ModelFiles
import Networks
import TestSupport

/// A directory with a random BERT of one layer that tags with the given labels.
struct TinyTeacher {
  let path = temporaryPath("teacher")

  init(
    labels: [String], words: [String] = ["eu", "rejects", "german", "call"], seed: UInt64 = 3
  ) throws {
    let origin = temporaryPath("origin")
    try Folders.create(origin)
    var configuration = ModelConfiguration()
    configuration.vocabularySize = 5 + words.count
    configuration.hiddenSize = 8
    configuration.headCount = 2
    configuration.layerCount = 1
    configuration.intermediateSize = 12
    configuration.maximumPositions = 12
    configuration.initializerRange = 0.5
    configuration.labels = labels
    try configuration.write(to: "\(origin)/config.json")
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words
    try AtomicFileWriter.write(pieces.map { $0 + "\n" }.joined(), to: "\(origin)/vocab.txt")
    try SafetensorsWriter(path: "\(origin)/model.safetensors", entries: []).commit()
    try BERTModel(random: configuration, tokenizerFrom: origin, seed: seed).save(to: path)
  }
}
