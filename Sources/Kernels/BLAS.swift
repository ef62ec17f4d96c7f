import CKernels
import COpenBLAS
import Glibc

/// What OpenBLAS and the kernels run on here.
public enum BLAS {
  /// The name of the core that OpenBLAS chose its kernels for, for example "Cooperlake".
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// The instruction set that the C kernels use: "avx512", "avx2" or "portable".
  public static var instructionSet: String { String(cString: ck_instruction_set()) }

  /// Sets OpenBLAS to one thread; the parallelism is the program's own.
  public static func useOneThread() { openblas_set_num_threads(1) }

  /// A warning if OPENBLAS_CORETYPE holds OpenBLAS to a slower core than the CPU has; nil where all is well.
  public static var coreTypeWarning: String? {
    guard let value = getenv("OPENBLAS_CORETYPE") else { return nil }
    let forced = String(cString: value)
    let slower = ["haswell", "zen", "sandybridge", "nehalem", "prescott", "generic"]
    guard slower.contains(forced.lowercased()), instructionSet == "avx512" else { return nil }
    return "OPENBLAS_CORETYPE=\(forced) holds OpenBLAS to kernels without AVX-512, which this CPU "
      + "has; unset it to run faster"
  }

  /// What OPENBLAS_CORETYPE should ask for where OpenBLAS does not know the CPU.
  ///
  /// On an x86 CPU younger than itself OpenBLAS falls back to Prescott, whose kernels know SSE alone.
  ///
  /// - Parameters:
  ///   - chosen: The core that OpenBLAS chose by itself.
  ///   - instructionSet: What the CPU has, as `instructionSet` names it.
  /// - Returns: The name of the core; nil where OpenBLAS knows the CPU.
  public static func overlookedCore(chosen: String, instructionSet: String) -> String? {
    guard chosen == "Prescott" else { return nil }
    return ["avx512": "SkylakeX", "avx2": "Haswell"][instructionSet]
  }
}
