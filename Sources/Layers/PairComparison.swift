import Kernels

/// The vector of a pair of texts, made from the vectors of both: themselves, their product and their distance.
///
/// Rows 2b and 2b + 1 of H [2B, D] are the vectors of pair b, and row b of V [B, 4D] is what is made of them. Mou and others
/// 2016, section 3.2; Tang and others 2019, section 3.
///
///     (1)  v = h1 | h2 | h1 h2 | abs(h1 - h2)       products element by element
public enum PairComparison {
  /// Step 1.
  ///
  /// - Parameters:
  ///   - h: H, [2B, D].
  ///   - v: V, [B, 4D], overwritten.
  public static func forward(_ h: Matrix, into v: Matrix) {
    check(h, v)
    let width = h.columns
    for b in 0..<v.rows {
      let (h1, h2, v) = (h.row(2 * b), h.row(2 * b + 1), v.row(b))
      for j in 0..<width {
        v[j] = h1[j]
        v[width + j] = h2[j]
        v[2 * width + j] = h1[j] * h2[j]
        v[3 * width + j] = abs(h1[j] - h2[j])
      }
    }
  }

  /// Gradients of step 1; s is the sign of h1 - h2, 0 where both are equal, as in PyTorch.
  ///
  ///     dh1 = dv_1 + dv_3 h2 + s dv_4
  ///     dh2 = dv_2 + dv_3 h1 - s dv_4
  ///
  /// - Parameters:
  ///   - h: H, [2B, D].
  ///   - dV: dL/dV, [B, 4D].
  ///   - dH: dL/dH, [2B, D], overwritten.
  public static func backward(_ h: Matrix, dV: Matrix, into dH: Matrix) {
    check(h, dV)
    precondition(dH.rows == h.rows && dH.columns == h.columns, "\(dH.rows) x \(dH.columns)")
    let width = h.columns
    for b in 0..<dV.rows {
      let (h1, h2, dV) = (h.row(2 * b), h.row(2 * b + 1), dV.row(b))
      let (dH1, dH2) = (dH.row(2 * b), dH.row(2 * b + 1))
      for j in 0..<width {
        let product = dV[2 * width + j]
        let sign: Float = h1[j] > h2[j] ? 1 : h1[j] < h2[j] ? -1 : 0
        let distance = sign * dV[3 * width + j]
        dH1[j] = dV[j] + product * h2[j] + distance
        dH2[j] = dV[width + j] + product * h1[j] - distance
      }
    }
  }

  private static func check(_ h: Matrix, _ v: Matrix) {
    precondition(
      h.rows == 2 * v.rows && v.columns == 4 * h.columns,
      "\(h.rows) x \(h.columns) for \(v.rows) x \(v.columns)")
  }
}
