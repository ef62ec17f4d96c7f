/// A word that the splitter found: where it stands, and what it says about the end of the sentence.
struct SplitWord {
  /// What a word says about the end of its sentence.
  enum Ending: UInt8 {
    /// Nothing.
    case none
    /// A sentence ends with it where white space follows: ".", "?!".
    case terminator
    /// A sentence ends with it wherever it stands: "。".
    case fullWidthTerminator
    /// An abbreviation with which a sentence may end: "U.S."
    case abbreviation
    /// A word with a dot with which no sentence ends: "Mr.", "J."
    case open
  }

  /// The bytes of the word in the text.
  var start: Int
  var end: Int
  var ending = Ending.none
}
