import Files
import ModelFiles
import Runtime
import TestSupport
import Testing

/// Weights in several files.
@Suite struct ModelWeightsTests {
  /// Two shards with one tensor each, and an index with the given map.
  private func directory(_ folder: String, _ map: String) throws -> String {
    for (file, name, value) in [("one", "a", Float(1)), ("two", "b", 2)] {
      let writer = try SafetensorsWriter(
        path: "\(folder)/\(file).safetensors", entries: [.init(name, shape: [1])])
      try [value].withUnsafeBufferPointer { try writer.write($0, to: name) }
      try writer.commit()
    }
    let index = "\(folder)/model.safetensors.index.json"
    try put(Array(map.utf8), at: index)
    try put(try content(of: modelFixture("bert-tagger-config.json")), at: "\(folder)/config.json")
    try put(Array("[PAD]\n".utf8), at: "\(folder)/vocab.txt")
    return index
  }

  @Test func eachTensorComesFromItsFile() throws {
    try withScratchFolder { folder in
      _ = try directory(
        folder, #"{"weight_map": {"b": "two.safetensors", "a": "one.safetensors"}}"#)
      let directory = try HuggingFaceDirectory(path: folder)
      #expect(
        directory.weightsPaths == ["\(folder)/one.safetensors", "\(folder)/two.safetensors"])
      #expect(
        try directory.keyLines()
          == [
            "config.json", "vocab.txt", "model.safetensors.index.json", "one.safetensors",
            "two.safetensors",
          ].map { "\($0)=\(try ContentHash.sha256(file: "\(folder)/\($0)"))" })
      let weights = try directory.weights()
      #expect(weights.contains("a") && weights.contains("b") && !weights.contains("c"))
      #expect(try weights.tensor(named: "a", shape: [1]).floats() == [1])
      #expect(try weights.tensor(named: "b", shape: [1]).floats() == [2])
    }
  }

  @Test(arguments: [
    ("{}", "no weight_map; expected an object from tensors to files"),
    (#"{"weight_map": {}}"#, "no weight_map; expected an object from tensors to files"),
    (
      #"{"weight_map": {"a": 7}}"#,
      "the file 7 in weight_map; expected names of files beside the index"
    ),
    (
      #"{"weight_map": {"a": "../one.safetensors"}}"#,
      "the file \"../one.safetensors\" in weight_map; expected names of files beside the index"
    ),
    (
      #"{"weight_map": {"a": "../\u0338one.safetensors"}}"#,
      "the file \"../\u{338}one.safetensors\" in weight_map; expected names of files beside the index"
    ),
    (
      #"{"weight_map": {"a": "one.safetensors", "b": "one.safetensors"}}"#,
      "tensor \"b\" in \"one.safetensors\"; expected a file that has it; fetch the model again"
    ),
  ])
  func aWrongIndexIsAnError(_ map: String, _ message: String) throws {
    try withScratchFolder { folder in
      let index = try directory(folder, map)
      let error = #expect(throws: DataError.self) {
        try HuggingFaceDirectory(path: folder).weights()
      }
      #expect(error?.description == "\(index): \(message)")
    }
  }

  @Test func aMissingShardIsAnError() throws {
    try withScratchFolder { folder in
      _ = try directory(folder, #"{"weight_map": {"a": "three.safetensors"}}"#)
      let error = #expect(throws: FileError.self) {
        try HuggingFaceDirectory(path: folder).weights()
      }
      #expect(
        error?.description
          == "cannot open \(folder)/three.safetensors: No such file or directory")
    }
  }
}
