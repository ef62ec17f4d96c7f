import Files
import Kernels
import Labels
import ModelFiles
import Networks
import Tagger
import TestSupport
import Testing

/// A student stored as int8 is the same student within half a scale, for the network and for the tagger.
@Suite struct StudentStorageTests {
  private static let words = ["EU", "calls", "Ei", "É", "[MASK]", "unseen"]

  private func compacted(
    _ task: TaskKind = .tag
  ) throws -> (compact: String, folder: String, model: StudentModel) {
    let (folder, model) = try StudentModelTests.saved(task: task)
    let compact = temporaryPath("compact")
    try model.save(to: compact, storage: .int8)
    return (compact, folder, model)
  }

  @Test(arguments: TaskKind.allCases)
  func eachWeightIsWithinHalfItsRowsScaleAndSmallTensorsAreExact(_ task: TaskKind) throws {
    let (compact, folder, model) = try compacted(task)
    let again = try StudentModel(path: compact)
    let file = try SafetensorsFile(path: "\(compact)/model.safetensors")
    var quantized = 0
    try withExtendedLifetime((model, again)) {
      for slice in model.network.layout.slices {
        let before = model.parameters.elements[slice.range]
        let after = again.parameters.elements[slice.range]
        guard file.contains(QuantizedTensor.scaleName(of: slice.name)) else {
          #expect(Array(before) == Array(after))
          continue
        }
        quantized += slice.count
        let scales = try file.tensor(named: QuantizedTensor.scaleName(of: slice.name)).floats()
        let width = slice.count / scales.count
        for (place, (a, b)) in zip(before, after).enumerated() {
          #expect(abs(a - b) <= 0.5001 * scales[place / width])
        }
      }
    }
    #expect(quantized > model.parameters.count * 9 / 10)
    let sizes = try [compact, folder].map {
      try #require(Folders.size(of: "\($0)/model.safetensors"))
    }
    #expect(sizes[0] * 10 < sizes[1] * 3)
  }

  @Test func theTaggerReadsWhatTheNetworkReads() throws {
    let compact = try compacted().compact
    let model = try StudentModel(path: compact)
    let workspace = Workspace()
    let expected = model.network.logits(
      model.inputs(for: [Self.words]), parameters: model.parameters.base, workspace: workspace)
    let logits = try Tagger(path: compact).logits(words: Self.words)
    withExtendedLifetime((model, workspace)) {
      for (word, row) in logits.enumerated() {
        for (label, logit) in row.enumerated() {
          #expect(abs(logit - expected[word, label]) < 1e-4)
        }
      }
    }
  }

  @Test(arguments: [TaskKind.sentence, .pair])
  func theClassifierReadsWhatTheNetworkReads(_ task: TaskKind) throws {
    let compact = try compacted(task).compact
    let model = try StudentModel(path: compact)
    let workspace = Workspace()
    let firstLength = task == .pair ? 2 : nil
    var inputs = StudentInputs(vocabulary: model.vocabulary)
    inputs.append(Self.words, firstLength: firstLength)
    let expected = model.network.logits(
      inputs.finished(), parameters: model.parameters.base, workspace: workspace)
    let texts = firstLength.map { [Array(Self.words[..<$0]), Array(Self.words[$0...])] }
    let logits = try Classifier(path: compact).logits(texts: texts ?? [Self.words])
    withExtendedLifetime((model, workspace)) {
      for (label, logit) in logits[0].enumerated() {
        #expect(abs(logit - expected[0, label]) < 1e-4)
      }
    }
  }

  @Test func compactingTwiceChangesNothing() throws {
    let compact = try compacted().compact
    let twice = temporaryPath("compact")
    try StudentModel(path: compact).save(to: twice, storage: .int8)
    let (once, again) = (try StudentModel(path: compact), try StudentModel(path: twice))
    withExtendedLifetime((once, again)) {
      for (a, b) in zip(once.parameters.elements, again.parameters.elements) {
        #expect(abs(a - b) <= 1e-6 * max(abs(a), abs(b)))
      }
    }
  }
}
