import Files
import Glibc
import ModelFiles
import TestSupport

/// Calls `body` with the path of a fresh folder, and removes it afterwards.
func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = temporaryPath("modelfiles")
  try Folders.create(folder)
  defer { removeAll(folder) }
  return try body(folder)
}

/// Removes a file or a folder with all that is in it.
func removeAll(_ path: String) {
  if Folders.isDirectory(path) {
    for name in Folders.contents(of: path) { removeAll("\(path)/\(name)") }
  }
  remove(path)
}

/// Writes raw bytes to a file, without the sync that `AtomicFileWriter` waits for.
func put(_ bytes: [UInt8], at path: String) throws {
  guard let stream = fopen(path, "w") else { throw FileError(path: path, operation: .write) }
  defer { fclose(stream) }
  guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
    throw FileError(path: path, operation: .write)
  }
}

/// The content of a file.
func content(of path: String) throws -> [UInt8] {
  let file = try MappedFile(path: path)
  return withExtendedLifetime(file) { Array(file.bytes) }
}

/// The path of a fixture of this module.
func modelFixture(_ name: String) -> String { fixture("ModelFilesTests/Fixtures/\(name)") }
