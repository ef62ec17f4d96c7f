import Files
import Glibc
import Labels
import Testing

@Suite struct LabelProjectionTests {
  private let wanted = LabelSet(types: ["LOC", "PER"])

  /// The probabilities of the wanted labels, a row a word, for a model with the given probabilities.
  private func probabilities(
    _ own: [String], _ rows: [[Double]]
  ) throws -> [[String: Double]] {
    let projection = try LabelProjection(of: LabelSet(names: own), to: wanted, path: "m")
    var logits = [Float](repeating: 0, count: rows.count * wanted.count)
    logits.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      projection.add(1, words: rows.count, to: base) { Float(log(rows[$0][$1]) + 3) }
    }
    return rows.indices.map { word in
      let row = logits[word * wanted.count..<(word + 1) * wanted.count].map { exp(Double($0)) }
      let sum = row.reduce(0, +)
      return Dictionary(uniqueKeysWithValues: zip(wanted.names, row.map { $0 / sum }))
    }
  }

  private func expect(_ found: [String: Double], _ wanted: [String: Double]) {
    for (label, probability) in wanted {
      #expect(abs((found[label] ?? -1) - probability) < 1e-5, "\(label) \(found)")
    }
  }

  @Test func theSameLabelsInAnotherOrderKeepTheirLogits() throws {
    let own = LabelSet(names: ["B-PER", "I-PER", "O", "I-LOC", "B-LOC"])
    let projection = try LabelProjection(of: own, to: wanted, path: "m")
    #expect(projection.notice == nil)
    var logits: [Float] = [1, 0, 0, 0, 0]
    logits.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress {
        projection.add(0.5, words: 1, to: base) { _, label in Float(label) }
      }
    }
    #expect(logits == [2, 2, 1.5, 0, 0.5])
  }

  @Test func furtherTypesCountAsO() throws {
    let own = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-MISC", "I-MISC"]
    let found = try probabilities(own, [[0.1, 0.2, 0.05, 0.15, 0.1, 0.3, 0.1]])
    expect(
      found[0], ["O": 0.5, "B-LOC": 0.2, "I-LOC": 0.05, "B-PER": 0.15, "I-PER": 0.1])
    let projection = try LabelProjection(of: LabelSet(names: own), to: wanted, path: "m")
    #expect(
      projection.notice == "m: its type MISC, which the corpus does not have, counts as O")
  }

  @Test func bioesAndBilouAreSummed() throws {
    let own = ["O", "B-LOC", "I-LOC", "E-LOC", "S-LOC", "B-PER", "I-PER", "L-PER", "U-PER"]
    let found = try probabilities(own, [[0.1, 0.1, 0.05, 0.15, 0.2, 0.1, 0.1, 0.05, 0.15]])
    expect(found[0], ["O": 0.1, "B-LOC": 0.3, "I-LOC": 0.2, "B-PER": 0.25, "I-PER": 0.15])
    #expect(
      try LabelProjection(of: LabelSet(names: own), to: wanted, path: "m").notice
        == "m: its labels are turned into B- and I-")
  }

  /// In IO a word begins an entity where the word before is of another type.
  @Test func plainTypesAreSplitByTheWordBefore() throws {
    let own = try LabelSet(ofModel: ["O", "LOC", "PER"], file: "m/config.json")
    #expect(own.names == ["O", "I-LOC", "I-PER"])
    let found = try probabilities(own.names, [[0.5, 0.2, 0.3], [0.2, 0.5, 0.3]])
    expect(found[0], ["O": 0.5, "B-LOC": 0.2, "I-LOC": 0, "B-PER": 0.3, "I-PER": 0])
    expect(
      found[1],
      ["O": 0.2, "B-LOC": 0.5 * 0.8, "I-LOC": 0.5 * 0.2, "B-PER": 0.3 * 0.7, "I-PER": 0.3 * 0.3])
  }

  /// dbmdz's CoNLL-2003 tagger has I-PER and no B-PER, as IOB1 hardly ever needs it.
  @Test func aTypeWithoutBeginIsSplitAlone() throws {
    let found = try probabilities(["O", "B-LOC", "I-LOC", "I-PER"], [[0.4, 0.2, 0.1, 0.3]])
    expect(found[0], ["O": 0.4, "B-LOC": 0.2, "I-LOC": 0.1, "B-PER": 0.3, "I-PER": 0])
  }

  @Test func aTypeOfSingleWordsHasNoInside() throws {
    let found = try probabilities(["O", "B-LOC", "B-PER"], [[0.5, 0.3, 0.2]])
    expect(found[0], ["O": 0.5, "B-LOC": 0.3, "I-LOC": 0, "B-PER": 0.2, "I-PER": 0])
  }

  @Test(arguments: [
    ["O", "B-LOC", "I-LOC"], ["B-LOC", "I-LOC", "B-PER", "I-PER"],
    ["O", "B-LOC", "I-LOC", "B-per", "I-per"],
  ])
  func aModelThatLacksALabelIsRefused(_ own: [String]) {
    #expect {
      try LabelProjection(of: LabelSet(names: own), to: wanted, path: "m")
    } throws: {
      "\($0)".hasPrefix("m/config.json: the labels \(own.joined(separator: " "))")
    }
  }
}
