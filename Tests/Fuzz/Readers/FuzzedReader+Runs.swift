import Distillation
import Files
import Glibc
import JSON
import Kernels
import Labels
import ModelFiles
import StudentComparison
import StudentFormat
import TerminalUI

/// What a run folder and the models in it consist of.
extension FuzzedReader {
  /// The labels of a model, which are tags whatever the model calls them.
  static func readLabels(_ bytes: UnsafeRawBufferPointer) throws {
    let json = try JSONValue.parse(bytes, file: "fuzz")
    let names = try ModelConfiguration(json, file: "fuzz").labels
    let labels = try LabelSet(ofModel: names, file: "fuzz")
    precondition(labels.count == names.count, "\(labels.count) labels of \(names.count) names")
    precondition(labels.names.allSatisfy { EntityTag($0) != nil }, "a label that is no tag")
    _ = labels.tags(of: labels.names.indices)
  }

  /// A student's sizes, which can be laid out, and its labels.
  static func readStudent(_ bytes: UnsafeRawBufferPointer) throws {
    try withFile(of: bytes) { path in
      let configuration = try StudentConfiguration(path: path)
      precondition(!configuration.labels.isEmpty, "a student without labels")
      precondition(StudentGraph(configuration).layout.count > 0, "a student without parameters")
    }
  }

  /// The stages of a run, one of which asks whether it is up to date; nothing outside the run's folder may change.
  static func readStages(_ bytes: UnsafeRawBufferPointer) throws {
    struct Made: Error {}
    try withFolder { folder in
      let run = "\(folder)/run"
      try Folders.create("\(run)/logits")
      try write(bytes, to: "\(run)/stages.json")
      let stage = Stage("logits", artefact: "\(run)/logits", inputs: [])
      let files = Folders.contents(of: folder)
      do {
        _ = try stage.run(in: RunFolder(path: run), observe: { _ in }, { throw Made() })
      } catch is Made {
        _ = try RunFolder(path: run)
      }
      precondition(Folders.contents(of: folder) == files, "a file outside the run")
    }
  }

  /// A store, all of whose numbers are read.
  static func readLogits(_ bytes: UnsafeRawBufferPointer) throws {
    try withFolder { folder in
      let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
      try write(UnsafeRawBufferPointer(rebasing: bytes[..<end]), to: "\(folder)/index.json")
      try write(
        UnsafeRawBufferPointer(rebasing: bytes[end...].dropFirst()), to: "\(folder)/shard")
      let store = try LogitStore(path: folder)
      let words = (0..<store.exampleCount).reduce(0) { $0 + store.rowCount(of: $1) }
      precondition(words == store.rowCount, "\(words) words and \(store.rowCount) rows")
      for row in 0..<store.rowCount {
        let logits = UnsafeBufferPointer(start: store.row(row), count: store.labels.count)
        precondition(logits.allSatisfy(\.isFinite), "a logit that is not finite")
      }
    }
  }

  /// The report of a comparison, which reads back as it was.
  static func readComparison(_ bytes: UnsafeRawBufferPointer) throws {
    let json = try JSONValue.parse(bytes, file: "fuzz")
    let report = try ComparisonReport(json: json, file: "fuzz")
    let again = try ComparisonReport(json: report.json, file: "fuzz")
    precondition(again == report, "another report after a round trip")
    show(RunReport(comparison: report, ablation: nil))
  }

  /// The report of an ablation, which reads back as it was.
  static func readAblation(_ bytes: UnsafeRawBufferPointer) throws {
    let json = try JSONValue.parse(bytes, file: "fuzz")
    let report = try AblationReport(json: json, file: "fuzz")
    let again = try AblationReport(json: report.json, file: "fuzz")
    precondition(again == report, "another ablation after a round trip")
    show(RunReport(comparison: nil, ablation: report))
  }

  /// Shows a report in all its forms, none of which holds what a terminal or a browser would obey.
  private static func show(_ report: RunReport) {
    for text in [report.markdown(), report.html(), report.terminalText()] {
      precondition(
        text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isControlling }, "a control character")
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
    guard let file = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
    defer { fclose(file) }
    precondition(fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count, "\(path)")
  }

  /// Calls `body` with the path of an empty folder, which is removed afterwards.
  private static func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("\(Folders.temporary)/distill-bilstm-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("no temporary folder") }
    let folder = template.withUnsafeBufferPointer {
      $0.baseAddress.map { String(cString: $0) } ?? ""
    }
    defer { remove(folder) }
    try body(folder)
  }

  private static func remove(_ path: String) {
    if Glibc.remove(path) == 0 { return }
    for name in Folders.contents(of: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
