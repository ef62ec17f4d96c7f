/// The prefix and the entity type of every label, looked up once so that scoring compares small integers.
///
/// A label's prefix is its first character and its type is what follows the first hyphen: `B-PER` is (B, PER), `I-A-B` is
/// (I, A-B). A label without a type has the type `_`. Tags that the table does not know yet can be added.
public struct TagTable: Sendable {
  /// What the first character of a tag says about the entity that its word may belong to.
  enum Prefix: UInt8, Sendable {
    case outside
    case begin
    case inside
    case end
    case single
    /// A full stop, which conlleval treats as no tag at all.
    case none
    /// Any other character: belongs to an entity, and a new one starts where the type changes.
    case other
  }

  struct Entry: Sendable {
    let prefix: Prefix
    let type: Int32
  }

  /// The labels, in the order of their indices.
  public private(set) var labels: [String] = []
  /// The names of the entity types, in the order in which labels brought them.
  public private(set) var types: [String] = []
  private(set) var entries: [Entry] = []
  private var indexOfLabel: [String: Int32] = [:]
  private var indexOfType: [String: Int32] = [:]

  /// A table in which `labels[i]` has the index i.
  public init(labels: [String] = []) {
    for label in labels { append(label) }
  }

  /// The index of a tag, which is added if it is new.
  public mutating func index(of tag: String) -> Int32 {
    if let known = indexOfLabel[tag] { return known }
    append(tag)
    return Int32(labels.count - 1)
  }

  private mutating func append(_ label: String) {
    let (prefix, name) = TagTable.parse(label)
    let type: Int32
    if let known = indexOfType[name] {
      type = known
    } else {
      type = Int32(types.count)
      types.append(name)
      indexOfType[name] = type
    }
    if indexOfLabel[label] == nil { indexOfLabel[label] = Int32(labels.count) }
    labels.append(label)
    entries.append(Entry(prefix: prefix, type: type))
  }

  private static func parse(_ label: String) -> (prefix: Prefix, type: String) {
    let scalars = label.unicodeScalars
    let prefix: Prefix =
      switch scalars.first {
      case "O", nil: .outside
      case "B": .begin
      case "I": .inside
      case "E": .end
      case "S": .single
      case ".": .none
      default: .other
      }
    let rest = scalars.dropFirst()
    let type = rest.firstIndex(of: "-").map { rest[rest.index(after: $0)...] } ?? rest
    return (prefix, type.isEmpty ? "_" : String(type))
  }
}
