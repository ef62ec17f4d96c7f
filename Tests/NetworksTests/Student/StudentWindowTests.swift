import Kernels
import Networks
import StudentFormat
import Testing

@Suite struct StudentWindowTests {
  /// A long sentence is cut where the finished tagger cuts it, and its windows give about what the whole gives.
  @Test(arguments: [1025, 2600]) func windowsGiveWhatTheWholeSentenceGives(words: Int) throws {
    let reference = try StudentReference()
    let different = reference.sentences.flatMap { $0 }
    let sentence = (0..<words).map { different[$0 * $0 % 97 % different.count] }
    let input = StudentInput.inputs(for: [sentence], vocabulary: reference.vocabulary)[0]
    let windows = reference.network.windows(of: input)
    #expect(windows.count > 1)
    #expect(windows.flatMap { Array($0.kept) } == Array(0..<words))
    #expect(windows.allSatisfy { $0.input.wordCount <= SentenceWindows.longest })
    let whole = logits([input], reference)
    let labels = reference.network.labels.count
    var worst: Float = 0
    for window in windows {
      let found = logits([window.input], reference)
      for word in window.kept {
        for label in 0..<labels {
          let value = found[(word - window.read.lowerBound) * labels + label]
          worst = max(worst, abs(value - whole[word * labels + label]))
        }
      }
    }
    #expect(worst < 1e-4)
  }

  @Test(arguments: [0, 1, 1024]) func aShorterSentenceIsOneWindow(words: Int) throws {
    let reference = try StudentReference()
    let sentence = Array(repeating: reference.sentences[0][0], count: words)
    let input = StudentInput.inputs(for: [sentence], vocabulary: reference.vocabulary)[0]
    let windows = reference.network.windows(of: input)
    #expect(windows.map(\.read) == [0..<words] && windows.map(\.kept) == [0..<words])
  }

  private func logits(_ inputs: [StudentInput], _ reference: StudentReference) -> [Float] {
    let workspace = Workspace()
    return withExtendedLifetime((workspace, reference)) {
      let logits = reference.network.logits(
        inputs, parameters: reference.parameters.base, workspace: workspace)
      return logits.elements.map { Float($0) }
    }
  }
}
