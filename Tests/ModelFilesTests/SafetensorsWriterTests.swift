import Files
import ModelFiles
import TestSupport
import Testing

@Suite struct SafetensorsWriterTests {
  @Test func writesTheBytesThatPythonWrites() throws {
    let fixture = modelFixture("python-types.safetensors")
    let source = try SafetensorsFile(path: fixture)
    try withScratchFolder { folder in
      let entries = source.tensors.map {
        SafetensorsWriter.Entry($0.name, $0.dtype, shape: $0.shape)
      }
      let writer = try SafetensorsWriter(path: "\(folder)/copy", entries: entries)
      for tensor in source.tensors { try writer.write(tensor.bytes, to: tensor.name) }
      try writer.commit()
      #expect(try content(of: "\(folder)/copy") == content(of: fixture))
    }
  }

  @Test func writesInPiecesAndReadsBack() throws {
    let values = (0..<70_000).map { Float($0) / 7 }
    try withScratchFolder { folder in
      for path in ["\(folder)/a", "\(folder)/b"] {
        let piece = path.hasSuffix("a") ? 70_000 : 999
        let writer = try SafetensorsWriter(
          path: path,
          entries: [
            .init("none", shape: [0]), .init("ids", .int64, shape: [2]),
            .init("much", shape: [700, 100]), .init("é\"\n", .int32, shape: []),
            .init("last", shape: [5, 0]),
          ], metadata: [("format", "pt"), ("seed", "1")])
        try [Int64(5), -6].withUnsafeBytes { try writer.write($0, to: "ids") }
        for start in stride(from: 0, to: values.count, by: piece) {
          try values[start..<min(start + piece, values.count)].withUnsafeBufferPointer {
            try writer.write($0, to: "much")
          }
        }
        try [Int32(3)].withUnsafeBytes { try writer.write($0, to: "é\"\n") }
        #expect(!Folders.exists(path))
        try writer.commit()
      }
      #expect(try content(of: "\(folder)/a") == content(of: "\(folder)/b"))
      let file = try SafetensorsFile(path: "\(folder)/a")
      #expect(file.names == ["none", "ids", "much", "é\"\n", "last"])
      #expect(file.metadata.map(\.value) == ["pt", "1"])
      #expect(try file.tensor(named: "much", shape: [700, 100]).floats() == values)
      #expect(try file.tensor(named: "ids").integers() == [5, -6])
      #expect(try file.tensor(named: "é\"\n", shape: []).integers() == [3])
      #expect(try content(of: "\(folder)/a").first.map { $0 % 8 } == 0)
    }
  }

  @Test func leavesNothingBehindWithoutACommit() throws {
    try withScratchFolder { folder in
      do {
        let writer = try SafetensorsWriter(path: "\(folder)/x", entries: [.init("a", shape: [1])])
        try [Float(1)].withUnsafeBufferPointer { try writer.write($0, to: "a") }
      }
      #expect(Folders.contents(of: folder) == [])
      #expect(throws: FileError.self) {
        try SafetensorsWriter(path: "\(folder)/none/x", entries: [])
      }
    }
  }
}
