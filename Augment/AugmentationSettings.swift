import Labels

/// One of the three ways in which a sentence is perturbed.
public enum AugmentationOperation: String, CaseIterable, Sendable {
  /// Words become `[MASK]`.
  case mask
  /// Words become other words of their part of speech.
  case pos
  /// The sentence is cut to a short run of its words.
  case ngram
}

/// What the augmentation of a corpus does, with the values of the paper (arXiv 1903.12136) as defaults.
public struct AugmentationSettings: Sendable, Equatable {
  /// How often each sentence, text or pair is perturbed, `n_iter`: at most `maximumRounds`.
  public var rounds: Int
  /// The probability that a word is masked, `p_mask`.
  public var maskProbability = 0.1
  /// The probability that a word is replaced by one of its part of speech, `p_pos`.
  public var partOfSpeechProbability = 0.1
  /// The probability that a round keeps only an n-gram, `p_ng`.
  public var nGramProbability = 0.25
  /// The lengths n of such an n-gram, each equally likely.
  public var nGramLengths = 1...5
  /// The operations in use; one that is left out has probability 0.
  public var operations = Set(AugmentationOperation.allCases)
  /// Whether each sentence itself is written before what was made of it.
  public var withOriginal = false

  /// The largest number of rounds.
  public static let maximumRounds = 1000

  /// The settings of the paper for words and single texts; pairs have half the rounds, each of which makes three examples.
  public init(for task: TaskKind = .tag) { rounds = Self.defaultRounds(for: task) }

  /// The rounds of the paper: 20, and 10 for pairs.
  public static func defaultRounds(for task: TaskKind) -> Int { task == .pair ? 10 : 20 }

  /// All settings as lines `name=value`, for the key of what is augmented.
  public var keyLines: [String] {
    [
      "rounds=\(rounds)", "p_mask=\(maskProbability)", "p_pos=\(partOfSpeechProbability)",
      "p_ng=\(nGramProbability)", "ngram=\(nGramLengths)",
      "operations=\(operations.map(\.rawValue).sorted().joined(separator: ","))",
      "with_original=\(withOriginal)",
    ]
  }

  /// What is wrong with the settings, in words for the user; nil if nothing is.
  public var problem: String? {
    guard (0...Self.maximumRounds).contains(rounds) else {
      return "n_iter is \(rounds); it must be in 0 ... \(Self.maximumRounds)"
    }
    let probabilities = [
      ("p_mask", maskProbability), ("p_pos", partOfSpeechProbability), ("p_ng", nGramProbability),
    ]
    for (name, value) in probabilities where !(0...1).contains(value) {
      return "\(name) is \(value); a probability must be in 0 ... 1"
    }
    let sum = probability(of: .mask) + probability(of: .pos)
    guard sum <= 1 else {
      return "p_mask + p_pos is \(sum); "
        + "one draw a word decides between both, so that the sum must be at most 1"
    }
    guard nGramLengths.lowerBound >= 1 else {
      return "the shortest n-gram has \(nGramLengths.lowerBound) words; it must have at least 1"
    }
    return nil
  }

  /// Whether words are swapped with others of their part of speech, so that a corpus must have them.
  public var usesPartsOfSpeech: Bool { rounds > 0 && probability(of: .pos) > 0 }

  /// The probability of an operation, 0 where it is left out.
  func probability(of operation: AugmentationOperation) -> Double {
    guard operations.contains(operation) else { return 0 }
    return switch operation {
    case .mask: maskProbability
    case .pos: partOfSpeechProbability
    case .ngram: nGramProbability
    }
  }
}
