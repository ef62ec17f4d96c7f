import Augment
import Corpora
import Files
import Labels
import ModelFiles

extension Pipeline {
  /// Refuses a disk that has no room for what the run will write, before hours are spent on it.
  ///
  /// The estimate is a low one: the teacher's weights four times while it is fine-tuned (with the optimiser's two moments and
  /// the best epoch), half of all rows that augmentation can make, and their logits. What the run's folder holds is taken off.
  ///
  /// - Parameter teacher: The teacher as it was given or fetched.
  /// - Throws: `FileError` where the system tells that there is too little room.
  func checkSpace(teacher: HuggingFaceDirectory) throws {
    guard let free = Folders.freeBytes(in: folder.path) else { return }
    let needed = try estimatedBytes(teacher: teacher) - heldBytes
    guard needed > free else { return }
    throw FileError(
      path: folder.path, operation: .write,
      reason: "\(free >> 20) MB are free on its disk and about \(needed >> 20) MB are needed; "
        + "make room, or choose another folder with --run")
  }

  private func estimatedBytes(teacher: HuggingFaceDirectory) throws -> Int {
    let weights = teacher.weightsPaths.reduce(0) { $0 + (Folders.size(of: $1) ?? 0) }
    let rows = train.examples.reduce(0) { $0 + corpora.task.rowCount(of: $1) }
    let text = train.examples.reduce(0) { sum, sentence in
      sum
        + [sentence.words, sentence.tags, sentence.partsOfSpeech].joined().reduce(0) {
          $0 + $1.utf8.count + 1
        }
    }
    let rounds = plan.augmentation.rounds
    let rowBytes = labels.count * MemoryLayout<Float>.size
    return try (isTrained(teacher) ? 0 : 4 * weights)
      + rounds * text / 2 + (rows + rounds * rows / 2) * rowBytes
  }

  /// The bytes of the run's artefacts and checkpoints.
  private var heldBytes: Int {
    let files = [folder.path, folder.teacher, folder.logits].flatMap { path in
      Folders.contents(of: path).map { "\(path)/\($0)" }
    }
    return files.filter { !Folders.isDirectory($0) }
      .reduce(0) { $0 + (Folders.size(of: $1) ?? 0) }
  }
}
