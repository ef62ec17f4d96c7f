import Files
import Glibc
import Kernels
import Synchronization

/// OpenBLAS, loaded into the process when the first model that multiplies asks for it.
///
/// A program that only reads, tags or reports never loads it: OpenBLAS starts its threads and reserves their memory while it
/// is loaded, and where the address space is limited (`ulimit -v`) one of those threads can retry for ever.
struct OpenBLAS: Sendable {
  /// `cblas_sgemm`: order, both transpositions, m, n, k, alpha, A and its stride, B, beta, C.
  typealias Sgemm =
    @convention(c) @Sendable (
      CInt, CInt, CInt, CInt, CInt, CInt, Float, UnsafePointer<Float>?, CInt,
      UnsafePointer<Float>?, CInt, Float, UnsafeMutablePointer<Float>?, CInt
    ) -> Void
  /// LAPACK's `dsyev_`: eigenvalues (ascending) and eigenvectors of a symmetric matrix.
  typealias Dsyev =
    @convention(c) @Sendable (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<CInt>,
      UnsafeMutablePointer<Double>?, UnsafePointer<CInt>, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<Double>?, UnsafePointer<CInt>, UnsafeMutablePointer<CInt>
    ) -> Void

  let sgemm: Sgemm
  let dsyev: Dsyev
  /// The core that it chose its kernels for.
  let coreName: String

  /// The library of this process; it is loaded once, by whoever asks first.
  static let library = Result { () throws(FileError) in
    let library = try load()
    isLoaded.store(true, ordering: .releasing)
    return library
  }
  /// Whether `library` has been asked for and found.
  static let isLoaded = Atomic<Bool>(false)

  private static let name = "libopenblas.so.0"

  /// Loads the library for one thread, as the parallelism is the program's own.
  ///
  /// On an x86 CPU younger than itself OpenBLAS falls back to Prescott, whose kernels know SSE alone. Then it is loaded once
  /// more with OPENBLAS_CORETYPE set to a core of the CPU's instruction set; a variable that is already set is left alone.
  ///
  /// - Throws: `FileError` if there is no such library, or it lacks a function.
  private static func load() throws(FileError) -> OpenBLAS {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    let (handle, library) = try open()
    let variable = "OPENBLAS_CORETYPE"
    guard getenv(variable) == nil,
      let core = BLAS.overlookedCore(
        chosen: library.coreName, instructionSet: CPU.instructionSet)
    else { return library }
    dlclose(handle)
    setenv(variable, core, 1)
    defer { unsetenv(variable) }
    return try open().library
  }

  private typealias Allocate = @convention(c) (CInt) -> UnsafeMutableRawPointer?
  private typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void

  /// Has OpenBLAS take the address space for a product on each core, which it keeps for later products.
  ///
  /// Where there is none, as under `ulimit -v`, OpenBLAS asks the system again and again for ever, in the middle of a product;
  /// so whether there is some is tried out before.
  ///
  /// - Throws: `FileError` if the system refuses.
  private static func reserveBuffers(allocate: Allocate, free: Free) throws(FileError) {
    // What it takes for a product, 128 MB in a usual build, and some for the rest of the program.
    let needed = 192 << 20
    var buffers: [UnsafeMutableRawPointer?] = []
    defer { for buffer in buffers { free(buffer) } }
    for _ in 0..<min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 64) {
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
      guard let trial = mmap(nil, needed, PROT_NONE, flags, -1, 0), trial != MAP_FAILED else {
        throw FileError(
          path: name, operation: .open,
          reason: "it needs \(needed >> 20) MB of address space for each core and the system or "
            + "a limit refuses them; raise the limit (ulimit -v)")
      }
      munmap(trial, needed)
      buffers.append(allocate(1))
    }
  }

  private static func open() throws(FileError) -> (
    handle: UnsafeMutableRawPointer, library: OpenBLAS
  ) {
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw FileError(
        path: name, operation: .open,
        reason: "OpenBLAS cannot be loaded, and training and labelling need it; install it, "
          + "on Debian and Ubuntu with: apt-get install libopenblas-dev")
    }
    func function<Function>(_ symbol: String, as type: Function.Type) throws(FileError) -> Function
    {
      guard let address = dlsym(handle, symbol) else {
        throw FileError(path: name, operation: .open, reason: "it has no function \(symbol)")
      }
      return unsafeBitCast(address, to: type)
    }
    let useThreads = try function(
      "openblas_set_num_threads", as: (@convention(c) (CInt) -> Void).self)
    let nameOfCore = try function(
      "openblas_get_corename", as: (@convention(c) () -> UnsafePointer<CChar>).self)
    useThreads(1)
    if let address = dlsym(handle, "blas_memory_alloc"),
      let freeing = dlsym(handle, "blas_memory_free")
    {
      try reserveBuffers(
        allocate: unsafeBitCast(address, to: Allocate.self),
        free: unsafeBitCast(freeing, to: Free.self))
    }
    return (
      handle,
      OpenBLAS(
        sgemm: try function("cblas_sgemm", as: Sgemm.self),
        dsyev: try function("dsyev_", as: Dsyev.self),
        coreName: String(cString: nameOfCore()))
    )
  }
}
