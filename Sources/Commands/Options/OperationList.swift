import ArgumentParser
import Augment

/// Operations as they are written on the command line: `mask,pos,ngram`, in any order, or `none`.
public struct OperationList: ExpressibleByArgument, Sendable {
  /// The operations in the order in which they were given.
  public let operations: [AugmentationOperation]

  /// Takes operations.
  public init(_ operations: [AugmentationOperation]) { self.operations = operations }

  /// Reads `mask,pos,ngram`; nil for an operation that there is not.
  public init?(argument: String) {
    var operations: [AugmentationOperation] = []
    for name in argument == "none"
      ? [] : argument.split(separator: ",", omittingEmptySubsequences: false)
    {
      guard let operation = AugmentationOperation(rawValue: String(name)) else { return nil }
      operations.append(operation)
    }
    self.operations = operations
  }

  /// All operations as they are written on the command line.
  public static let names = OperationList(AugmentationOperation.allCases).defaultValueDescription

  /// As it is written on the command line.
  public var defaultValueDescription: String { operations.map(\.rawValue).joined(separator: ",") }
}
