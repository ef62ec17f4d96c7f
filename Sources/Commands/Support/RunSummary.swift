import BLAS
import Files
import Glibc
import JSON
import Kernels
import Runtime

/// What `--summary` writes: one JSON object with what a command did.
public struct RunSummary {
  private var fields: JSONObject
  private let start = ContinuousClock().now

  /// Starts the clock of a command.
  public init(command: String) {
    fields = ["command": .string(command)]
  }

  /// Adds or replaces a figure.
  public subscript(key: String) -> JSONValue? {
    get { fields[key] }
    set { fields[key] = newValue }
  }

  /// Adds a file that was read, with its SHA-256; standard input has none.
  ///
  /// - Throws: `FileError` if it cannot be read.
  public mutating func addInput(_ path: String) throws {
    guard path != "-" else { return }
    var inputs = fields["inputs"]?.object ?? [:]
    inputs[path] = .string(try ContentHash.sha256(file: path))
    fields["inputs"] = .object(inputs)
  }

  /// Writes the object to where `--summary` says, with seconds, threads, the BLAS core if it was loaded, and peak memory.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(_ options: CommonOptions) throws {
    guard let path = options.summary else { return }
    let duration = (ContinuousClock().now - start).components
    var all = fields
    all["seed"] = .integer(Int(truncatingIfNeeded: options.seed))
    all["seconds"] = .number(Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
    all["threads"] = .integer(options.threads ?? Workers.available)
    if let core = BLAS.coreName { all["blas_core"] = .string(core) }
    all["kernels"] = .string(CPU.instructionSet)
    all["peak_memory_bytes"] = .integer(ProcessMemory.peak)
    try AtomicFileWriter.write(
      JSONValue.object(all).text(.pretty) + "\n", to: path, symbolicLinks: .follow)
  }
}
