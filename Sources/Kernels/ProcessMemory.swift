import Glibc

/// The memory that this process has used.
public enum ProcessMemory {
  /// The peak of the resident memory so far, in bytes.
  public static var peak: Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1024
  }
}
