import Evaluation
import Labels

/// Some test sentences with the entities of gold annotation, teacher and one student.
public struct ExampleSentences: Sendable, Equatable {
  /// One sentence.
  public struct Example: Sendable, Equatable {
    /// Its words.
    public var words: [String]
    /// The gold entities.
    public var gold: [EntitySpan]
    /// The teacher's entities.
    public var teacher: [EntitySpan]
    /// The student's entities.
    public var student: [EntitySpan]

    /// A sentence with the entities of all three.
    public init(
      words: [String], gold: [EntitySpan], teacher: [EntitySpan], student: [EntitySpan]
    ) {
      self.words = words
      self.gold = gold
      self.teacher = teacher
      self.student = student
    }

    /// Who reads it right.
    var group: Group {
      switch (teacher == gold, student == gold) {
      case (false, true): .studentAlone
      case (true, false): .teacherAlone
      case (false, false): .neither
      case (true, true): .both
      }
    }
  }

  /// Who reads a sentence right.
  enum Group: CaseIterable {
    case studentAlone
    case teacherAlone
    case neither
    case both

    /// The group in words.
    var text: String {
      switch self {
      case .studentAlone: "the student alone is right"
      case .teacherAlone: "the teacher alone is right"
      case .neither: "both err"
      case .both: "both are right"
      }
    }
  }

  /// The student's title.
  public var student: String
  /// The sentences, those of a group together.
  public var sentences: [Example]

  /// Sentences of one student.
  public init(student: String, sentences: [Example]) {
    self.student = student
    self.sentences = sentences
  }

  /// Chooses examples: as many of each group as there are, up to `count` in all.
  ///
  /// Only sentences with a gold entity and 5 to 30 words stand for others. Within a group they are taken at equal distances,
  /// so that they come from all over the corpus.
  ///
  /// - Parameters:
  ///   - sentences: All test sentences.
  ///   - student: The student's title.
  ///   - count: How many to choose at most.
  /// - Returns: The examples, group by group.
  public static func choose(
    from sentences: [Example], student: String, count: Int = 12
  ) -> ExampleSentences {
    let fit = sentences.filter { (5...30).contains($0.words.count) && !$0.gold.isEmpty }
    let groups = Group.allCases.map { group in fit.filter { $0.group == group } }
    var shares = [Int](repeating: 0, count: groups.count)
    while shares.reduce(0, +) < count,
      let next = groups.indices.filter({ shares[$0] < groups[$0].count })
        .min(by: { (shares[$0], $0) < (shares[$1], $1) })
    {
      shares[next] += 1
    }
    let chosen = zip(groups, shares).flatMap { group, share in
      (0..<share).map { group[(2 * $0 + 1) * group.count / (2 * share)] }
    }
    return ExampleSentences(student: student, sentences: chosen)
  }
}
