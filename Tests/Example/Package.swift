// swift-tools-version: 6.1

import PackageDescription

// Programs that use the library product Tagger, as some outside this package would.
let package = Package(
  name: "tag-string",
  dependencies: [
    .package(name: "distill-bilstm", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "tag-string",
      dependencies: [.product(name: "Tagger", package: "distill-bilstm")]),
    .executableTarget(
      name: "classify-text",
      dependencies: [.product(name: "Tagger", package: "distill-bilstm")]),
  ],
  swiftLanguageModes: [.v6]
)
