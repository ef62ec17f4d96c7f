import Distillation
import Files
import ModelFiles
import TestSupport
import Testing

@Suite struct LogitStoreTests {
  /// A store folder with the given index and one shard of two sentences and three words.
  private func folder(index: String, lengths: [Int32] = [1, 2]) throws -> String {
    let path = temporaryPath("store")
    try Folders.create(path)
    try AtomicFileWriter.write(index, to: "\(path)/index.json")
    let writer = try SafetensorsWriter(
      path: "\(path)/logits-00000.safetensors",
      entries: [
        SafetensorsWriter.Entry("logits", shape: [3, 2]),
        SafetensorsWriter.Entry("lengths", .int32, shape: [2]),
      ])
    try ([1, 2, 3, 4, 5, 6] as [Float]).withUnsafeBufferPointer {
      try writer.write($0, to: "logits")
    }
    try lengths.withUnsafeBytes { try writer.write($0, to: "lengths") }
    try writer.commit()
    return path
  }

  private func index(
    version: Int = 1, labels: String = "[\"O\",\"B-X\"]", sentences: Int = 2, words: Int = 3,
    file: String = "logits-00000.safetensors"
  ) -> String {
    """
    {"version": \(version), "key": "k", "labels": \(labels), "shards": [
      {"file": "\(file)", "sentences": \(sentences), "words": \(words)}]}
    """
  }

  @Test func readsRowsBySentence() throws {
    let store = try LogitStore(path: folder(index: index()))
    #expect(store.labels == ["O", "B-X"])
    #expect(store.firstRows == [0, 1])
    #expect(store.rowCount(of: 1) == 2)
    #expect(store.row(2)[0] == 5 && store.row(2)[1] == 6)
  }

  @Test(arguments: [
    ("version", "a logit store of another version"), ("labels", "labels that are not a list"),
    ("words", "logits"), ("lengths", "lengths or a type that do not fit index.json"),
    ("file", "a shard without file"), ("marked", "a shard without file"), ("text", "store"),
  ])
  func wrongStoresAreErrors(_ fault: String, _ message: String) throws {
    let path =
      switch fault {
      case "version": try folder(index: index(version: 2))
      case "labels": try folder(index: index(labels: "[\"O\",1]"))
      case "words": try folder(index: index(words: 4))
      case "lengths": try folder(index: index(), lengths: [2, 2])
      case "file": try folder(index: index(file: "../x"))
      case "marked": try folder(index: index(file: "../\u{338}x"))
      default: try folder(index: "{")
      }
    #expect {
      try LogitStore(path: path)
    } throws: { "\($0)".contains(message) }
  }

  @Test func aFolderWithoutAnIndexIsNoStore() throws {
    let path = temporaryPath("empty")
    try Folders.create(path)
    #expect(throws: FileError.self) { try LogitStore(path: path) }
  }
}
