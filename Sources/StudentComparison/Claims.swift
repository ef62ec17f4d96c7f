/// The statements that a comparison checks.
enum Claims {
  /// Those for which both sides were measured.
  static func of(_ results: [StudentResult]) -> [Claim] {
    func find(_ name: String, _ training: StudentResult.Training) -> StudentResult? {
      results.first { $0.name == name && $0.training == training }
    }
    var claims: [Claim?] = []
    for result in results where result.training == .distilled {
      if let direct = find(result.name, .direct) {
        claims.append(
          Claim(
            text: "\(result.name): distilled is better than trained directly", result,
            isBetterThan: direct))
      }
    }
    if let best = find("bilstm+aug", .distilled), let direct = find("bilstm", .direct) {
      claims.append(
        Claim(
          text: "The BiLSTM distilled on augmented text is better than the one trained directly",
          best, isBetterThan: direct))
    }
    for result in results where result.name.hasPrefix("bert-first-") {
      let other = result.name.replacingPrefix("bert-first-", with: "bert-alternate-")
      if let alternate = find(other, result.training) {
        claims.append(
          Claim(
            text: "\(result.title): the first layers are better than every other", result,
            isBetterThan: alternate))
      }
    }
    return claims.compactMap(\.self)
  }
}

extension String {
  /// The string with one prefix in place of another; unchanged where it does not begin with it.
  func replacingPrefix(_ prefix: String, with replacement: String) -> String {
    hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
  }
}
