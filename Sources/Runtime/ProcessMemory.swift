import Glibc

/// The memory that this process has used.
public enum ProcessMemory {
  /// The peak of the resident memory so far, in bytes.
  ///
  /// Linux' `VmHWM`, which begins anew when a program is started; `getrusage`'s figure is inherited from the process that
  /// started it, and serves only where the other is missing.
  public static var peak: Int {
    if let kilobytes = highWaterMark() { return kilobytes * 1024 }
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1024
  }

  private static func highWaterMark() -> Int? {
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    let fields = lines.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
    guard let fields, fields.count > 1 else { return nil }
    return Int(fields[1])
  }
}
