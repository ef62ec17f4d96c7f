import Glibc

/// A file that could not be opened, read or written, with the system's own reason.
public struct FileError: Error, CustomStringConvertible, Equatable, Sendable {
  /// What was tried, which decides the exit code.
  public enum Operation: String, Sendable {
    case open
    case read
    case write
  }

  /// The path as the user named it.
  public let path: String
  /// What was tried.
  public let operation: Operation
  /// The system's reason.
  public let reason: String

  /// Describes a failure with a reason in words.
  public init(path: String, operation: Operation, reason: String) {
    self.path = path
    self.operation = operation
    self.reason = reason
  }

  /// Describes a failure by an `errno` value.
  public init(path: String, operation: Operation, code: Int32 = errno) {
    self.init(path: path, operation: operation, reason: String(cString: strerror(code)))
  }

  /// The message; a long reason is cut.
  public var description: String {
    "cannot \(operation.rawValue) \(path): \(clipped(reason, to: 1000))"
  }
}
