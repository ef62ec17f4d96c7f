/// The number of a reader for `fuzz_reader`; -1 for an unknown name.
@_cdecl("fuzzed_reader")
public func numberOfReader(named name: UnsafePointer<CChar>) -> Int32 {
  let reader = FuzzedReader(rawValue: String(cString: name))
  return reader.flatMap(FuzzedReader.allCases.firstIndex(of:)).map(Int32.init) ?? -1
}

/// Gives a reader one input.
@_cdecl("fuzz_reader")
public func read(_ reader: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) {
  FuzzedReader.allCases[Int(reader)].read(UnsafeRawBufferPointer(start: bytes, count: count))
}
