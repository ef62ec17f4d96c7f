// swift-tools-version: 6.1

import PackageDescription

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A test target for one module, in Tests/NAMETests, with what every test target shares.
func tests(
  for module: String, also dependencies: [Target.Dependency] = [], fixtures: Bool = false
) -> Target {
  .testTarget(
    name: "\(module)Tests",
    dependencies: [.target(name: module), "TestSupport"] + dependencies,
    exclude: fixtures ? ["Fixtures"] : [])
}

let package = Package(
  name: "distill-bilstm",
  products: [
    .library(name: "Tagger", targets: ["Tagger"]),
    .executable(name: "augment", targets: ["AugmentCommand"]),
    .executable(name: "distill-bilstm", targets: ["DistillCommand"]),
    .executable(name: "compare-students", targets: ["CompareCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Ground: the C libraries and files on disk.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(
      name: "CKernels", path: "Sources/CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Files"),
    .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS"]),

    // Text.
    .target(
      name: "CBundledCorpus", path: "Corpora/Bundle", publicHeadersPath: "include"),
    .target(name: "Labels", dependencies: ["Files"]),
    .target(
      name: "Corpora", dependencies: ["Labels", "Files", "ModelFiles", "CBundledCorpus"],
      path: "Corpora",
      exclude: ["Bundle", "Gazette"]),
    .target(name: "Tokenization", dependencies: ["Files"]),
    .target(
      name: "Augment", dependencies: ["Corpora", "Labels", "Files", "Kernels"], path: "Augment",
      exclude: ["Command"]),

    // Models.
    .target(name: "ModelFiles", dependencies: ["CKernels", "Files"]),
    .target(name: "Layers", dependencies: ["Kernels", "CKernels", "Labels"]),
    .target(
      name: "Networks",
      dependencies: ["Layers", "Kernels", "ModelFiles", "Files", "Tokenization", "Tagger"]),
    .target(
      name: "Tagger",
      dependencies: ["CKernels", "Files", "Labels", "ModelFiles", "Tokenization"]),

    // Learning and judging.
    .target(
      name: "Training",
      dependencies: [
        "Networks", "Layers", "Kernels", "CKernels", "Corpora", "ModelFiles", "Files", "Evaluation",
      ]),
    .target(name: "Evaluation", dependencies: ["Labels", "Files", "Kernels", "TerminalUI"]),
    .target(
      name: "Distillation",
      dependencies: [
        "Training", "Networks", "Layers", "Kernels", "Augment", "Corpora", "Evaluation",
        "Tagger", "Labels", "ModelFiles", "Files", "TerminalUI",
      ]),
    .target(
      name: "StudentComparison",
      dependencies: [
        "Distillation", "Augment", "Training", "Networks", "Layers", "Kernels", "Corpora",
        "Evaluation",
        "Tagger", "Labels", "ModelFiles", "Files", "TerminalUI",
      ]),

    // Commands.
    .target(name: "TerminalUI"),
    .target(
      name: "CommandSupport",
      dependencies: ["Files", "Kernels", "ModelFiles", "TerminalUI", argumentParser]),
    .target(
      name: "CommandOptions",
      dependencies: [
        "Distillation", "Training", "Corpora", "Labels", "Augment", "ModelFiles", "CommandSupport",
        "TerminalUI", argumentParser,
      ]),
    .executableTarget(
      name: "AugmentCommand",
      dependencies: [
        "Augment", "Corpora", "Files", "Kernels", "ModelFiles", "CommandOptions", "CommandSupport",
        argumentParser,
      ],
      path: "Augment/Command"),
    .executableTarget(
      name: "DistillCommand",
      dependencies: [
        "Distillation", "Training", "Networks", "Tagger", "Tokenization", "Kernels", "Augment",
        "Corpora", "Labels", "Evaluation", "ModelFiles", "Files", "CommandOptions",
        "CommandSupport", "TerminalUI", argumentParser,
      ],
      path: "Sources/distill-bilstm"),
    .executableTarget(
      name: "CompareCommand",
      dependencies: [
        "StudentComparison", "Distillation", "Tagger", "Kernels", "ModelFiles", "Files",
        "CommandOptions", "CommandSupport", "TerminalUI", argumentParser,
      ],
      path: "Sources/compare-students"),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Files", "ModelFiles"], path: "Tests/Support"),
    .target(
      name: "FuzzReaders",
      dependencies: ["Corpora", "Labels", "Tokenization", "ModelFiles", "Tagger", "Files"],
      path: "Tests/Fuzz/Readers"),
    tests(for: "FuzzReaders", also: ["Files"]),
    tests(for: "Files"),
    tests(for: "Kernels", also: ["CKernels"]),
    tests(for: "Labels", also: ["Kernels"]),
    tests(for: "Corpora", also: ["Labels", "Files"]),
    tests(for: "Tokenization", also: ["Files"], fixtures: true),
    tests(for: "Augment", also: ["Corpora", "Kernels", "Files"], fixtures: true),
    tests(for: "ModelFiles", also: ["Files"], fixtures: true),
    tests(for: "Layers", also: ["Kernels", "Labels", "ModelFiles"], fixtures: true),
    tests(
      for: "Networks", also: ["Tagger", "Layers", "Kernels", "ModelFiles", "Tokenization"],
      fixtures: true),
    tests(
      for: "Tagger",
      also: [
        "Networks", "Layers", "Kernels", "CKernels", "Tokenization", "Labels", "ModelFiles",
        "Files",
      ],
      fixtures: true),
    tests(
      for: "Training",
      also: ["Networks", "Layers", "Kernels", "ModelFiles", "Files", "Evaluation"], fixtures: true),
    tests(
      for: "Distillation",
      also: [
        "Networks", "Tagger", "Tokenization", "Layers", "Kernels", "Corpora", "Labels",
        "Evaluation", "ModelFiles", "Files",
      ]),
    tests(for: "Evaluation", also: ["Labels", "Files", "TerminalUI"], fixtures: true),
    tests(for: "TerminalUI"),
    tests(
      for: "StudentComparison",
      also: ["Evaluation", "Labels", "ModelFiles", "Distillation", "Corpora"],
      fixtures: true),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

// libFuzzer brings a main of its own, so that only `make fuzz` can link this.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "fuzz", dependencies: ["FuzzReaders"], path: "Tests/Fuzz/Command"))
}
