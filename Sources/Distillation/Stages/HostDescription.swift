import Files

/// The machine that figures were taken on.
public enum HostDescription {
  /// The processor's model name; "unknown" where the system does not tell.
  public static var cpu: String {
    guard let reader = try? LineReader(path: "/proc/cpuinfo") else { return "unknown" }
    while let line = try? reader.nextString() {
      guard line.hasPrefix("model name"), let colon = line.firstIndex(of: ":") else { continue }
      return String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
    }
    return "unknown"
  }
}
