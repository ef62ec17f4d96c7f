import Labels

/// A column as a user names it: by its number, or by its name in the file's first line.
public enum ColumnPlace: Sendable, Equatable, CustomStringConvertible {
  /// Counted from 0; a negative one counts from the end, so that -1 is the last.
  case number(Int)
  /// As the first line has it, or a key of JSON Lines.
  case name(String)

  /// A whole number is a number, anything else a name.
  public init(_ text: String) { self = Int(text).map(Self.number) ?? .name(text) }

  /// The place as it is written on the command line.
  public var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}

/// The columns of a file with a text or a pair of texts in each row, as a user names them.
public struct TextColumns: Sendable, Equatable, CustomStringConvertible {
  /// The column of the text, or those of both texts; none to find them by their names.
  public var texts: [ColumnPlace]
  /// The column of the label; where the texts are named and it is not, no label is read.
  public var label: ColumnPlace?
  /// A column by which scores can be reported; nil if none is read.
  public var group: ColumnPlace?

  /// Names the columns.
  public init(texts: [ColumnPlace] = [], label: ColumnPlace? = nil, group: ColumnPlace? = nil) {
    self.texts = texts
    self.label = label
    self.group = group
  }

  /// Takes places under `text`, or `text_a` and `text_b`, `label` and `group`; nil for other names and for half a pair.
  init?(_ places: [String: ColumnPlace]) {
    let names: Set = ["text", "text_a", "text_b", "label", "group"]
    guard Set(places.keys).isSubset(of: names) else { return nil }
    let pair = [places["text_a"], places["text_b"]].compactMap(\.self)
    if let text = places["text"] {
      guard pair.isEmpty else { return nil }
      texts = [text]
    } else {
      guard pair.count != 1 else { return nil }
      texts = pair
    }
    label = places["label"]
    group = places["group"]
  }

  /// The task whose texts are named; nil if none are.
  var task: TaskKind? { texts.isEmpty ? nil : texts.count == 1 ? .sentence : .pair }

  /// Whether a name is given, which the file's first line must have.
  var hasNames: Bool {
    (texts + [label, group].compactMap(\.self)).contains {
      if case .name = $0 { true } else { false }
    }
  }

  /// The selection as it is written on the command line.
  public var description: String {
    let names = texts.count == 1 ? ["text"] : ["text_a", "text_b"]
    var parts = zip(names, texts).map { "\($0)=\($1)" }
    if let label { parts.append("label=\(label)") }
    if let group { parts.append("group=\(group)") }
    return parts.joined(separator: ",")
  }
}

/// The names under which files keep texts and labels, as headers of tables and as keys of JSON Lines.
enum TextNames {
  /// What a row of names says.
  struct Found {
    /// The places of the texts: one, or two of a pair.
    let texts: [Int]
    let label: Int?
    /// Whether the texts are words already, as `SplitWords` writes them, or lists of JSON.
    let areWords: Bool
  }

  /// Those of GLUE's sets, of MRPC and SICK as they are published, and of JSON Lines elsewhere; the first that is there counts.
  private static let pairs = [
    ("sentence1", "sentence2"), ("question1", "question2"), ("premise", "hypothesis"),
    ("text_a", "text_b"), ("sentence_a", "sentence_b"), ("#1 string", "#2 string"),
    ("text1", "text2"), ("question", "sentence"),
  ]
  private static let singles = ["sentence", "text", "content", "review"]
  /// Scores come last: a file that has nothing else is one for regression.
  private static let labels = [
    "label_text", "label", "gold_label", "entailment_judgment", "entailment_label", "quality",
    "is_duplicate", "sentiment", "class", "category", "score", "relatedness_score", "similarity",
  ]

  /// The header of a table's column whose texts are words already.
  static let words = "sentence_words"
  /// The same for the two texts of a pair.
  static let pairOfWords = ["sentence1_words", "sentence2_words"]
  /// The keys of lists of words in JSON.
  static let tokens = ["tokens"]
  /// The same for the two texts of a pair.
  static let pairOfTokens = ["tokens1", "tokens2"]

  /// Finds texts and label among names; nil where there is no text.
  static func find(in names: [String]) -> Found? {
    let names = names.map { $0.lowercased() }
    func place(_ name: String) -> Int? { names.firstIndex(of: name) }
    func found(_ texts: [Int], areWords: Bool) -> Found {
      Found(texts: texts, label: label(in: names), areWords: areWords)
    }
    for (first, second) in [(pairOfWords[0], pairOfWords[1])] + pairs {
      if let first = place(first), let second = place(second) {
        return found([first, second], areWords: names[first] == pairOfWords[0])
      }
    }
    for name in [words] + singles {
      if let text = place(name) { return found([text], areWords: name == words) }
    }
    return nil
  }

  /// Finds the label among names; nil where there is none.
  static func label(in names: [String]) -> Int? {
    let names = names.map { $0.lowercased() }
    return labels.lazy.compactMap { names.firstIndex(of: $0) }.first
  }
}
