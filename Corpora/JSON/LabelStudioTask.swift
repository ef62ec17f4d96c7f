import JSON

/// A task of Label Studio's JSON export: a text under `data`, and what each annotator marked under `annotations`.
struct LabelStudioTask {
  /// The same as an object with `text` and `entities`; nil for a task that nobody has annotated.
  let example: JSONObject?

  /// Reads a task: of several annotations the one that is marked as ground truth, else the first that was not cancelled.
  ///
  /// - Throws: `DataError` for a task without a text, and for regions that are no spans of it.
  init(_ task: JSONObject, in line: CorpusLine) throws {
    let annotations = (task["annotations"]?.array ?? []).filter {
      $0["was_cancelled"]?.bool != true
    }
    guard
      let annotation = annotations.first(where: { $0["ground_truth"]?.bool == true })
        ?? annotations.first
    else {
      example = nil
      return
    }
    guard let result = annotation["result"]?.array else {
      throw line.error(
        found: CorpusLine.clipped(annotation.text()), expected: #"an annotation with "result""#)
    }
    example = [
      "text": .string(try Self.text(task["data"]?.object ?? [:], in: line)),
      "entities": .array(
        try result.filter { $0["value"] != nil && $0["type"]?.string != "choices" }
          .map { try Self.entity($0, in: line) }),
    ]
  }

  /// The text of a task: `text`, or the only string under `data`.
  private static func text(_ data: JSONObject, in line: CorpusLine) throws -> String {
    if let text = data["text"]?.string { return text }
    let strings = data.values.compactMap(\.string)
    guard strings.count == 1 else {
      let shown = CorpusLine.clipped(JSONValue.object(data).text())
      throw line.error(found: "\"data\" \(shown)", expected: #"the text of the task under "text""#)
    }
    return strings[0]
  }

  private static func entity(_ region: JSONValue, in line: CorpusLine) throws -> JSONValue {
    guard let value = region["value"]?.object, value["labels"] != nil, value["start"] != nil else {
      throw line.error(
        found: "the region \(CorpusLine.clipped(region.text()))",
        expected: #"regions of a text, with "start", "end" and "labels""#)
    }
    return .object(value)
  }
}
