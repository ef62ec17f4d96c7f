import Files
import Glibc
import TestSupport

/// Calls `body` with the path of a fresh folder, and removes it with the files in it afterwards.
func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = temporaryPath("files")
  try Folders.create(folder)
  defer {
    for name in Folders.contents(of: folder) { remove("\(folder)/\(name)") }
    rmdir(folder)
  }
  return try body(folder)
}

/// Writes raw bytes to a file, with the system's own calls.
func put(_ bytes: [UInt8], at path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { break }
    rest = rest.dropFirst(count)
  }
  close(descriptor)
}

/// The content of a file, read with the system's own calls.
func content(of path: String) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &block, block.count)
    guard count > 0 else { return bytes }
    bytes += block[..<count]
  }
}
