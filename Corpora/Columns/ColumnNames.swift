/// The names of a column file's columns, as its first line may give them.
///
/// That line is either a row of names, such as `token pos ner_tag`, or the declaration of CoNLL-U Plus,
/// `# global.columns = FORM UPOS NER` (universaldependencies.org/ext-format.html).
struct ColumnNames {
  /// The names, in lower case without what is neither letter nor digit.
  private let names: [String]

  private static let words = ["form", "word", "words", "token", "tokens", "text"]
  private static let partsOfSpeech = [
    "upos", "pos", "postag", "postags", "xpos", "partofspeech",
  ]
  private static let tags = [
    "ner", "tag", "tags", "nertag", "nertags", "netag", "ne", "label", "labels", "entity",
    "entities", "iob", "iob1", "iob2", "bio", "bilou", "bioes",
  ]
  private static let others = [
    "id", "index", "idx", "tokenid", "wordid", "sentence", "sentenceid", "sentid", "sentenceidx",
    "doc", "docid", "lemma", "lemmas", "feats", "head", "deprel", "deps", "misc", "chunk",
    "chunktag", "chunktags", "start", "end", "offset",
  ]

  /// What opens a declaration.
  private static let declaration = "# global.columns"

  /// The line that declares a word, its part of speech and its tag, as far as they are there.
  static func declaration(partOfSpeech: Bool, tag: Bool) -> String {
    "\(declaration) = FORM\(partOfSpeech ? " UPOS" : "")\(tag ? " NER" : "")\n"
  }

  /// Whether they are those of CoNLL-U.
  var areThoseOfConllu: Bool {
    names == ["id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc"]
  }

  /// The number of columns.
  var count: Int { names.count }

  /// Takes a row for names if all of its fields are names of columns and one is that of the word.
  init?(row fields: [String]) {
    names = fields.map(Self.plain)
    let known = Self.words + Self.partsOfSpeech + Self.tags + Self.others
    guard count >= 2, names.allSatisfy(known.contains), selection != nil else { return nil }
  }

  /// Reads a declaration, which may name columns that are not known here.
  init?(declaredBy line: [UInt8]) {
    let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
    guard line.starts(with: Self.declaration.utf8), parts.count == 2 else { return nil }
    let text = String(decoding: parts[1], as: UTF8.self)
    names = text.split(whereSeparator: \.isWhitespace).map { Self.plain(String($0)) }
    guard selection != nil else { return nil }
  }

  /// Where word, part of speech and tag are; nil where no column or more than one is named for the word.
  var selection: ColumnSelection? {
    let places = names.indices.filter { Self.words.contains(names[$0]) }
    guard places.count == 1, let word = places.first else { return nil }
    func place(_ known: [String]) -> Int? {
      known.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    return ColumnSelection(
      word: word, partOfSpeech: place(Self.partsOfSpeech), tag: place(Self.tags))
  }

  private static func plain(_ name: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars
    where scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
      plain.append(scalar)
    }
    return String(plain)
  }
}
