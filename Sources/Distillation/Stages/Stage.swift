import Files
import Runtime

/// One step of a run that leaves an artefact on disk: the teacher, the augmented corpus, the logits, a student, a score.
///
/// Its key is made of lines `name=value`: the content of all that it reads, and its settings. A stage is run unless the run's
/// folder has noted this key and the artefact is, by size and SHA-256, as it was left.
public struct Stage: Sendable {
  /// The name in stages.json and for messages; the stem of its checkpoint's name.
  public let name: String
  /// The file or the folder that it leaves.
  public let artefact: String
  /// What the artefact is made from.
  public let key: String
  /// How the first version of stages.json knew the same artefact; nil for a stage that it had not.
  let former: FormerKey?

  /// Describes a stage.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - artefact: The file or the folder that it leaves.
  ///   - inputs: The lines `name=value` of all that decides the artefact's content.
  ///   - former: How the first version of stages.json knew the same artefact.
  public init(
    _ name: String, artefact: String, inputs: [String], former: FormerKey? = nil
  ) {
    self.name = name
    self.artefact = artefact
    self.former = former
    key = ContentHash.key(of: ["stage=\(name)"] + inputs)
  }

  /// Runs the stage, if its artefact is not up to date.
  ///
  /// - Parameters:
  ///   - folder: The run.
  ///   - observe: Told that the artefact is up to date, or why one that was made under this key does not count.
  ///   - make: Makes the artefact.
  /// - Returns: The hash of the artefact's content, for the keys of the stages that read it.
  /// - Throws: What `make` throws, `FileError` when the system cannot read or write.
  public func run(
    in folder: RunFolder, observe: PipelineObserver, _ make: () throws -> Void
  ) throws -> String {
    if let note = folder.note(of: self) {
      switch state(note) {
      case .made(let digest):
        observe(.message("\(name): \(artefact) is up to date"))
        // A process that was killed behind its note has left its checkpoint.
        try Folders.remove(folder.checkpoint(of: name))
        return try digest ?? folder.finish(self)
      case .changed(let reason): observe(.message("\(name): \(reason), so it is made again"))
      case .otherInputs: break
      }
    }
    try folder.begin(self)
    try make()
    return try folder.finish(self)
  }

  /// How what is noted fits what is there and what is wanted.
  private enum State {
    /// The artefact is as it was left; its hash, or nil where none was noted.
    case made(digest: String?)
    /// The artefact is not as it was left, or nobody can tell; why, in words.
    case changed(String)
    /// Something else was made.
    case otherInputs
  }

  private func state(_ note: RunFolder.Note) -> State {
    if let files = note.files {
      guard note.key == key else { return .otherInputs }
      if let difference = files.difference(from: artefact) { return .changed(difference) }
      return .made(digest: files.digest)
    }
    // The first version noted no checksums, and its keys left some files out: their dates must do.
    guard let former, note.key == former.key else { return .otherInputs }
    let younger = (ArtefactFiles.paths(of: artefact) + former.unkeyed).first {
      Folders.modificationTime(of: $0) ?? .max > note.date
    }
    if let younger {
      return .changed(
        "\(younger) is gone or younger than the note of an earlier version, which has no checksums")
    }
    return .made(digest: nil)
  }
}
