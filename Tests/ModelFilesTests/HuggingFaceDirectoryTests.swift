import Files
import ModelFiles
import TestSupport
import Testing

@Suite struct HuggingFaceDirectoryTests {
  /// Fills a folder with the files of a model directory.
  private func fill(_ folder: String, _ names: [String]) throws {
    for name in names {
      let source =
        switch name {
        case "config.json": try content(of: modelFixture("bert-tagger-config.json"))
        case "model.safetensors": try content(of: modelFixture("python-types.safetensors"))
        default: Array("[PAD]\n".utf8)
        }
      try put(source, at: "\(folder)/\(name)")
    }
  }

  @Test func opensADirectory() throws {
    try withScratchFolder { folder in
      try fill(folder, ["config.json", "model.safetensors", "vocab.txt"])
      let directory = try HuggingFaceDirectory(path: folder)
      #expect(directory.path == folder && directory.vocabularyPath == "\(folder)/vocab.txt")
      #expect(directory.configuration.hiddenSize == 48)
      #expect(directory.tokenizer == TokenizerOptions())
      #expect(directory.tokenizer.lowercase && directory.tokenizer.splitChinese)
      #expect(directory.tokenizer.stripAccents == nil)
      #expect(try directory.weights().contains("ids"))
    }
  }

  @Test func readsTokenizerOptions() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/tokenizer_config.json"
      let text = """
        {"do_lower_case": false, "strip_accents": true, "tokenize_chinese_chars": false,
         "unk_token": {"content": "<unk>", "lstrip": false}, "mask_token": "<mask>", "cls_token": null}
        """
      try put(Array(text.utf8), at: path)
      var expected = TokenizerOptions()
      expected.lowercase = false
      expected.stripAccents = true
      expected.splitChinese = false
      expected.unknownToken = "<unk>"
      expected.maskToken = "<mask>"
      #expect(try TokenizerOptions(path: path) == expected)
      try expected.write(to: path)
      #expect(try TokenizerOptions(path: path) == expected)

      try put(Array(#"{"do_lower_case": "no"}"#.utf8), at: path)
      let bad = #expect(throws: DataError.self) { try TokenizerOptions(path: path) }
      #expect(bad?.description == "\(path): do_lower_case \"no\"; expected true or false")
      try put(Array(#"{"pad_token": 0}"#.utf8), at: path)
      let token = #expect(throws: DataError.self) { try TokenizerOptions(path: path) }
      #expect(
        token?.description
          == "\(path): pad_token 0; expected a string, or an object with \"content\"")
    }
  }

  @Test(arguments: [
    [], ["config.json"], ["config.json", "model.safetensors"], ["model.safetensors", "vocab.txt"],
  ])
  func namesTheMissingFile(_ names: [String]) throws {
    try withScratchFolder { folder in
      try fill(folder, names)
      let missing = ["config.json", "model.safetensors", "vocab.txt"].first { !names.contains($0) }
      let error = #expect(throws: FileError.self) { try HuggingFaceDirectory(path: folder) }
      #expect(
        error?.description
          == "cannot open \(folder)/\(missing ?? ""): no such file; "
          + "a model directory has config.json, model.safetensors and vocab.txt")
    }
  }

