import Files
import ModelFiles
import TestSupport
import Testing

@Suite struct QuantizedTensorTests {
  private let rows: [[Float]] = [
    [1, -2, 0.5, 0], [0, 0, 0, 0], [-3e38, 3e38, 1e38, -1],
    [1, -5, 0, 2].map { $0 * .leastNonzeroMagnitude },
  ]

  /// A file with the rows quantised as "w", the scales changed by `change`; nil leaves them out.
  private func file(
    _ change: ([Float]) -> [Float]? = { $0 }
  ) throws -> (file: SafetensorsFile, scales: [Float]) {
    let path = temporaryPath("w.safetensors")
    let (numbers, scales) = rows.flatMap(\.self).withUnsafeBufferPointer {
      QuantizedTensor.quantize($0, rows: rows.count)
    }
    let written = change(scales)
    let name = QuantizedTensor.scaleName(of: "w")
    let entry = written.map { SafetensorsWriter.Entry(name, shape: [$0.count]) }
    let writer = try SafetensorsWriter(
      path: path,
      entries: [entry].compactMap(\.self) + [SafetensorsWriter.Entry("w", .int8, shape: [4, 2, 2])])
    try written?.withUnsafeBufferPointer { try writer.write($0, to: name) }
    try numbers.withUnsafeBytes { try writer.write($0, to: "w") }
    try writer.commit()
    return (try SafetensorsFile(path: path), scales)
  }

  private func read(_ file: SafetensorsFile) throws -> [Float] {
    var floats = [Float](repeating: .nan, count: 16)
    let tensor = try file.tensor(named: "w", shape: [4, 2, 2])
    try floats.withUnsafeMutableBufferPointer { try file.copyFloats(of: tensor, into: $0) }
    return floats
  }

  @Test func everyNumberIsWithinHalfAScaleOfWhatItWas() throws {
    let (file, scales) = try file()
    let floats = try read(file)
    for (place, value) in rows.joined().enumerated() {
      // Scales below the smallest normal number are coarse themselves.
      let slack = 0.5001 * scales[place / 4] + 128 * Float.leastNonzeroMagnitude
      #expect((floats[place] - value).magnitude <= slack)
    }
    #expect(floats[1] == -2 && floats[4..<8].allSatisfy { $0 == 0 })
    #expect(abs(scales[0] - 2 / 127) < 1e-9 && scales[1] == 0)
  }

  @Test func scalesThatAreMissingOrWrongAreNamed() throws {
    let cases: [(([Float]) -> [Float]?, String)] = [
      ({ _ in nil }, "no tensor \"w_scale\" among 1 tensors"),
      ({ Array($0.dropLast()) }, "tensor \"w_scale\" has the shape [3]"),
      ({ [.nan] + $0.dropFirst() }, "a number that is not finite in w"),
      ({ [.infinity] + $0.dropFirst() }, "a number that is not finite in w"),
    ]
    for (change, found) in cases {
      let file = try file(change).file
      let error = #expect(throws: DataError.self) { try read(file) }
      #expect(error?.found == found)
    }
  }
}
