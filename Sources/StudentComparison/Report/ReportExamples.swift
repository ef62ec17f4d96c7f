import Evaluation
import Labels

/// Some test examples with the gold annotation and the answers of teacher and one student.
public struct ReportExamples: Sendable, Equatable {
  /// What stands at an example, or what a model says of it.
  public enum Answer: Sendable, Equatable {
    /// The entities of a sentence.
    case entities([EntitySpan])
    /// The label of a text or a pair.
    case label(String)
  }

  /// One example.
  public struct Example: Sendable, Equatable {
    /// Its words, those of a pair's second text after those of the first.
    public var words: [String]
    /// The number of words of a pair's first text; nil for a single text.
    public var firstLength: Int?
    /// The gold annotation.
    public var gold: Answer
    /// The teacher's answer.
    public var teacher: Answer
    /// The student's answer.
    public var student: Answer

    /// An example with the answers of all three.
    public init(
      words: [String], firstLength: Int? = nil, gold: Answer, teacher: Answer, student: Answer
    ) {
      self.words = words
      self.firstLength = firstLength
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

    /// Its one text or its two.
    var texts: [String] {
      let second = firstLength ?? words.count
      let parts = [words[..<second]] + (firstLength == nil ? [] : [words[second...]])
      return parts.map { $0.joined(separator: " ") }
    }

    /// Whether it can stand for others: neither too short to tell anything nor too long to be read.
    var isShowable: Bool {
      switch gold {
      case .entities(let spans): (5...30).contains(words.count) && !spans.isEmpty
      case .label: words.count <= 60
      }
    }
  }

  /// Who reads an example right.
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
  /// The examples, those of a group together.
  public var examples: [Example]

  /// Examples of one student.
  public init(student: String, examples: [Example]) {
    self.student = student
    self.examples = examples
  }

  /// Chooses examples: as many of each group as there are, up to `count` in all.
  ///
  /// Only sentences with a gold entity and 5 to 30 words, and texts and pairs of up to 60 words, stand for others. Within a
  /// group they are taken at equal distances, so that they come from all over the corpus.
  ///
  /// - Parameters:
  ///   - examples: All test examples.
  ///   - student: The student's title.
  ///   - count: How many to choose at most.
  /// - Returns: The examples, group by group.
  public static func choose(
    from examples: [Example], student: String, count: Int = 12
  ) -> ReportExamples {
    let fit = examples.filter(\.isShowable)
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
    return ReportExamples(student: student, examples: chosen)
  }
}
