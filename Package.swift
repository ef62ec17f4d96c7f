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
    .executable(name: "augment", targets: ["AugmentMain"]),
    .executable(name: "distill-bilstm", targets: ["DistillMain"]),
    .executable(name: "compare-students", targets: ["CompareMain"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Ground: files, JSON, what a process is and does, loops in C.
    .target(
      name: "CKernels", path: "Sources/CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Files"),
    .target(name: "JSON", dependencies: ["Files"]),
    .target(name: "Runtime", dependencies: ["CKernels", "Files"]),
    .target(name: "TerminalUI"),

    // Numerics.
    .target(name: "Kernels", dependencies: ["CKernels", "Runtime"]),
    .target(name: "BLAS", dependencies: ["Kernels", "Files"]),

    // Text.
    .target(name: "Text"),
    .target(
      name: "CBundledCorpus", path: "Corpora/Bundle", publicHeadersPath: "include"),
    .target(name: "Labels", dependencies: ["Files"]),
    .target(
      name: "Corpora",
      dependencies: ["Labels", "Text", "Files", "JSON", "Runtime", "CBundledCorpus"],
      path: "Corpora", exclude: ["Bundle", "Gazette"]),
    .target(name: "Tokenization", dependencies: ["Files"]),
    .target(
      name: "Augment", dependencies: ["Corpora", "Labels", "Files", "Runtime"], path: "Augment"),

    // Models.
    .target(name: "ModelFiles", dependencies: ["Files", "JSON", "Runtime"]),
    .target(name: "Teachers", dependencies: ["ModelFiles", "Files", "JSON", "Runtime"]),
    .target(
      name: "Tagger",
      dependencies: [
        "CKernels", "Files", "JSON", "Labels", "Text", "Runtime", "ModelFiles", "Tokenization",
      ]),
    .target(name: "Layers", dependencies: ["BLAS", "Kernels", "CKernels", "Runtime", "Labels"]),
    .target(
      name: "Networks",
      dependencies: [
        "Layers", "BLAS", "Kernels", "Runtime", "ModelFiles", "JSON", "Files", "Text",
        "Tokenization", "Tagger",
      ]),

    // Learning and judging.
    .target(name: "Evaluation", dependencies: ["Labels", "Files", "Runtime", "TerminalUI"]),
    .target(
      name: "Training",
      dependencies: [
        "Networks", "Layers", "Kernels", "CKernels", "Corpora", "ModelFiles", "Files", "JSON",
        "Runtime", "Evaluation",
      ]),
    .target(
      name: "Distillation",
      dependencies: [
        "Training", "Networks", "Layers", "BLAS", "Kernels", "Augment", "Corpora", "Evaluation",
        "Tagger", "Labels", "Text", "Teachers", "ModelFiles", "Files", "JSON", "Runtime",
        "TerminalUI",
      ]),
    .target(
      name: "StudentComparison",
      dependencies: [
        "Distillation", "Augment", "Training", "Networks", "Layers", "BLAS", "Kernels", "Corpora",
        "Evaluation", "Tagger", "Labels", "Teachers", "ModelFiles", "Files", "JSON", "Runtime",
        "TerminalUI",
      ]),

    // Doors: the commands as a library, and a program around each of the three.
    .target(
      name: "Commands",
      dependencies: [
        "StudentComparison", "Distillation", "Training", "Networks", "Tagger", "Tokenization",
        "BLAS", "Kernels", "Augment", "Corpora", "Labels", "Evaluation", "Teachers", "ModelFiles",
        "Files", "JSON", "Runtime", "TerminalUI", "Text", argumentParser,
      ]),
    .executableTarget(
      name: "AugmentMain", dependencies: ["Commands"], path: "Sources/Executables/Augment"),
    .executableTarget(
      name: "DistillMain", dependencies: ["Commands"], path: "Sources/Executables/DistillBiLSTM"),
    .executableTarget(
      name: "CompareMain", dependencies: ["Commands"],
      path: "Sources/Executables/CompareStudents"),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Files", "JSON", "Kernels", "Runtime"],
      path: "Tests/Support"),
    .target(
      name: "FuzzReaders",
      dependencies: [
        "Corpora", "Labels", "Text", "Tokenization", "ModelFiles", "Tagger", "Files", "JSON",
      ],
      path: "Tests/Fuzz/Readers"),
    tests(for: "FuzzReaders", also: ["Files"]),
    tests(for: "Files"),
    tests(for: "JSON", also: ["Files"], fixtures: true),
    tests(for: "Runtime", also: ["Files"]),
    tests(for: "Kernels", also: ["BLAS", "CKernels", "Runtime"]),
    tests(for: "BLAS", also: ["Kernels"]),
    tests(for: "Labels", also: ["Kernels", "Runtime"]),
    tests(for: "Text", also: ["Runtime", "Files"], fixtures: true),
    tests(for: "Corpora", also: ["Labels", "Text", "Files"]),
    tests(for: "Tokenization", also: ["Files"], fixtures: true),
    tests(for: "Augment", also: ["Corpora", "Runtime", "Files"], fixtures: true),
    tests(for: "ModelFiles", also: ["Files", "JSON", "Runtime"], fixtures: true),
    tests(for: "Teachers", also: ["ModelFiles", "Files", "JSON", "Runtime"]),
    tests(
      for: "Layers", also: ["BLAS", "Kernels", "Labels", "ModelFiles", "Runtime"], fixtures: true),
    tests(
      for: "Networks",
      also: [
        "Tagger", "Layers", "BLAS", "Kernels", "Runtime", "ModelFiles", "JSON", "Tokenization",
      ],
      fixtures: true),
    tests(
      for: "Tagger",
      also: [
        "Networks", "Layers", "BLAS", "Kernels", "CKernels", "Runtime", "Tokenization", "Labels",
        "ModelFiles", "JSON", "Files", "Text",
      ]),
    tests(
      for: "Training",
      also: [
        "Networks", "Layers", "BLAS", "Kernels", "Runtime", "ModelFiles", "JSON", "Files",
        "Evaluation",
      ], fixtures: true),
    tests(
      for: "Distillation",
      also: [
        "Networks", "Tagger", "Tokenization", "Layers", "BLAS", "Kernels", "Runtime", "Corpora",
        "Labels", "Evaluation", "Teachers", "ModelFiles", "JSON", "Files",
      ]),
    tests(for: "Evaluation", also: ["Labels", "Files", "Runtime", "TerminalUI"], fixtures: true),
    tests(for: "TerminalUI"),
    tests(
      for: "StudentComparison",
      also: ["Evaluation", "Labels", "ModelFiles", "JSON", "Runtime", "Distillation", "Corpora"],
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
