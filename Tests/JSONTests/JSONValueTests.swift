import Files
import JSON
import TestSupport
import Testing

/// What `parse` says about a text: the value laid out compactly, or the message.
private func reading(
  of text: String, duplicateKeys: JSONValue.DuplicateKeys = .lastWins
) -> String {
  do {
    return try JSONValue.parse(text, file: "f", duplicateKeys: duplicateKeys).text()
  } catch {
    return error.description
  }
}

private func reading(of bytes: [UInt8]) -> String {
  bytes.withUnsafeBytes { bytes in
    do throws(DataError) {
      return try JSONValue.parse(bytes, file: "f").text()
    } catch {
      return error.description
    }
  }
}

@Suite struct JSONValueTests {
  @Test func readsWhatPythonReads() throws {
    let cases = try JSONValue.read(path: fixture("JSONTests/Fixtures/python-json.json")).array ?? []
    #expect(cases.count == 7)
    for pair in cases {
      let (text, expected) = (try #require(pair.array?[0].string), try #require(pair.array?[1]))
      let value = try JSONValue.parse(text, file: "f")
      #expect(value == expected, "\(text)")
      #expect(value.text() == expected.text())
      #expect(try JSONValue.parse(value.text(), file: "f") == value)
      #expect(try JSONValue.parse(value.text(.pretty), file: "f") == value)
    }
  }

  @Test(arguments: [
    ("", "f:1: the end at byte 0; expected a JSON value"),
    (" \n\t", "f:2: the end at byte 3; expected a JSON value"),
    ("{", "f:1: the end at byte 1; expected a key in double quotes"),
    ("[", "f:1: the end at byte 1; expected a JSON value"),
    ("[1", "f:1: the end at byte 2; expected ',' or ']'"),
    ("[1,]", "f:1: ']' at byte 3; expected a JSON value"),
    ("[,1]", "f:1: ',' at byte 1; expected a JSON value"),
    ("[1 2]", "f:1: '2' at byte 3; expected ',' or ']'"),
    ("[1]]", "f:1: ']' at byte 3; expected the end of the document"),
    ("{\"a\":1,}", "f:1: '}' at byte 7; expected a key in double quotes"),
    ("{\"a\" 1}", "f:1: '1' at byte 5; expected ':' after a key"),
    ("{\"a\":}", "f:1: '}' at byte 5; expected a JSON value"),
    ("{\"a\":1 \"b\":2}", "f:1: '\"' at byte 7; expected ',' or '}'"),
    ("{a:1}", "f:1: 'a' at byte 1; expected a key in double quotes"),
    ("{1:1}", "f:1: '1' at byte 1; expected a key in double quotes"),
    ("'a'", "f:1: ''' at byte 0; expected a JSON value"),
    ("01", "f:1: '1' at byte 1; expected the end of the document"),
    ("-", "f:1: the end at byte 1; expected a digit"),
    ("-a", "f:1: 'a' at byte 1; expected a digit"),
    ("+1", "f:1: '+' at byte 0; expected a JSON value"),
    (".5", "f:1: '.' at byte 0; expected a JSON value"),
    ("1.", "f:1: the end at byte 2; expected a digit"),
    ("1.e5", "f:1: 'e' at byte 2; expected a digit"),
    ("1e", "f:1: the end at byte 2; expected a digit"),
    ("1e+", "f:1: the end at byte 3; expected a digit"),
    ("0x10", "f:1: 'x' at byte 1; expected the end of the document"),
    ("1e400", "f:1: a number out of range at byte 0; expected a 64-bit floating-point number"),
    ("NaN", "f:1: 'N' at byte 0; expected a JSON value"),
    ("-Infinity", "f:1: 'I' at byte 1; expected a digit"),
    ("nul", "f:1: the end at byte 3; expected 'null'"),
    ("[\ntrue,\nTrue]", "f:3: 'T' at byte 8; expected a JSON value"),
    ("truefalse", "f:1: 'f' at byte 4; expected the end of the document"),
    ("1 // one", "f:1: '/' at byte 2; expected the end of the document"),
    ("\"a", "f:1: the end at byte 2; expected '\"' at the end of the string that begins at byte 0"),
    ("\"\\", "f:1: the end at byte 2; expected an escape sequence"),
    ("\"\\x41\"", "f:1: 'x' at byte 2; expected one of \" \\ / b f n r t u after a backslash"),
    ("\"\\u12\"", "f:1: '\"' at byte 5; expected four hexadecimal digits after \\u"),
    ("\"\\u+123\"", "f:1: '+' at byte 3; expected four hexadecimal digits after \\u"),
    (
      "\"\\ud800\"",
      "f:1: half of a surrogate pair at byte 1; "
        + "expected \\uD800 to \\uDBFF followed by \\uDC00 to \\uDFFF"
    ),
    (
      "\"ab\\udc00\\ud800\"",
      "f:1: half of a surrogate pair at byte 3; "
        + "expected \\uD800 to \\uDBFF followed by \\uDC00 to \\uDFFF"
    ),
    (
      "\"\\ud800\\u0041\"",
      "f:1: half of a surrogate pair at byte 1; "
        + "expected \\uD800 to \\uDBFF followed by \\uDC00 to \\uDFFF"
    ),
    (
      "\"\\ud83d\\n\"",
      "f:1: half of a surrogate pair at byte 1; "
        + "expected \\uD800 to \\uDBFF followed by \\uDC00 to \\uDFFF"
    ),
    (
      "\"a\nb\"",
      "f:1: byte 0x0a at byte 2; expected control characters in strings written as \\uXXXX"
    ),
    ("\u{FEFF}1", "f:1: byte 0xef at byte 0; expected a JSON value"),
    ("\u{A0}1", "f:1: byte 0xc2 at byte 0; expected a JSON value"),
    ("1\0", "f:1: byte 0x00 at byte 1; expected the end of the document"),
  ])
  func refusesWhatIsNotJSON(_ text: String, message: String) {
    #expect(reading(of: text) == message)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xE4, 0xB8, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func refusesStringsThatAreNotUTF8(_ bytes: [UInt8]) {
    #expect(
      reading(of: bytes) == "f:1: a string that is not UTF-8 at byte 0; expected UTF-8 text")
  }

