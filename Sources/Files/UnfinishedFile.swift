import Glibc
import Synchronization

/// A file under a temporary name that nobody can foretell, which is renamed when it is complete and removed otherwise.
///
/// It is locked as long as its process lives: a file of such a name that nobody has locked was left by a process that was
/// killed, and is removed by the next one that writes in the folder.
final class UnfinishedFile {
  let descriptor: Int32
  private let path: String
  /// The number of the path in `UnfinishedFiles`; nil where there are too many.
  private let entry: Int?
  private var isRenamed = false

  private static let prefix = ".distill-bilstm-"
  private static let suffix = ".tmp"

  /// Creates an empty file in the folder of the final path.
  ///
  /// - Throws: `FileError`, for the final path, if the folder is missing or cannot be written.
  init(for final: String, mode: mode_t) throws {
    let folder = Folders.parent(of: final)
    UnfinishedFiles.removeLeftoversOnce(in: folder)
    var path: String
    var descriptor: Int32
    var status = stat()
    repeat {
      let number = UInt64.random(in: 0 ... .max)
      path = "\(folder)/\(Self.prefix)\(String(number, radix: 16))\(Self.suffix)"
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      guard descriptor >= 0 else {
        if errno == EEXIST { continue }
        throw FileError(path: final, operation: .write)
      }
      flock(descriptor, LOCK_EX | LOCK_NB)
      // Before it was locked, another process may have taken it for a leftover.
      guard fstat(descriptor, &status) == 0, status.st_nlink == 0 else { break }
      close(descriptor)
    } while true
    self.path = path
    self.descriptor = descriptor
    entry = UnfinishedFiles.add(path)
  }

  deinit {
    if !isRenamed { unlink(path) }
    if let entry { UnfinishedFiles.remove(entry) }
    close(descriptor)
  }

  /// Gives the file its final name; false, with `errno`, where the system cannot.
  func rename(to final: String) -> Bool {
    guard Glibc.rename(path, final) == 0 else { return false }
    isRenamed = true
    return true
  }

  /// Removes the files of this kind in a folder that no process has locked; those of other users stay.
  static func removeLeftovers(in folder: String) {
    for name in Folders.contents(of: folder)
    where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      let path = "\(folder)/\(name)"
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_uid == geteuid(), flock(descriptor, LOCK_EX | LOCK_NB) == 0
      else { continue }
      unlink(path)
    }
  }
}

/// The unfinished files of this process and the folders that it has made to fill, so that a signal handler can remove them.
public enum UnfinishedFiles {
  /// A path, as the address of a C string, or 0; the files beyond so many are left to the next start.
  private static let capacity = 256
  nonisolated(unsafe) private static let entries = {
    let entries = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: capacity)
    for index in 0..<capacity { (entries + index).initialize(to: Atomic(0)) }
    return entries
  }()
  private static let cleanedFolders = Mutex<Set<String>>([])

  /// Makes what `removeAll` uses, which a signal handler could not make.
  public static func prepare() { _ = entries }

  /// Removes all, of the folders the empty ones; safe in a signal handler after `prepare`.
  public static func removeAll() {
    for index in 0..<capacity {
      let address = entries[index].exchange(0, ordering: .acquiring)
      if let path = UnsafePointer<CChar>(bitPattern: address), unlink(path) != 0 { rmdir(path) }
    }
  }

  /// Removes what killed processes have left in a folder, the first time that this process writes there.
  static func removeLeftoversOnce(in folder: String) {
    guard cleanedFolders.withLock({ $0.insert(folder).inserted }) else { return }
    UnfinishedFile.removeLeftovers(in: folder)
  }

  /// Notes a path; nil where there are too many.
  static func add(_ path: String) -> Int? {
    let address = UInt(bitPattern: strdup(path))
    for index in 0..<capacity {
      let (isFree, _) = entries[index].compareExchange(
        expected: 0, desired: address, ordering: .releasing)
      if isFree { return index }
    }
    free(UnsafeMutablePointer<CChar>(bitPattern: address))
    return nil
  }

  /// Forgets a path.
  ///
  /// Whoever takes the address out owns the string, a handler included.
  static func remove(_ entry: Int) {
    let address = entries[entry].exchange(0, ordering: .acquiring)
    free(UnsafeMutablePointer<CChar>(bitPattern: address))
  }
}
