import Files
import JSON

/// The header of a safetensors file, checked against the file.
struct SafetensorsHeader {
  private(set) var tensors: [TensorView] = []
  private(set) var metadata: [(key: String, value: String)] = []

  private let file: MappedFile
  private let dataStart: Int
  private var dataSize: Int { file.bytes.count - dataStart }
  private static let cutShort = "the file is damaged or cut short: fetch or copy it again"

  /// Reads and checks the header.
  init(of file: MappedFile) throws(DataError) {
    self.file = file
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw DataError(
        file: file.path, found: "a file of \(bytes.count) bytes",
        expected: "8 bytes with the header's length, then the header", remedy: Self.cutShort)
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= SafetensorsFile.longestHeader else {
      throw DataError(
        file: file.path, found: "a header of \(length) bytes",
        expected: "at most \(SafetensorsFile.longestHeader)", remedy: "is this a safetensors file?")
    }
    dataStart = 8 + Int(length)
    guard dataStart <= bytes.count else {
      throw DataError(
        file: file.path, found: "a header of \(length) bytes in a file of \(bytes.count)",
        expected: "at most \(bytes.count - 8)", remedy: Self.cutShort)
    }
    try read(UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]))
    try checkCover()
  }

  private mutating func read(_ header: UnsafeRawBufferPointer) throws(DataError) {
    guard header.first == UInt8(ascii: "{") else {
      throw DataError(
        file: file.path, found: "a header that does not begin with '{'",
        expected: "a JSON object at byte 8", remedy: "is this a safetensors file?")
    }
    for (name, entry) in try parse(header) {
      if name == "__metadata__" {
        try readMetadata(entry)
      } else {
        tensors.append(try tensor(name, entry))
      }
    }
  }

  /// Parses the header; a header has no lines, so the message names the byte alone.
  private func parse(_ header: UnsafeRawBufferPointer) throws(DataError) -> JSONObject {
    var parser = JSONParser(header, duplicateKeys: .areErrors)
    do {
      return try parser.document().object ?? [:]
    } catch {
      throw DataError(
        file: file.path, found: "in the header, \(error.found) at byte \(8 + error.offset)",
        expected: error.expected, remedy: Self.cutShort)
    }
  }

  private mutating func readMetadata(_ entry: JSONValue) throws(DataError) {
    guard let pairs = entry.object else { throw failure("__metadata__ is no object", "an object") }
    for (key, value) in pairs {
      guard let text = value.string else {
        throw failure("__metadata__ has \(value.excerpt) for \"\(key)\"", "strings only")
      }
      metadata.append((key, text))
    }
  }

  private func tensor(_ name: String, _ entry: JSONValue) throws(DataError) -> TensorView {
    let subject = quotedTensor(name)
    guard entry.object != nil else {
      throw failure(
        "\(subject) is \(entry.excerpt)", "an object with dtype, shape and data_offsets")
    }
    guard let dtype = entry["dtype"]?.string.flatMap(TensorType.init) else {
      throw failure(
        "\(subject) has the dtype \(entry["dtype"]?.excerpt ?? "missing")",
        "one of \(TensorType.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let shape = sizes(entry["shape"]) else {
      throw failure(
        "\(subject) has the shape \(entry["shape"]?.excerpt ?? "missing")",
        "an array of whole numbers from 0")
    }
    guard let offsets = sizes(entry["data_offsets"]), offsets.count == 2,
      offsets[0] <= offsets[1], offsets[1] <= dataSize
    else {
      throw failure(
        "\(subject) has the data_offsets \(entry["data_offsets"]?.excerpt ?? "missing")",
        "a begin and an end within \(dataSize) bytes of data")
    }
    guard let size = dtype.size(of: shape), size == offsets[1] - offsets[0] else {
      let size = dtype.size(of: shape)
      throw failure(
        "\(subject) has \(offsets[1] - offsets[0]) bytes of data",
        "\(size.map(String.init) ?? "more than fit a file") for \(dtype.rawValue) \(shape)")
    }
    return TensorView(
      name: name, dtype: dtype, shape: shape,
      range: dataStart + offsets[0]..<dataStart + offsets[1], file: file)
  }

  private func sizes(_ value: JSONValue?) -> [Int]? {
    guard let elements = value?.array else { return nil }
    let sizes = elements.compactMap(\.int)
    return sizes.count == elements.count && sizes.allSatisfy { $0 >= 0 } ? sizes : nil
  }

  /// Checks that the tensors fill the data from its first byte to its last.
  private func checkCover() throws(DataError) {
    let sorted = tensors.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = dataStart
    for tensor in sorted {
      let (begin, subject) = (tensor.range.lowerBound, quotedTensor(tensor.name))
      guard begin == end else {
        throw failure(
          begin < end
            ? "\(subject) overlaps the tensor before it by \(end - begin) bytes"
            : "a hole of \(begin - end) bytes before \(subject)",
          "data that begins at offset \(end - dataStart)")
      }
      end = tensor.range.upperBound
    }
    guard end == file.bytes.count else {
      throw failure(
        "\(file.bytes.count - end) bytes behind the last tensor", "a file that ends with its data")
    }
  }

  private func failure(_ found: String, _ expected: String) -> DataError {
    DataError(file: file.path, found: found, expected: expected, remedy: Self.cutShort)
  }
}
