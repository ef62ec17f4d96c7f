import CKernels

/// The processor that the kernels run on.
public enum CPU {
  /// The instruction set that the C kernels use: "avx512", "avx2" or "portable".
  public static var instructionSet: String { String(cString: ck_instruction_set()) }
}
