import Files

/// The folder `Tests` of this checkout.
public let testsFolder: String = {
  var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast(2)
  return parts.joined(separator: "/")
}()

/// The top folder of this checkout.
public let packageFolder = String(testsFolder.dropLast("/Tests".count))

/// The path of a committed fixture, given relative to `Tests`.
public func fixture(_ name: String) -> String { "\(testsFolder)/\(name)" }

/// The folder with the research corpora beside the checkout; nil where it is missing.
public let sharedFolder: String? = {
  let path = "\(packageFolder)/../shared"
  return Folders.isDirectory(path) ? path : nil
}()
