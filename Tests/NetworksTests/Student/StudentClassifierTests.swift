import Kernels
import Labels
import Layers
import Networks
import StudentFormat
import Testing

/// Students that label texts or pairs of texts: every gradient, long and empty texts, batches in any order.
@Suite struct StudentClassifierTests {
  private static let names = StudentReference.classifierNames
  private static let tolerance = 2e-3

  /// Each parameter of the student, the tables of the words among them, is moved up and down.
  ///
  /// A step may cross a kink of ReLU, maximum or distance. A shorter one does not, and a wrong gradient is wrong at any step.
  @Test(arguments: names, [false, true])
  func everyGradientEqualsTheFiniteDifference(_ name: String, _ withDropout: Bool) throws {
    let reference = try StudentReference(name)
    let dropout = withDropout ? DropoutContext(seed: 5, step: 3, shard: 1) : nil
    let gradients = reference.gradients(dropout: dropout).gradients
    for slice in reference.network.layout.slices {
      var worst = 0.0
      for n in slice.range {
        let value = reference.parameters.base[n]
        func distance(_ step: Float) -> Double {
          let losses = [step, -step].map { step in
            reference.parameters.base[n] = value + step
            return reference.gradients(dropout: dropout).loss
          }
          reference.parameters.base[n] = value
          let slope = (losses[0] - losses[1]) / (2 * Double(step))
          return abs(slope - Double(gradients.base[n]))
        }
        var found = distance(4e-3)
        if found > Self.tolerance { found = min(distance(1e-3), distance(2.5e-4)) }
        worst = max(worst, found)
      }
      #expect(worst < Self.tolerance, "\(slice.name)")
    }
  }

  @Test(arguments: names) func anExamplesLogitsDoNotDependOnItsBatch(_ name: String) throws {
    let reference = try StudentReference(name)
    let inputs = reference.inputs
    let together = logits(inputs, reference)
    let reversed = logits(inputs.reversed(), reference)
    for (example, input) in inputs.enumerated() {
      let alone = logits([input], reference)[0]
      for other in [together[example], reversed[inputs.count - 1 - example]] {
        for (a, b) in zip(alone, other) { #expect(abs(a - b) < 1e-6) }
      }
    }
  }

  @Test(arguments: names) func dropoutChangesTheLossAndItsKeyDecidesHow(_ name: String) throws {
    let reference = try StudentReference(name)
    func loss(step: Int) -> Double {
      reference.gradients(dropout: DropoutContext(seed: 1, step: step, shard: 0)).loss
    }
    #expect(loss(step: 1) == loss(step: 1))
    #expect(loss(step: 1) != loss(step: 2))
    #expect(loss(step: 1) != reference.gradients().loss)
  }

  /// A text without words has the vector 0, alone, beside others and in both places of a pair.
  @Test(arguments: names) func textsWithoutWordsHaveFiniteLogits(_ name: String) throws {
    let reference = try StudentReference(name)
    let isPair = reference.network.configuration.task == .pair
    let sentence = reference.sentences[0]
    let inputs = inputs(isPair ? [[[], []], [[], sentence], [sentence, []]] : [[[]]], reference)
    let found = logits(inputs, reference)
    #expect(found.count == inputs.count && found.joined().allSatisfy(\.isFinite))
    for (input, expected) in zip(inputs, found) {
      #expect(zip(logits([input], reference)[0], expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    if isPair { #expect(found[1] != found[2]) }
    let gradients = reference.gradients(of: [inputs[0]]).gradients
    for slice in reference.network.layout.slices where slice.name.hasPrefix("lstm.") {
      #expect(gradients.elements[slice.range].allSatisfy { $0 == 0 })
    }
  }

  /// A text is read at one time, and only as far as `longestText`.
  @Test(arguments: names) func longTextsAreReadUpToALimit(_ name: String) throws {
    let reference = try StudentReference(name)
    let network = reference.network
    let isPair = network.configuration.task == .pair
    let different = reference.sentences.flatMap { $0 }
    let limit = StudentConfiguration.longestText
    let words = (0..<limit + 10).map { different[$0 * $0 % 97 % different.count] }
    func input(_ count: Int) -> StudentInput {
      let text = Array(words.prefix(count))
      return inputs([isPair ? [text, ["to"]] : [text]], reference)[0]
    }
    let other = isPair ? 1 : 0
    for count in [SentenceWindows.longest + 1, limit, limit + 10] {
      let input = input(count)
      #expect(network.cost(of: input) == min(count, limit) + other)
      #expect(network.rowCount(of: input) == 1)
      let windows = network.windows(of: input)
      #expect(windows.map(\.read) == [0..<1] && windows.map(\.kept) == [0..<1])
      #expect(windows[0].input.wordCount == count + other)
    }
    #expect(logits([input(limit + 10)], reference) == logits([input(limit)], reference))
    // The last word is seen, however far it stands from the first.
    #expect(logits([input(limit)], reference) != logits([input(limit - 1)], reference))
  }

  @Test func theHeadIsDrawnAsPyTorchDrawsLinearLayers() throws {
    for task in [TaskKind.sentence, .pair] {
      var sizes = StudentConfiguration(pieceCount: 3, characterCount: 4, labels: ["a", "b"])
      sizes.task = task
      let network = StudentNetwork(sizes)
      let parameters = FloatBuffer(count: network.layout.count)
      network.initialize(parameters, seed: 3)
      for (name, fanIn) in [
        ("hidden.weight", sizes.headInputs), ("hidden.bias", sizes.headInputs),
        ("classifier.weight", sizes.headHidden), ("classifier.bias", sizes.headHidden),
      ] {
        let slice = try #require(network.layout.slice(named: name))
        let bound = 1 / Float(fanIn).squareRoot()
        let largest = parameters.elements[slice.range].reduce(0) { max($0, abs($1)) }
        #expect(largest <= bound && (slice.count < 100 || largest > 0.95 * bound), "\(name)")
      }
    }
  }

  private func inputs(_ examples: [[[String]]], _ reference: StudentReference) -> [StudentInput] {
    var inputs = StudentInputs(vocabulary: reference.vocabulary)
    for texts in examples {
      inputs.append(texts.flatMap { $0 }, firstLength: texts.count > 1 ? texts[0].count : nil)
    }
    return inputs.finished()
  }

  private func logits(_ inputs: [StudentInput], _ reference: StudentReference) -> [[Float]] {
    let workspace = Workspace()
    return withExtendedLifetime((workspace, reference)) {
      let logits = reference.network.logits(
        inputs, parameters: reference.parameters.base, workspace: workspace)
      return (0..<logits.rows).map { row in (0..<logits.columns).map { logits[row, $0] } }
    }
  }
}
