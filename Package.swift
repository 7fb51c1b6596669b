// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "gradus",
  products: [.executable(name: "gradus", targets: ["gradus"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // MARK: - Words
    .target(name: "Homework", swiftSettings: strict),
    .target(name: "Notation", swiftSettings: strict),

    // MARK: - Pure
    .target(name: "CElementary"),
    .target(
      name: "Compute",
      dependencies: ["CElementary", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: strict),
    .target(name: "Semantics", dependencies: ["Notation", "Compute"], swiftSettings: strict),
    .target(
      name: "Checking", dependencies: ["Homework", "Notation", "Semantics", "Compute"],
      swiftSettings: strict),

    // MARK: - Edges
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "Rubrics", dependencies: ["Homework", "CLibXML2"], swiftSettings: strict),
    .target(name: "Submissions", dependencies: ["Homework"], swiftSettings: strict),
    .target(
      name: "Gradebook",
      dependencies: ["Homework", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Homework"], swiftSettings: strict),
    .target(name: "Recovery", swiftSettings: strict),

    // MARK: - The command
    .executableTarget(
      name: "gradus",
      dependencies: [
        "Homework", "Notation", "Compute", "Semantics", "Checking", "Rubrics", "Submissions",
        "Gradebook", "Reports", "Recovery",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "gradus-bench", dependencies: ["Homework", "Compute", "Submissions", "Gradebook"],
      path: "Sources/bench", swiftSettings: strict),

    // MARK: - Tests
    .testTarget(name: "NotationTests", dependencies: ["Notation"], swiftSettings: strict),
    .testTarget(name: "ComputeTests", dependencies: ["Compute"], swiftSettings: strict),
    .testTarget(
      name: "SemanticsTests", dependencies: ["Semantics", "Notation", "Compute"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckingTests",
      dependencies: ["Checking", "Homework", "Rubrics", "Submissions"],
      swiftSettings: strict),
    .testTarget(
      name: "RubricsTests", dependencies: ["Rubrics", "Homework"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "SubmissionsTests", dependencies: ["Submissions", "Homework"], swiftSettings: strict),
    .testTarget(
      name: "GradebookTests", dependencies: ["Gradebook", "Homework"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Homework"],
      exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(
      name: "GradusTests",
      dependencies: ["gradus", "Homework", "Rubrics", "Checking"],
      exclude: ["Snapshots"], swiftSettings: strict),
  ]
)
