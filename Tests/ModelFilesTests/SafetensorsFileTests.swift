import Files
import JSON
import ModelFiles
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
  @Test(arguments: hostileFiles)
  func refuses(_ hostile: HostileFile) throws {
    try withScratchFolder { folder in
      let path = "\(folder)/x.safetensors"
      try put(hostile.bytes, at: path)
      let error = #expect(throws: DataError.self) { try SafetensorsFile(path: path) }
      #expect(error?.description == "\(path): \(hostile.message)")
    }
  }

  @Test func refusesEveryTruncation() throws {
    let whole = try content(of: modelFixture("python-types.safetensors"))
    try withScratchFolder { folder in
      for length in 0..<whole.count {
        try put(Array(whole[..<length]), at: "\(folder)/cut")
        #expect(throws: DataError.self, "\(length) bytes") {
          try SafetensorsFile(path: "\(folder)/cut")
        }
      }
    }
  }

  @Test func survivesEveryChangedHeaderByte() throws {
    let whole = try content(of: modelFixture("python-types.safetensors"))
    try withScratchFolder { folder in
      let headerLength = Int(whole[0]) + Int(whole[1]) << 8
      for position in 0..<8 + headerLength {
        var changed = whole
        changed[position] ^= UInt8(1 << (position % 8))
        try put(changed, at: "\(folder)/changed")
        do {
          let file = try SafetensorsFile(path: "\(folder)/changed")
          for tensor in file.tensors where tensor.dtype == .float32 { _ = try tensor.floats() }
        } catch {
          #expect(error is DataError)
        }
      }
    }
  }

  @Test func readsWhatPythonWrote() throws {
    let file = try SafetensorsFile(path: modelFixture("python-types.safetensors"))
    let expected = try JSONValue.read(path: modelFixture("python-types.json"))
    #expect(file.metadata.map(\.key) == ["format"] && file.metadata.map(\.value) == ["pt"])
    #expect(file.names.sorted() == expected.object?.keys.sorted())
    for (name, facts) in try #require(expected.object) {
      let tensor = try file.tensor(named: name)
      #expect(tensor.shape == facts["shape"]?.array?.compactMap(\.int), "\(name)")
      if let integers = facts["integers"]?.array?.compactMap(\.int) {
        #expect(try tensor.integers() == integers)
      } else {
        let bits = try #require(facts["bits"]?.array).compactMap(\.int)
        #expect(try tensor.floats().map { Int($0.bitPattern) } == bits, "\(name)")
      }
    }
  }

  @Test func readsTensorsAtAnyAlignment() throws {
    // An even header and one leading byte: nothing behind it is aligned.
    let header =
      "{\"a\":\(entry("U8", "[1]", "[0,1]")),\"b\":\(entry("F32", "[2]", "[1,9]")),"
      + "\"c\":\(entry("I64", "[1]", "[9,17]"))}"
    var bytes = safetensors(header.utf8.count.isMultiple(of: 2) ? header : header + " ")
    bytes += [9]
    for float in [1.5, -2.25] as [Float] {
      bytes += withUnsafeBytes(of: float.bitPattern.littleEndian, Array.init)
    }
    bytes += withUnsafeBytes(of: Int64(-7).littleEndian, Array.init)
    try withScratchFolder { folder in
      try put(bytes, at: "\(folder)/odd")
      let file = try SafetensorsFile(path: "\(folder)/odd")
      #expect(try file.tensor(named: "b").floats() == [1.5, -2.25])
      #expect(try file.tensor(named: "c").integers() == [-7])
    }
  }

  @Test func acceptsOrderAndPaddingAsTheyCome() throws {
    try withScratchFolder { folder in
      try put(
        safetensors(
          "{\"b\":\(entry("F32", "[1]", "[4,8]")), \"e\":\(entry("I64", "[0,7]", "[4,4]")),\n"
            + "\"a\":\(entry("F32", "[1]", "[0,4]"))}  \n ", data: 8), at: "\(folder)/x")
      let file = try SafetensorsFile(path: "\(folder)/x")
      #expect(file.names == ["b", "e", "a"] && file.metadata.isEmpty)
      try put(safetensors("{}"), at: "\(folder)/none")
      #expect(try SafetensorsFile(path: "\(folder)/none").names == [])
    }
  }

  @Test func namesWhatIsNotThere() throws {
    let path = modelFixture("python-types.safetensors")
    let file = try SafetensorsFile(path: path)
    #expect(file.contains("ids") && !file.contains("id"))
    let advice = "are config.json and the weights of one model?"
    let missing = #expect(throws: DataError.self) { try file.tensor(named: "id") }
    #expect(
      missing?.description
        == "\(path): no tensor \"id\" among 13 tensors; expected a model that has it; \(advice)")
    let shape = #expect(throws: DataError.self) { try file.tensor(named: "ids", shape: [4]) }
    #expect(
      shape?.description
        == "\(path): tensor \"ids\" has the shape [2, 2]; expected [4]; \(advice)")
    let type = #expect(throws: DataError.self) { try file.tensor(named: "ids").floats() }
    #expect(
      type?.description
        == "\(path): tensor \"ids\" has the dtype I64; expected F32, F16, BF16 or F64")
    let integers = #expect(throws: DataError.self) { try file.tensor(named: "odd").integers() }
    #expect(
      integers?.description
        == "\(path): tensor \"odd\" has the dtype F16; expected an integer type")
    #expect(try file.tensor(named: "ids", shape: [2, 2]).count == 4)
  }

  @Test func viewsOutliveTheirFile() throws {
    let view = try SafetensorsFile(path: modelFixture("python-types.safetensors"))
      .tensor(named: "scalar")
    #expect(try view.floats() == [0.25] && view.shape == [] && view.count == 1)
  }
}
