import CKernels

/// The numbers in which a finished model's linear layers multiply; everything else stays in float32.
public enum Precision: String, CaseIterable, Sendable {
  /// float32.
  case fp32
  /// bfloat16 products, summed in float32.
  case bf16
  /// Integers of 8 bits, of 7 on AVX2: weights with a scale for each output, inputs with a range for each row.
  case int8

  /// Whether this CPU has instructions that make it faster than float32.
  public var isFastHere: Bool {
    switch self {
    case .fp32: true
    case .bf16: ck_multiplies_bf16()
    case .int8: ck_multiplies_int8()
    }
  }

  /// The instruction set extensions that make it fast.
  public var extensionName: String? {
    switch self {
    case .fp32: nil
    case .bf16: "AVX512-BF16"
    case .int8: "AVX2 or AVX512-VNNI"
    }
  }
}
