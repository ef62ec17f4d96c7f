import ArgumentParser
import Files
import Glibc

/// What a command writes, which must stand apart from what it reads and from what else it writes.
struct OutputPaths {
  /// A file or folder that an option names.
  typealias Output = (option: String, path: String?)

  private let outputs: [(option: String, path: String)]
  private let inputs: [String]

  /// The files of a model or of a run that other options must not name by accident.
  private static let namesOfOwnFiles: Set<String> = [
    "config.json", "model.safetensors", "model.safetensors.index.json", "vocab.txt",
    "vocabulary.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
    "index.json", "stages.json", "run.json", "metrics.jsonl", "augmented.conll", "report.json",
    "report.html", "report.md", "ablation.json",
  ]

  /// Names what is written and read; what is nil or `-` is no file.
  init(_ outputs: [Output], inputs: [String?]) {
    self.outputs = outputs.compactMap { output in
      output.path.map { (output.option, $0) }
    }
    self.inputs = inputs.compactMap(\.self)
  }

  /// Compares all, however they are spelt and through whatever links, before any work is done.
  ///
  /// - Throws: `ValidationError` that names the two.
  func check() throws {
    let folders = outputs.map(\.path) + inputs
    for (number, output) in outputs.enumerated() {
      guard let place = Self.place(of: output.path) else { continue }
      for other in outputs[..<number] where Self.place(of: other.path) == place {
        throw ValidationError(
          "\(output.option) \(output.path) is what \(other.option) writes; name another file.")
      }
      for input in inputs where Self.place(of: input) == place {
        throw ValidationError(
          "\(output.option) \(output.path) is an input, which would be replaced; name another.")
      }
      if let folder = folders.first(where: { Self.isOwnFile(output.path, of: $0) }) {
        throw ValidationError(
          "\(output.option) \(output.path) is a file of \(folder) itself; name another.")
      }
      for input in inputs where Self.isOwnFile(input, of: output.path) {
        throw ValidationError(
          "The input \(input) is one of the files that \(output.option) \(output.path) replaces; "
            + "name another folder.")
      }
    }
  }

  /// Whether a path is one of the files that a model or run in a folder consists of.
  private static func isOwnFile(_ path: String, of folder: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard namesOfOwnFiles.contains(name), let place = place(of: folder) else { return false }
    return Self.place(of: Folders.parent(of: path)) == place
  }

  /// What is the same for all paths to one file or folder, also where it is not there yet; nil for devices and pipes.
  private static func place(of path: String) -> String? {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard path != "-", !path.isEmpty else { return nil }
    var status = stat()
    if stat(path, &status) == 0 {
      guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
      return "\(status.st_dev):\(status.st_ino)"
    }
    path = AtomicFileWriter.destination(of: path)
    let parent = Folders.parent(of: path)
    guard parent != path else { return nil }
    return place(of: parent).map { "\($0)/\(path.split(separator: "/").last ?? "")" }
  }
}

extension CommonOptions {
  /// Checks that the outputs, `--summary` among them, are apart from one another and from the inputs.
  ///
  /// - Throws: `ValidationError` that names the two.
  func check(_ outputs: [OutputPaths.Output] = [], inputs: [String?]) throws {
    try OutputPaths(outputs + [("--summary", summary)], inputs: inputs).check()
  }
}
