import Files
import JSON

/// The label list of a `config.json`: `id2label`, and `label2id` and `num_labels` where they stand beside it.
struct LabelFields {
  private let fields: FieldReader

  init(_ fields: FieldReader) { self.fields = fields }

  /// The names in index order.
  ///
  /// A classifier without any has transformers' default, LABEL_0 and LABEL_1; other models have none.
  func labels(isClassifier: Bool) throws(DataError) -> [String] {
    let fallback = isClassifier ? 2 : 0
    let count = try fields.integer("num_labels", in: 0...1 << 16, default: fallback)
    guard let names = try fields.optionalObject("id2label") else {
      return (0..<count).map { "LABEL_\($0)" }
    }
    let labels = try ordered(names)
    if fields.object["num_labels"] != nil, count != labels.count {
      throw fields.failure(
        "num_labels \(count) beside \(labels.count) names in id2label", "the same number")
    }
    try checkInverse(of: labels)
    return labels
  }

  private func ordered(_ names: JSONObject) throws(DataError) -> [String] {
    var labels = [String?](repeating: nil, count: names.count)
    for (key, value) in names {
      guard let index = Int(key), labels.indices.contains(index), "\(index)" == key else {
        throw fields.failure(
          "the key \(JSONValue.string(key).excerpt) in id2label of \(names.count) labels",
          "\"0\" to \"\(names.count - 1)\"")
      }
      guard let name = value.string, !name.isEmpty else {
        throw fields.failure("id2label names label \(key) \(value.excerpt)", "a name")
      }
      labels[index] = name
    }
    return labels.compactMap { $0 }
  }

  /// Checks that no name stands twice and that `label2id`, if present, agrees.
  private func checkInverse(of labels: [String]) throws(DataError) {
    var indices: JSONObject = [:]
    for (index, name) in labels.enumerated() {
      guard indices[name] == nil else {
        throw fields.failure(
          "id2label has the name \(JSONValue.string(name).excerpt) twice", "each name once")
      }
      indices[name] = .integer(index)
    }
    guard let inverse = try fields.optionalObject("label2id") else { return }
    for (name, value) in inverse where indices[name] != value {
      throw fields.failure(
        "label2id has \(value.excerpt) for \(JSONValue.string(name).excerpt)",
        "\(indices[name]?.text() ?? "no such label") as in id2label",
        "correct it or delete label2id")
    }
    guard inverse.count == labels.count else {
      throw fields.failure(
        "\(inverse.count) names in label2id beside \(labels.count) in id2label", "the same names",
        "correct it or delete label2id")
    }
  }
}
