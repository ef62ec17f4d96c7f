import Files

/// The pairs of a JSON object in the order of the file.
///
/// Keys are equal when their UTF-8 bytes are, as in other JSON programs: Swift's own string comparison
/// takes `é` and `e` with a combining accent for the same.
public struct JSONObject: Sendable, Sequence, ExpressibleByDictionaryLiteral {
  /// The keys, in order.
  public private(set) var keys: [String] = []
  /// The values, in the order of `keys`.
  public private(set) var values: [JSONValue] = []
  /// Where each key stands; kept only for objects with more keys than are quickly searched one by one.
  private var positions: [ByteString: Int] = [:]
  private static let searchedOneByOne = 8

  /// The number of pairs.
  public var count: Int { keys.count }

  /// Makes an object from pairs; of equal keys the last value wins, at the first one's place.
  public init(_ pairs: [(String, JSONValue)] = []) {
    for (key, value) in pairs { self[key] = value }
  }

  /// Makes an object from a literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements)
  }

  /// The value of a key; setting nil removes it, setting a new key appends it.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { values[$0] } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(key, value)
      case (nil, nil): break
      }
    }
  }

  /// The pairs in order.
  public func makeIterator() -> Zip2Sequence<[String], [JSONValue]>.Iterator {
    zip(keys, values).makeIterator()
  }

  /// The same pairs, sorted by the bytes of their keys.
  public func sortedByKey() -> JSONObject {
    JSONObject(
      zip(keys, values).sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        .map { ($0.0, $0.1) })
  }

  private func position(of key: String) -> Int? {
    if count > Self.searchedOneByOne { return positions[ByteString(key)] }
    return keys.firstIndex { ByteString($0) == ByteString(key) }
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    keys.append(key)
    values.append(value)
    if count == Self.searchedOneByOne + 1 {
      index()
    } else if count > Self.searchedOneByOne {
      positions[ByteString(key)] = count - 1
    }
  }

  private mutating func remove(at position: Int) {
    keys.remove(at: position)
    values.remove(at: position)
    index()
  }

  private mutating func index() {
    positions.removeAll()
    guard count > Self.searchedOneByOne else { return }
    for (position, key) in keys.enumerated() { positions[ByteString(key)] = position }
  }
}

extension JSONObject: Equatable {
  /// Whether both hold the same pairs in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.values == right.values
      && zip(left.keys, right.keys).allSatisfy { ByteString($0) == ByteString($1) }
  }
}
