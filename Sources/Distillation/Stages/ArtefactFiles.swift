import Files
import JSON
import Runtime

/// The files of an artefact with their sizes and SHA-256, as stages.json keeps them: what a stage has left can be told from
/// what stands there later.
public struct ArtefactFiles: Sendable, Equatable {
  /// One file.
  struct Entry: Sendable, Equatable {
    /// The name within the artefact's folder.
    let name: String
    /// The size in bytes.
    let size: Int
    /// The SHA-256 of the content.
    let sha256: String
  }

  /// The files, sorted by name.
  let entries: [Entry]

  /// A model card is for people, who may edit it.
  private static let uncheckedName = "README.md"
  /// The record of a training holds seconds, which are others each time; no stage reads it to make something.
  private static let timedName = "training.json"

  /// Reads the files of an artefact: the file itself, or the files of a folder but for its README.md.
  ///
  /// - Throws: `FileError` if one cannot be read.
  public init(of artefact: String) throws {
    let folder = Self.folder(of: artefact)
    entries = try Self.names(of: artefact).map { name in
      let path = "\(folder)/\(name)"
      return Entry(
        name: name, size: Folders.size(of: path) ?? 0, sha256: try ContentHash.sha256(file: path))
    }
  }

  /// Reads what stages.json says; nil for anything that this program does not write.
  init?(json: JSONValue?) {
    guard let object = json?.object, object.count > 0 else { return nil }
    var entries: [Entry] = []
    for (name, value) in object {
      guard let size = value["bytes"]?.int, let sha256 = value["sha256"]?.string else { return nil }
      entries.append(Entry(name: name, size: size, sha256: sha256))
    }
    self.entries = entries
  }

  /// What stages.json says.
  var json: JSONValue {
    .object(
      JSONObject(
        entries.map { entry in
          (entry.name, ["bytes": .integer(entry.size), "sha256": .string(entry.sha256)])
        }))
  }

  /// The hash of all that a later stage may read.
  public var digest: String {
    ContentHash.key(
      of: entries.filter { $0.name != Self.timedName }.map { "\($0.name)=\($0.sha256)" })
  }

  /// How an artefact differs from what was noted, in words; nil if it does not.
  ///
  /// Only files that stand in the artefact are opened, whatever names were noted. Sizes are compared before any content is.
  func difference(from artefact: String) -> String? {
    guard Folders.exists(artefact) else { return "\(artefact) is gone" }
    let folder = Self.folder(of: artefact)
    let present = Set(Self.names(of: artefact).map(ByteString.init))
    for entry in entries where !present.contains(ByteString(entry.name)) {
      return "\(artefact) lacks \(entry.name)"
    }
    for entry in entries where Folders.size(of: "\(folder)/\(entry.name)") != entry.size {
      return "\(folder)/\(entry.name) has another size than it was left with"
    }
    for entry in entries
    where (try? ContentHash.sha256(file: "\(folder)/\(entry.name)")) != entry.sha256 {
      return "\(folder)/\(entry.name) has another content than it was left with"
    }
    return nil
  }

  /// The paths of the files of an artefact; the artefact's own where it has none.
  static func paths(of artefact: String) -> [String] {
    let paths = names(of: artefact).map { "\(folder(of: artefact))/\($0)" }
    return paths.isEmpty ? [artefact] : paths
  }

  private static func folder(of artefact: String) -> String {
    Folders.isDirectory(artefact) ? artefact : Folders.parent(of: artefact)
  }

  /// The names of the files that count.
  private static func names(of artefact: String) -> [String] {
    guard Folders.isDirectory(artefact) else { return [Folders.name(of: artefact)] }
    return Folders.contents(of: artefact).filter {
      $0 != uncheckedName && !$0.hasSuffix(".tmp") && !Folders.isDirectory("\(artefact)/\($0)")
    }
  }
}
