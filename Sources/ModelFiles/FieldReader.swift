import Files

/// Reads typed values out of a JSON object, with messages that name key, value and range.
///
/// A key whose value is `null` counts as absent, as in Hugging Face's files.
struct FieldReader {
  let object: JSONObject
  let file: String

  init(_ json: JSONValue, file: String) throws(DataError) {
    guard let object = json.object else {
      throw DataError(file: file, found: json.excerpt, expected: "a JSON object")
    }
    self.object = object
    self.file = file
  }

  func failure(_ found: String, _ expected: String, _ remedy: String = "") -> DataError {
    DataError(file: file, found: found, expected: expected, remedy: remedy)
  }

  func integer(
    _ key: String, in range: ClosedRange<Int>, default fallback: Int
  ) throws(DataError) -> Int {
    guard let value = present(key) else { return fallback }
    guard let integer = value.int, range.contains(integer) else {
      throw failure(
        "\(key) \(value.excerpt)",
        "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  func optionalReal(_ key: String, in range: ClosedRange<Double>) throws(DataError) -> Double? {
    guard let value = present(key) else { return nil }
    guard let real = value.double, range.contains(real) else {
      throw failure(
        "\(key) \(value.excerpt)", "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return real
  }

  func real(
    _ key: String, in range: ClosedRange<Double>, default fallback: Double
  ) throws(DataError) -> Double {
    try optionalReal(key, in: range) ?? fallback
  }

  func optionalBool(_ key: String) throws(DataError) -> Bool? {
    guard let value = present(key) else { return nil }
    guard let bool = value.bool else {
      throw failure("\(key) \(value.excerpt)", "true or false")
    }
    return bool
  }

  func string(_ key: String, default fallback: String) throws(DataError) -> String {
    guard let value = present(key) else { return fallback }
    guard let string = value.string else { throw failure("\(key) \(value.excerpt)", "a string") }
    return string
  }

  func strings(_ key: String) throws(DataError) -> [String] {
    guard let value = present(key) else { return [] }
    guard let elements = value.array, elements.allSatisfy({ $0.string != nil }) else {
      throw failure("\(key) \(value.excerpt)", "an array of strings")
    }
    return elements.compactMap(\.string)
  }

  func optionalObject(_ key: String) throws(DataError) -> JSONObject? {
    guard let value = present(key) else { return nil }
    guard let object = value.object else { throw failure("\(key) \(value.excerpt)", "an object") }
    return object
  }

  /// One of the names of an enumeration; without a default the key must be there.
  func choice<Choice: RawRepresentable>(
    _ key: String, among choices: [Choice], default fallback: Choice?,
    synonyms: [String: Choice] = [:]
  ) throws(DataError) -> Choice where Choice.RawValue == String {
    let expected = choices.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard let value = present(key) else {
      guard let fallback else { throw failure("no \(key)", "one of \(expected)") }
      return fallback
    }
    guard let name = value.string, let choice = Choice(rawValue: name) ?? synonyms[name] else {
      throw failure("\(key) \(value.excerpt)", "one of \(expected)", "others are not supported")
    }
    return choice
  }

  private func present(_ key: String) -> JSONValue? {
    object[key].flatMap { $0.isNull ? nil : $0 }
  }
}
