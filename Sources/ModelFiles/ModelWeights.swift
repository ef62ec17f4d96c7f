import Files
import JSON

/// The tensors of a model directory: model.safetensors, or the shards that model.safetensors.index.json lists.
public struct ModelWeights: Sendable {
  /// The file that messages name: the weights, or the index of the shards.
  public let path: String
  /// The files with the tensors, in the order of their names.
  public let files: [SafetensorsFile]
  /// The file of each tensor, by its place in `files`; nil where there is one file without an index.
  private let index: [ByteString: Int]?

  /// Maps a single file.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it breaks a rule of the format.
  public init(file path: String) throws {
    self.path = path
    files = [try SafetensorsFile(path: path)]
    index = nil
  }

  /// Maps the shards of an index, whose every tensor must be where the index says.
  ///
  /// - Parameters:
  ///   - path: The index, model.safetensors.index.json.
  ///   - folder: The folder of index and shards.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if the index is none, or if a shard breaks a rule of the
  ///   format or lacks a tensor.
  public init(index path: String, in folder: String) throws {
    let map = try Self.map(index: path)
    let names = Self.shardNames(map)
    let files = try names.map { try SafetensorsFile(path: "\(folder)/\($0)") }
    var index: [ByteString: Int] = [:]
    for (tensor, name) in map {
      guard
        let place = names.firstIndex(where: {
          ByteString($0) == name.string.map(ByteString.init)
        }),
        files[place].contains(tensor)
      else {
        throw DataError(
          file: path, found: "\(quotedTensor(tensor)) in \(name.excerpt)",
          expected: "a file that has it", remedy: "fetch the model again")
      }
      index[ByteString(tensor)] = place
    }
    self.path = path
    self.files = files
    self.index = index
  }

  /// The names of the shards that an index lists, sorted.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is no index.
  static func shardNames(index path: String) throws -> [String] {
    shardNames(try map(index: path))
  }

  private static func shardNames(_ map: JSONObject) -> [String] {
    Set(map.values.compactMap(\.string).map(ByteString.init)).sorted().map(\.text)
  }

  /// The object from tensors to files that an index holds; all names are of files in the index' own folder.
  private static func map(index path: String) throws -> JSONObject {
    guard let map = try JSONValue.read(path: path)["weight_map"]?.object, map.count > 0 else {
      throw DataError(
        file: path, found: "no weight_map", expected: "an object from tensors to files")
    }
    for value in map.values {
      guard let name = value.string, !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")) else {
        throw DataError(
          file: path, found: "the file \(value.excerpt) in weight_map",
          expected: "names of files beside the index")
      }
    }
    return map
  }

  /// Whether there is a tensor of this name.
  public func contains(_ name: String) -> Bool {
    index.map { $0[ByteString(name)] != nil } ?? files[0].contains(name)
  }

  /// The tensor of a name, whose shape must be the one given.
  ///
  /// - Throws: `DataError` if there is none, or one of another shape.
  public func tensor(named name: String, shape: [Int]) throws(DataError) -> TensorView {
    guard let index else { return try files[0].tensor(named: name, shape: shape) }
    guard let place = index[ByteString(name)] else {
      throw DataError(
        file: path, found: "no \(quotedTensor(name)) among \(index.count) tensors",
        expected: "a model that has it", remedy: "are config.json and the weights of one model?")
    }
    return try files[place].tensor(named: name, shape: shape)
  }
}
