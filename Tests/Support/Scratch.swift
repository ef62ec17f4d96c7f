import Files
import Glibc

/// The folder of this process' scratch files, removed when the process ends.
private let processFolder: String = {
  let folder = "\(Folders.environment("TMPDIR") ?? "/tmp")/distill-bilstm-tests-\(getpid())"
  mkdir(folder, 0o700)
  atexit { removeAll(processFolder) }
  return folder
}()

/// A new path for a scratch file or folder; whatever stands there is removed when the process ends.
public func temporaryPath(_ name: String = "scratch") -> String {
  "\(processFolder)/\(UInt64.random(in: 0 ... .max))-\(name)"
}

/// Calls `body` with the path of a fresh folder, and removes it afterwards.
public func withScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = temporaryPath()
  try Folders.create(folder)
  defer { removeAll(folder) }
  return try body(folder)
}

/// Removes a file or a folder with all that is in it; a symbolic link, not what it leads to.
public func removeAll(_ path: String) {
  var status = stat()
  if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    for name in Folders.contents(of: path) { removeAll("\(path)/\(name)") }
  }
  remove(path)
}

/// Writes raw bytes to a file with the C library alone, so that it does not lean on what is under test.
public func put(_ bytes: [UInt8], at path: String) throws {
  guard let stream = fopen(path, "w") else { throw FileError(path: path, operation: .write) }
  defer { fclose(stream) }
  guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
    throw FileError(path: path, operation: .write)
  }
}

/// The content of a file, read with the C library alone.
public func content(of path: String) throws -> [UInt8] {
  guard let stream = fopen(path, "r") else { throw FileError(path: path, operation: .open) }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&block, 1, block.count, stream)
    guard count > 0 else { return bytes }
    bytes += block[..<count]
  }
}
