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
    .target(name: "TerminalUI", dependencies: ["Files"]),

    // Numerics.
    .target(name: "Kernels", dependencies: ["CKernels", "Runtime"]),
    .target(name: "BLAS", dependencies: ["Kernels", "Files"]),

    // Text.
    .target(name: "Text"),
    .target(name: "Tokenization", dependencies: ["Text", "Files"]),
    .target(name: "Labels", dependencies: ["Files"]),
    .target(
      name: "CBundledCorpus", path: "Corpora/Bundle", publicHeadersPath: "include"),
    .target(
      name: "Corpora", dependencies: ["CBundledCorpus", "Labels", "Text", "JSON", "Files"],
      path: "Corpora",
      exclude: ["Bundle", "Gazette", "Verdict", "Echo", "PartsOfSpeech", "LICENSE"]),
    .target(
      name: "Augment",
      dependencies: ["Corpora", "Labels", "Text", "Kernels", "Runtime", "JSON", "Files"],
      path: "Augment"),

    // Models.
    .target(
      name: "ModelFiles",
      dependencies: ["Labels", "Tokenization", "Kernels", "Files", "JSON", "Runtime"]),
    .target(name: "Teachers", dependencies: ["Runtime", "Files"]),
    .target(
      name: "StudentFormat",
      dependencies: [
        "ModelFiles", "Labels", "Tokenization", "Text", "Kernels", "Runtime", "Files", "JSON",
      ]),
    .target(
      name: "Tagger",
      dependencies: [
        "StudentFormat", "ModelFiles", "Labels", "Text", "Kernels", "CKernels", "Files",
      ]),
    .target(
      name: "CPartsOfSpeech", path: "Corpora/PartsOfSpeech",
      exclude: ["README.md", "make.sh", "student"], publicHeadersPath: "include"),
    .target(
      name: "PartsOfSpeech",
      dependencies: [
        "Tagger", "StudentFormat", "Corpora", "CPartsOfSpeech", "Runtime", "Files",
      ]),
    .target(name: "Layers", dependencies: ["Labels", "BLAS", "Kernels", "CKernels"]),
    .target(
      name: "Networks",
      dependencies: [
        "Labels", "Layers", "StudentFormat", "ModelFiles", "Tokenization", "Text", "BLAS",
        "Kernels",
        "Runtime", "Files",
      ]),

    // Learning and judging.
    .target(name: "Evaluation", dependencies: ["Files", "Labels", "TerminalUI", "Runtime"]),
    .target(
      name: "Training",
      dependencies: [
        "Networks", "Layers", "ModelFiles", "Kernels", "Runtime", "Files", "CKernels",
      ]),
    .target(
      name: "Distillation",
      dependencies: [
        "Training", "Evaluation", "Networks", "Layers", "StudentFormat", "Teachers", "ModelFiles",
        "Augment", "Corpora", "Labels", "Tokenization", "Text", "BLAS", "Kernels", "TerminalUI",
        "Runtime", "JSON", "Files",
      ]),
    .target(
      name: "StudentComparison",
      dependencies: [
        "Distillation", "Augment", "Training", "Networks", "Layers", "BLAS", "Kernels", "Corpora",
        "Evaluation", "Tagger", "StudentFormat", "Labels", "Teachers", "ModelFiles", "Files",
        "JSON",
        "Runtime", "TerminalUI",
      ]),

    // Doors: the commands as a library, and a program around each of the three.
    .target(
      name: "Commands",
      dependencies: [
        "StudentComparison", "Distillation", "Training", "Networks", "PartsOfSpeech", "Tagger",
        "StudentFormat", "Tokenization", "BLAS", "Kernels", "Augment", "Corpora", "Labels",
        "Evaluation", "Teachers", "ModelFiles", "Files", "JSON", "Runtime", "TerminalUI", "Text",
        argumentParser,
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
      name: "TestSupport", dependencies: ["Kernels", "Files"],
      path: "Tests/Support"),
    .target(
      name: "FuzzReaders",
      dependencies: [
        "StudentComparison", "Distillation", "Corpora", "Labels", "Text", "Tokenization",
        "ModelFiles", "StudentFormat", "Kernels", "TerminalUI", "Files", "JSON",
      ],
      path: "Tests/Fuzz/Readers"),
    tests(for: "FuzzReaders", also: ["Files"]),
    tests(for: "Files"),
    tests(for: "JSON", also: ["Files"], fixtures: true),
    tests(for: "Runtime", also: ["Files"]),
    tests(for: "Kernels", also: ["BLAS", "Runtime", "CKernels"]),
    tests(for: "BLAS", also: ["Kernels"]),
    tests(for: "Labels", also: ["Kernels", "Runtime", "Files"]),
    tests(for: "Text", also: ["Runtime", "Files"], fixtures: true),
    tests(for: "Corpora", also: ["Labels", "Text", "Files"]),
    tests(for: "Tokenization", also: ["Files"], fixtures: true),
    tests(for: "Augment", also: ["Corpora", "Labels", "Runtime", "Files"], fixtures: true),
    tests(
      for: "ModelFiles", also: ["Labels", "Tokenization", "Files", "JSON", "Runtime"],
      fixtures: true),
    tests(for: "Teachers", also: ["Runtime", "Files"]),
    tests(for: "Layers", also: ["Labels", "Kernels", "JSON"], fixtures: true),
    tests(
      for: "Networks",
      also: [
        "Layers", "Tagger", "StudentFormat", "ModelFiles", "Labels", "Tokenization", "Kernels",
        "Runtime", "JSON", "Files",
      ], fixtures: true),
    tests(for: "StudentFormat", also: ["Labels", "Tokenization", "Kernels", "Runtime", "Files"]),
    tests(
      for: "Tagger",
      also: [
        "Networks", "Layers", "StudentFormat", "ModelFiles", "Labels", "Tokenization", "Text",
        "Kernels", "Runtime", "Files",
      ]),
    tests(for: "PartsOfSpeech", also: ["Augment", "Corpora", "Labels"]),
    tests(
      for: "Training",
      also: [
        "Evaluation", "Networks", "Layers", "StudentFormat", "Tokenization", "ModelFiles", "Labels",
        "Kernels", "Runtime", "JSON", "Files",
      ],
      fixtures: true),
    tests(
      for: "Distillation",
      also: [
        "Training", "Evaluation", "Networks", "Layers", "Tagger", "StudentFormat", "ModelFiles",
        "Augment", "Corpora", "Labels", "Tokenization", "Kernels", "Runtime", "JSON", "Files",
      ]),
    tests(for: "Evaluation", also: ["Labels", "Runtime", "Files"], fixtures: true),
    tests(for: "TerminalUI"),
    tests(
      for: "StudentComparison",
      also: [
        "Distillation", "Evaluation", "Augment", "Corpora", "Labels", "TerminalUI", "JSON", "Files",
      ], fixtures: true),
    tests(
      for: "Commands",
      also: ["Distillation", "Training", "Teachers", "Corpora", "Runtime", argumentParser]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

// A file imports each module whose declarations it uses, members among them.
for target in package.targets {
  target.swiftSettings = [.enableUpcomingFeature("MemberImportVisibility")]
}

// The commands carry Swift's libraries, so that they need no toolchain where they run and start faster. Only linking differs:
// everything is compiled once, against the shared libraries, whose modules do not name the two that Foundation is split into.
for target in package.targets where target.type == .executable {
  target.linkerSettings = [
    .unsafeFlags(["-static-stdlib", "-use-ld=lld"]),
    .linkedLibrary("_FoundationCollections"), .linkedLibrary("_FoundationCShims"),
  ]
}

// libFuzzer brings a main of its own, so that only `make fuzz` can link this.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "fuzz", dependencies: ["FuzzReaders"], path: "Tests/Fuzz/Command"))
}