  @Test func boundsNesting() {
    func nested(_ depth: Int, _ opening: String, _ closing: String) -> String {
      String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
    }
    #expect(reading(of: nested(128, "[", "]")) == nested(128, "[", "]"))
    #expect(reading(of: nested(128, "{\"a\":", "}")) == nested(128, "{\"a\":", "}"))
    #expect(
      reading(of: nested(129, "[", "]"))
        == "f:1: nesting deeper than 128 levels at byte 128; expected at most 128")
    #expect(
      reading(of: String(repeating: "[{\"a\":", count: 1_000_000))
        == "f:1: nesting deeper than 128 levels at byte 384; expected at most 128")
  }

  @Test func treatsDuplicateKeysAsAsked() {
    let text = "{\"a\":1,\n\"b\":2,\"\\u0061\":3}"
    #expect(reading(of: text) == "{\"a\":3,\"b\":2}")
    #expect(
      reading(of: text, duplicateKeys: .areErrors)
        == "f:2: the key \"a\" a second time at byte 14; expected each key once")
    // Equal for Swift's String, different for every other JSON program.
    let accents = "{\"\u{E9}\":1,\"e\u{301}\":2}"
    #expect(reading(of: accents, duplicateKeys: .areErrors).utf8.elementsEqual(accents.utf8))
  }

  @Test func keepsOrderInLargeObjects() throws {
    let keys = (0..<100).map { "key\($0 * 37 % 100)" }
    var object = JSONObject(keys.enumerated().map { ($1, .integer($0)) })
    #expect(object.keys == keys)
    for (index, key) in keys.enumerated() { #expect(object[key] == .integer(index)) }
    for key in keys.prefix(95) { object[key] = nil }
    #expect(object.keys == Array(keys.suffix(5)))
    #expect(object["key0"] == nil && object[keys[97]] == 97)
    object[keys[97]] = "changed"
    object["new"] = nil
    object["new"] = 1
    #expect(object.keys == Array(keys.suffix(5)) + ["new"] && object[keys[97]] == "changed")
  }

  @Test func writesCompactAndPretty() {
    let value: JSONValue = [
      "text": "\"\\/\u{1}\n\u{7F}é", "numbers": [1, -2.5, 1e300, 0.1, .number(.nan)],
      "empty": [[], [:]], "nothing": .null, "truth": true, "limit": .number(-.infinity),
    ]
    #expect(
      value.text()
        == #"{"text":"\"\\/\u0001\n\u007fé","numbers":[1,-2.5,1e+300,0.1,null],"#
        + #""empty":[[],{}],"nothing":null,"truth":true,"limit":null}"#)
    let pretty: JSONValue = ["a": [1, ["b": []]], "c": [:]]
    #expect(
      pretty.text(.pretty) == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {}
        }
        """)
  }

  @Test func numbersReadBackToTheSameBits() throws {
    var state: UInt64 = 11
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: state ^ state >> 29)
      guard number.isFinite else { continue }
      let back = try JSONValue.parse(JSONValue.number(number).text(), file: "f").double
      #expect(back?.bitPattern == number.bitPattern)
    }
    #expect(try JSONValue.parse("-0.0", file: "f").double?.sign == .minus)
    #expect(try JSONValue.parse("\(Int.min)", file: "f").int == .min)
    #expect(try JSONValue.parse("9223372036854775808", file: "f") == .number(0x1p63))
  }

  @Test func accessorsGiveNilForOtherTypes() {
    let value: JSONValue = ["s": "x", "i": 1, "d": 2.0, "b": false, "a": [1], "n": .null]
    #expect(value["s"]?.string == "x" && value["i"]?.int == 1 && value["i"]?.double == 1)
    #expect(value["d"]?.int == nil && value["d"]?.double == 2 && value["b"]?.bool == false)
    #expect(value["a"]?.array == [1] && value["n"]?.isNull == true && value["none"] == nil)
    #expect(value["s"]?.int == nil && value["i"]?.string == nil && value["a"]?.object == nil)
    #expect(value["s"]?["x"] == nil && value["b"]?.double == nil && value.array == nil)
  }

  @Test func readsFiles() throws {
    try withScratchFolder { folder in
      try put(Array("{\n \"a\": ]".utf8), at: "\(folder)/bad.json")
      let bad = #expect(throws: DataError.self) { try JSONValue.read(path: "\(folder)/bad.json") }
      #expect(bad?.description == "\(folder)/bad.json:2: ']' at byte 8; expected a JSON value")
      #expect(throws: FileError.self) { try JSONValue.read(path: "\(folder)/none.json") }
      try put([], at: "\(folder)/empty.json")
      let empty = #expect(throws: DataError.self) {
        try JSONValue.read(path: "\(folder)/empty.json")
      }
      #expect(
        empty?.description == "\(folder)/empty.json:1: the end at byte 0; expected a JSON value")
    }
  }
}
