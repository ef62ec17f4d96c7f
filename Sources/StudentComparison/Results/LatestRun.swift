import Files
import Glibc

/// The run that was compared last.
public enum LatestRun {
  /// The folder below `parent` whose report.json or ablation.json is the youngest.
  ///
  /// - Throws: `FileError` if there is none.
  public static func path(below parent: String) throws -> String {
    var latest: (path: String, seconds: Int)?
    for name in Folders.contents(of: parent) {
      for file in [RunReport.files.comparison, RunReport.files.ablation] {
        var status = stat()
        guard stat("\(parent)/\(name)/\(file)", &status) == 0 else { continue }
        let seconds = status.st_mtim.tv_sec
        if seconds > latest?.seconds ?? -1 { latest = ("\(parent)/\(name)", seconds) }
      }
    }
    guard let latest else {
      throw FileError(
        path: parent, operation: .open, reason: "no comparison in it yet; run: compare-students run"
      )
    }
    return latest.path
  }
}