  @Test func saysHowToConvertOtherFormats() throws {
    try withScratchFolder { folder in
      try fill(folder, ["config.json", "pytorch_model.bin", "vocab.txt"])
      let weights = #expect(throws: DataError.self) { try HuggingFaceDirectory(path: folder) }
      #expect(
        weights?.description.hasPrefix(
          "\(folder): weights in pytorch_model.bin only; expected model.safetensors; "
            + "convert them there with: python3 -I -c 'import torch, safetensors.torch as s; ")
          == true
      )
    }
    try withScratchFolder { folder in
      try fill(folder, ["config.json", "pytorch_model.bin.index.json", "vocab.txt"])
      let weights = #expect(throws: DataError.self) { try HuggingFaceDirectory(path: folder) }
      #expect(
        weights?.description
          == "\(folder): weights in pytorch_model.bin only; expected model.safetensors; "
          + "load the model in transformers and save it with save_pretrained")
    }
  }

  @Test func refusesWhatIsNoDirectory() throws {
    try withScratchFolder { folder in
      try fill(folder, ["file"])
      let file = #expect(throws: FileError.self) {
        try HuggingFaceDirectory(path: "\(folder)/file")
      }
      #expect(file?.description == "cannot open \(folder)/file: it is not a directory")
      let none = #expect(throws: FileError.self) { try HuggingFaceDirectory(path: "\(folder)/no") }
      #expect(none?.description == "cannot open \(folder)/no: no such directory")
    }
  }

  /// Writes a tiny model directory; in `$MODELFILES_CHECK_FOLDER`, where that is set, it stays, so that
  /// `Tests/References/modelfiles.py check` can load it with transformers.
  @Test func writesADirectoryForTransformers() throws {
    try withScratchFolder { scratch in
      let folder = Folders.environment("MODELFILES_CHECK_FOLDER") ?? scratch
      try Folders.create(folder)
      var configuration = ModelConfiguration()
      configuration.architectures = ["BertForTokenClassification"]
      configuration.labels = ["O", "B-PER", "I-PER"]
      (configuration.vocabularySize, configuration.hiddenSize) = (7, 4)
      (configuration.layerCount, configuration.headCount) = (1, 2)
      (configuration.intermediateSize, configuration.maximumPositions) = (8, 16)
      try configuration.write(to: "\(folder)/config.json")
      var options = TokenizerOptions()
      options.lowercase = false
      try options.write(to: "\(folder)/tokenizer_config.json")
      try put(Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n".utf8), at: "\(folder)/vocab.txt")
      try writeTinyWeights(to: "\(folder)/model.safetensors")

      let directory = try HuggingFaceDirectory(path: folder)
      #expect(directory.configuration.labels == configuration.labels)
      #expect(!directory.tokenizer.lowercase)
      let bias = try directory.weights().tensor(named: "classifier.bias", shape: [3]).floats()
      #expect(bias == [Float](repeating: 21 / 8, count: 3))
    }
  }

  /// The tensor at place k among the sorted names is filled with k / 8.
  private func writeTinyWeights(to path: String) throws {
    let layer = "bert.encoder.layer.0"
    var shapes: [String: [Int]] = [
      "bert.embeddings.word_embeddings.weight": [7, 4],
      "bert.embeddings.position_embeddings.weight": [16, 4],
      "bert.embeddings.token_type_embeddings.weight": [2, 4],
      "bert.embeddings.LayerNorm.weight": [4], "bert.embeddings.LayerNorm.bias": [4],
      "\(layer).intermediate.dense.weight": [8, 4], "\(layer).intermediate.dense.bias": [8],
      "\(layer).output.dense.weight": [4, 8], "\(layer).output.dense.bias": [4],
      "classifier.weight": [3, 4], "classifier.bias": [3],
    ]
    for part in ["self.query", "self.key", "self.value", "output.dense"] {
      shapes["\(layer).attention.\(part).weight"] = [4, 4]
      shapes["\(layer).attention.\(part).bias"] = [4]
    }
    for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
      shapes["\(layer).\(part).weight"] = [4]
      shapes["\(layer).\(part).bias"] = [4]
    }
    let entries = shapes.keys.sorted().map {
      SafetensorsWriter.Entry($0, shape: shapes[$0] ?? [])
    }
    let writer = try SafetensorsWriter(path: path, entries: entries)
    for (index, entry) in entries.enumerated() {
      let values = [Float](repeating: Float(index) / 8, count: entry.size / 4)
      try values.withUnsafeBufferPointer { try writer.write($0, to: entry.name) }
    }
    try writer.commit()
  }
}
