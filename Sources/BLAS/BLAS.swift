import Files
import Glibc
import Kernels
import Synchronization

/// The library of matrix products, OpenBLAS, and the core that it runs on.
public enum BLAS {
  /// Loads the library where that has not happened yet; a model that multiplies by it calls this when it is made.
  ///
  /// - Throws: `FileError` if it is not installed.
  public static func load() throws(FileError) { _ = try OpenBLAS.library.get() }

  /// The name of the core that OpenBLAS chose its kernels for, for example "Cooperlake"; nil as long as it is not loaded.
  public static var coreName: String? {
    OpenBLAS.isLoaded.load(ordering: .acquiring) ? loaded.coreName : nil
  }

  /// The loaded library, for a product within a model that has been made.
  static var loaded: OpenBLAS {
    switch OpenBLAS.library {
    case .success(let library): return library
    case .failure(let error): preconditionFailure("a product before BLAS.load: \(error)")
    }
  }

  /// A warning if OPENBLAS_CORETYPE holds OpenBLAS to a slower core than the CPU has; nil where all is well.
  public static var coreTypeWarning: String? {
    guard let value = getenv("OPENBLAS_CORETYPE") else { return nil }
    let forced = String(cString: value)
    let slower = ["haswell", "zen", "sandybridge", "nehalem", "prescott", "generic"]
    guard slower.contains(forced.lowercased()), CPU.instructionSet == "avx512" else { return nil }
    return "OPENBLAS_CORETYPE=\(forced) holds OpenBLAS to kernels without AVX-512, which this CPU "
      + "has; unset it to run faster"
  }

  /// What OPENBLAS_CORETYPE should ask for where OpenBLAS does not know the CPU.
  ///
  /// - Parameters:
  ///   - chosen: The core that OpenBLAS chose by itself.
  ///   - instructionSet: What the CPU has, as `CPU.instructionSet` names it.
  /// - Returns: The name of the core; nil where OpenBLAS knows the CPU.
  public static func overlookedCore(chosen: String, instructionSet: String) -> String? {
    guard chosen == "Prescott" else { return nil }
    return ["avx512": "SkylakeX", "avx2": "Haswell"][instructionSet]
  }
}
