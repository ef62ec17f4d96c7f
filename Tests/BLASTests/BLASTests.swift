import BLAS
import Glibc
import Kernels
import Testing

/// What OpenBLAS and the kernels run on.
@Suite struct BLASTests {
  @Test func theInstructionSetFollowsTheEnvironment() throws {
    #expect(["avx512", "avx2", "portable"].contains(CPU.instructionSet))
    if let wish = getenv("DISTILL_KERNELS").map({ String(cString: $0) }) {
      if wish == "portable" { #expect(CPU.instructionSet == "portable") }
      if wish == "avx2" { #expect(CPU.instructionSet != "avx512") }
    }
    try BLAS.load()
    print("kernels: \(CPU.instructionSet), BLAS core: \(try #require(BLAS.coreName))")
  }

  @Test(arguments: [
    ("Prescott", "avx512", "SkylakeX"), ("Prescott", "avx2", "Haswell"),
    ("Prescott", "portable", nil), ("Haswell", "avx512", nil), ("Cooperlake", "avx512", nil),
  ])
  func aCPUThatOpenBLASDoesNotKnowGetsACoreOfItsInstructionSet(
    chosen: String, instructionSet: String, core: String?
  ) {
    #expect(BLAS.overlookedCore(chosen: chosen, instructionSet: instructionSet) == core)
  }
}
