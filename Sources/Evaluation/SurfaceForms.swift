import Files
import Labels

/// The entities of a training corpus by their surface form: the words with a space between them, in their own case.
///
/// A form is seen if it is annotated in the training corpus as an entity of any type. `Apple` and `apple` are two forms.
public struct SurfaceForms: Sendable {
  private var forms: Set<ByteString> = []

  /// No form at all.
  public init() {}

  /// How many different forms there are.
  public var count: Int { forms.count }

  /// Adds the entities of a sentence with one tag a word.
  public mutating func add(words: [String], tags: [String]) {
    for span in EntitySpan.spans(of: tags) { forms.insert(SurfaceForms.form(span, words)) }
  }

  /// Whether the entity's form is among them.
  public func contain(_ span: EntitySpan, in words: [String]) -> Bool {
    forms.contains(SurfaceForms.form(span, words))
  }

  private static func form(_ span: EntitySpan, _ words: [String]) -> ByteString {
    ByteString(words[span.words].joined(separator: " "))
  }
}
