import TestSupport
import Testing

/// The bytes of a safetensors file with a header and some data; `length` overrides the header's length.
func safetensors(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let length = length ?? UInt64(header.utf8.count)
  return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8)
    + [UInt8](repeating: 0, count: data)
}

/// An entry of the header.
func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
  "{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}

private let damaged = "; the file is damaged or cut short: fetch or copy it again"
private let typeNames =
  "BOOL, U8, I8, F8_E5M2, F8_E4M3, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64, C64"

/// A file that breaks a rule, and what is said about it behind its name.
struct HostileFile: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  let message: String
  var testDescription: String { message }

  init(_ bytes: [UInt8], _ message: String) {
    self.bytes = bytes
    self.message = message
  }
}

private let hostileLengths = [
  HostileFile(
    [], "a file of 0 bytes; expected 8 bytes with the header's length, then the header" + damaged),
  HostileFile(
    [2, 0, 0, 0, 0, 0, 0],
    "a file of 7 bytes; expected 8 bytes with the header's length, then the header" + damaged),
  HostileFile(
    safetensors("", length: .max),
    "a header of 18446744073709551615 bytes; expected at most 100000000; "
      + "is this a safetensors file?"),
  HostileFile(
    safetensors("{}", length: 1 << 63),
    "a header of 9223372036854775808 bytes; expected at most 100000000; "
      + "is this a safetensors file?"),
  HostileFile(
    safetensors("{}", length: 100_000_001),
    "a header of 100000001 bytes; expected at most 100000000; is this a safetensors file?"),
  HostileFile(
    safetensors("{}", length: 100_000_000),
    "a header of 100000000 bytes in a file of 10; expected at most 2" + damaged),
  HostileFile(
    safetensors("{}", length: 3),
    "a header of 3 bytes in a file of 10; expected at most 2" + damaged),
  HostileFile(
    safetensors(""),
    "a header that does not begin with '{'; expected a JSON object at byte 8; "
      + "is this a safetensors file?"),
  HostileFile(
    safetensors(" {}"),
    "a header that does not begin with '{'; expected a JSON object at byte 8; "
      + "is this a safetensors file?"),
  HostileFile(
    safetensors("[]"),
    "a header that does not begin with '{'; expected a JSON object at byte 8; "
      + "is this a safetensors file?"),
  HostileFile(
    safetensors("{\"a\":", data: 10),
    "in the header, the end at byte 13; expected a JSON value" + damaged),
  HostileFile(
    safetensors("{}}"), "in the header, '}' at byte 10; expected the end of the document" + damaged),
  HostileFile(
    safetensors("{}\0"),
    "in the header, byte 0x00 at byte 10; expected the end of the document" + damaged),
]

private let hostileHeaders = [
  HostileFile(
    safetensors(
      "{\"a\":\(entry("F32", "[1]", "[0,4]")),\"a\":\(entry("F32", "[1]", "[0,4]"))}", data: 4),
    "in the header, the key \"a\" a second time at byte 62; expected each key once" + damaged),
  HostileFile(
    safetensors("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}"),
    "in the header, the key \"a\" a second time at byte 33; expected each key once" + damaged),
  HostileFile(
    safetensors("{\"__metadata__\":[]}"), "__metadata__ is no object; expected an object" + damaged),
  HostileFile(
    safetensors("{\"__metadata__\":{\"a\":1}}"),
    "__metadata__ has 1 for \"a\"; expected strings only" + damaged),
  HostileFile(
    safetensors("{\"a\":1}"),
    "tensor \"a\" is 1; expected an object with dtype, shape and data_offsets" + damaged),
  HostileFile(
    safetensors("{\"a\\u001b[2J\":null}"),
    "tensor \"a\\u001b[2J\" is null; expected an object with dtype, shape and data_offsets"
      + damaged),
  HostileFile(
    safetensors("{\"a\":{\"shape\":[],\"data_offsets\":[0,0]}}"),
    "tensor \"a\" has the dtype missing; expected one of \(typeNames)" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("Q4", "[1]", "[0,4]"))}", data: 4),
    "tensor \"a\" has the dtype \"Q4\"; expected one of \(typeNames)" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("f32", "[1]", "[0,4]"))}", data: 4),
    "tensor \"a\" has the dtype \"f32\"; expected one of \(typeNames)" + damaged),
  HostileFile(
    safetensors("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", data: 4),
    "tensor \"a\" has the shape missing; expected an array of whole numbers from 0" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[-1]", "[0,4]"))}", data: 4),
    "tensor \"a\" has the shape [-1]; expected an array of whole numbers from 0" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1.0]", "[0,4]"))}", data: 4),
    "tensor \"a\" has the shape [1.0]; expected an array of whole numbers from 0" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1e30]", "[0,4]"))}", data: 4),
    "tensor \"a\" has the shape [1e+30]; expected an array of whole numbers from 0" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "1", "[0,4]"))}", data: 4),
    "tensor \"a\" has the shape 1; expected an array of whole numbers from 0" + damaged),
]

