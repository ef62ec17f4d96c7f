import Files

/// How names stand for tags in a file: with a letter before the type, as `EntityTag` reads them, or as plain types.
enum TagName: Equatable {
  /// `O`.
  case outside
  /// A tag with a letter, such as `B-PER`.
  case marked
  /// A type without a letter, such as `PER`: a tag of the scheme IO.
  case plain
  /// Text that is none of them; the tag that may be meant, if there is one.
  case wrong(meant: String?)

  /// Says what a name is.
  init(_ name: String) {
    if let tag = EntityTag(name) {
      self = tag.mark == .outside ? .outside : .marked
      return
    }
    let scalars = Array(name.unicodeScalars)
    let meant = Self.meant(scalars)
    // A letter that no scheme has, and a hyphen behind it, is a slip and no type.
    let isLetter = scalars[...].prefix(1).allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
    let isSlip = isLetter && (scalars.count == 1 || scalars.count > 1 && scalars[1] == "-")
    if meant == nil, !isSlip, scalars.contains(where: \.properties.isAlphabetic),
      !Self.isDefault(name)
    {
      self = .plain
    } else {
      self = .wrong(meant: meant)
    }
  }

  /// Whether a name is one of those that transformers gives to labels without a name, such as `LABEL_0`.
  static func isDefault(_ name: String) -> Bool {
    let prefix = "LABEL_"
    return name.utf8.starts(with: prefix.utf8) && name.utf8.count > prefix.utf8.count
      && name.utf8.dropFirst(prefix.utf8.count).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The tag that a name nearly is: in small letters, with the type first, or with another sign than a hyphen.
  private static func meant(_ name: [Unicode.Scalar]) -> String? {
    func tag(_ mark: Unicode.Scalar, _ sign: Unicode.Scalar, _ type: ArraySlice<Unicode.Scalar>)
      -> String?
    {
      let upper = Unicode.Scalar(mark.value & ~0x20) ?? mark
      guard upper.isASCII, EntityTag.Mark(rawValue: UInt8(truncatingIfNeeded: upper.value)) != nil,
        upper != "O" || type.isEmpty, ["-", "_", ":", "."].contains(sign), !type.isEmpty
      else { return nil }
      var text = String.UnicodeScalarView([upper, "-"])
      text.append(contentsOf: type)
      return String(text)
    }
    if name == ["o"] || name == ["0"] { return "O" }
    guard name.count > 2 else { return nil }
    return tag(name[0], name[1], name[2...])
      ?? tag(name[name.count - 1], name[name.count - 2], name[..<(name.count - 2)])
  }
}

extension LabelSet {
  /// Reads the names of a model's labels, once and for all: whoever asks a model for its labels gets them from here.
  ///
  /// Types without a letter are tags of the scheme IO: `PER` becomes `I-PER`.
  ///
  /// - Parameters:
  ///   - names: The names by index.
  ///   - file: The file that gives them.
  /// - Throws: `DataError` for names that are no tags, tags with a letter beside others without, and IO tags without an `O`.
  public init(ofModel names: [String], file: String) throws(DataError) {
    let readings = names.map(TagName.init)
    if let place = readings.firstIndex(where: { if case .wrong = $0 { true } else { false } }) {
      var meant: String?
      if case .wrong(let tag) = readings[place] { meant = tag }
      let isDefault = TagName.isDefault(names[place])
      throw DataError(
        file: file,
        found: isDefault
          ? "the labels \(Self.shown(names)), which are no tags"
          : "the label \"\(names[place])\", which is no tag",
        expected: Self.expected,
        remedy: meant.map { "write it as \($0) in id2label" }
          ?? "name the labels in id2label, such as {\"0\": \"O\", \"1\": \"B-PER\", \"2\": \"I-PER\"}"
      )
    }
    if let plain = readings.firstIndex(of: .plain) {
      if let marked = readings.firstIndex(of: .marked) {
        throw DataError(
          file: file, found: "the label \"\(names[plain])\" beside \"\(names[marked])\"",
          expected: "labels that all have B- or I- before the type, or none of them",
          remedy: "name them alike in id2label")
      }
      guard readings.contains(.outside) else {
        throw DataError(
          file: file, found: "the labels \(Self.shown(names)), none of which is O",
          expected: Self.expected,
          remedy:
            "name the label of words outside all entities O in id2label; tags that every word "
            + "has, such as parts of speech, begin with B-")
      }
    }
    self.init(names: zip(names, readings).map { $1 == .plain ? "I-\($0)" : $0 })
  }

  private static let expected =
    "O, B-TYPE and I-TYPE, those of BIOES or BILOU, or O and plain types"

  /// The first names, with an ellipsis where there are more.
  private static func shown(_ names: [String]) -> String {
    names.prefix(8).joined(separator: " ") + (names.count > 8 ? " …" : "")
  }
}
