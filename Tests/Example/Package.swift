// swift-tools-version: 6.1

import PackageDescription

// A program that uses the library product Tagger, as one outside this package would.
let package = Package(
  name: "tag-string",
  dependencies: [
    .package(name: "distill-bilstm", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "tag-string",
      dependencies: [.product(name: "Tagger", package: "distill-bilstm")])
  ],
  swiftLanguageModes: [.v6]
)