private let hostileOffsets = [
  HostileFile(
    safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", data: 4),
    "tensor \"a\" has the data_offsets missing; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1]", "[0,4,8]"))}", data: 4),
    "tensor \"a\" has the data_offsets [0,4,8]; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1]", "[-4,0]"))}", data: 4),
    "tensor \"a\" has the data_offsets [-4,0]; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1]", "[4,0]"))}", data: 4),
    "tensor \"a\" has the data_offsets [4,0]; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[2]", "[0,8]"))}", data: 4),
    "tensor \"a\" has the data_offsets [0,8]; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors(
      "{\"a\":\(entry("F32", "[1]", "[9223372036854775803,9223372036854775807]"))}", data: 4),
    "tensor \"a\" has the data_offsets [9223372036854775803,9223372036854775807]; "
      + "expected a begin and an end within 4 bytes of data" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[3]", "[0,8]"))}", data: 8),
    "tensor \"a\" has 8 bytes of data; expected 12 for F32 [3]" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[]", "[0,0]"))}"),
    "tensor \"a\" has 0 bytes of data; expected 4 for F32 []" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F16", "[3,5]", "[0,60]"))}", data: 60),
    "tensor \"a\" has 60 bytes of data; expected 30 for F16 [3, 5]" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("U8", "[4294967296,4294967296]", "[0,0]"))}"),
    "tensor \"a\" has 0 bytes of data; "
      + "expected more than fit a file for U8 [4294967296, 4294967296]" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[4611686018427387905]", "[0,4]"))}", data: 4),
    "tensor \"a\" has 4 bytes of data; "
      + "expected more than fit a file for F32 [4611686018427387905]" + damaged),
]

private let hostileCovers = [
  HostileFile(
    safetensors(
      "{\"a\":\(entry("F32", "[2]", "[0,8]")),\"b\":\(entry("F32", "[1]", "[4,8]"))}", data: 8),
    "tensor \"b\" overlaps the tensor before it by 4 bytes; "
      + "expected data that begins at offset 8" + damaged),
  HostileFile(
    safetensors(
      "{\"b\":\(entry("F32", "[1]", "[0,4]")),\"a\":\(entry("F32", "[1]", "[0,4]"))}", data: 4),
    "tensor \"a\" overlaps the tensor before it by 4 bytes; "
      + "expected data that begins at offset 4" + damaged),
  HostileFile(
    safetensors(
      "{\"a\":\(entry("F32", "[1]", "[0,4]")),\"b\":\(entry("F32", "[1]", "[8,12]"))}", data: 12),
    "a hole of 4 bytes before tensor \"b\"; expected data that begins at offset 4" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1]", "[4,8]"))}", data: 8),
    "a hole of 4 bytes before tensor \"a\"; expected data that begins at offset 0" + damaged),
  HostileFile(
    safetensors("{\"a\":\(entry("F32", "[1]", "[0,4]"))}", data: 5),
    "1 bytes behind the last tensor; expected a file that ends with its data" + damaged),
  HostileFile(
    safetensors("{}", data: 1),
    "1 bytes behind the last tensor; expected a file that ends with its data" + damaged),
]

/// Files that break each rule of the safetensors format.
let hostileFiles = hostileLengths + hostileHeaders + hostileOffsets + hostileCovers
