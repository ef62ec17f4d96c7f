import Glibc
import Kernels

/// Starts the program again where OpenBLAS has not made out what the CPU can do.
enum FasterCore {
  /// Replaces this process by the same command with OPENBLAS_CORETYPE set, if OpenBLAS overlooks the CPU's vectors; it
  /// chooses its kernels once, before `main`, so only a new start changes them.
  ///
  /// Does nothing where that variable is set already or the program cannot be started again. To be called before anything
  /// is read or written.
  static func restartIfOverlooked() {
    let variable = "OPENBLAS_CORETYPE"
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard getenv(variable) == nil,
      let core = BLAS.overlookedCore(
        chosen: BLAS.coreName, instructionSet: BLAS.instructionSet),
      readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0, setenv(variable, core, 1) == 0
    else { return }
    execv(path, CommandLine.unsafeArgv)
    unsetenv(variable)
  }
}
