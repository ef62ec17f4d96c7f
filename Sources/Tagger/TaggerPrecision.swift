import CKernels

/// The numbers in which the weights of a student's LSTM are multiplied; everything else is float.
public enum TaggerPrecision: String, Sendable, CaseIterable {
  /// Floats of 32 bits, as in training.
  case fp32
  /// Whole numbers of 8 bits, of 7 where there is no AVX512-VNNI, with a scale for each row; fp32 on a CPU without AVX2.
  case int8

  /// Whether this CPU runs int8 where it is asked for.
  public static var hasInt8: Bool { ck_lstm_has_int8() }

  /// Whether weights are packed as int8.
  var usesInt8: Bool { self == .int8 && Self.hasInt8 }

  /// The numbers that this CPU multiplies where these are asked for.
  public var usedHere: TaggerPrecision { usesInt8 ? .int8 : .fp32 }
}
