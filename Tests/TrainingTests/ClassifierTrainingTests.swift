import Kernels
import Labels
import Layers
import Networks
import Runtime
import StudentFormat
import Testing
import Tokenization
import Training

/// Students that label texts or pairs of texts learn, and to the same bytes on any number of threads.
@Suite struct ClassifierTrainingTests {
  private static let words = ["red", "green", "blue", "grey", "pink"]

  /// Texts of one to nine words and whether red comes before blue; pairs and whether both begin with the same word.
  private static func examples(_ task: TaskKind) -> [(words: [String], first: Int?, gold: Int32)] {
    var stream = RandomStream(seed: 3, purpose: .testing)
    func text() -> [String] {
      (0..<1 + stream.integer(below: 9)).map { _ in words[stream.integer(below: words.count)] }
    }
    return (0..<300).map { _ in
      let first = text()
      guard task == .pair else {
        let red = first.firstIndex(of: "red") ?? first.count
        let blue = first.firstIndex(of: "blue") ?? first.count
        return (first, nil, red < blue ? 1 : 0)
      }
      var second = text()
      if stream.integer(below: 2) == 0 { second[0] = first[0] }
      return (first + second, first.count, first[0] == second[0] ? 1 : 0)
    }
  }

  private static func train(
    _ task: TaskKind, _ pooling: StudentConfiguration.Pooling, threads: Int
  ) throws -> (accuracy: Double, parameters: [Float]) {
    let tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(pieces: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words))
    let vocabulary = StudentVocabulary(characters: [], tokenizer: tokenizer)
    var sizes = StudentConfiguration(
      pieceCount: words.count + 5, characterCount: vocabulary.characterCount,
      labels: ["no", "yes"], pieceDimension: 8, characterDimension: 2, filters: 2,
      shapeDimension: 2, hidden: 16)
    (sizes.task, sizes.headHidden, sizes.pooling) = (task, 16, pooling)
    let network = StudentNetwork(sizes, dropout: 0.1)
    let parameters = FloatBuffer(count: network.layout.count)
    network.initialize(parameters, seed: 2)
    let examples = examples(task)
    var inputs = StudentInputs(vocabulary: vocabulary)
    for example in examples { inputs.append(example.words, firstLength: example.first) }
    let prepared = inputs.finished()
    var settings = TrainingSettings()
    settings.epochs = 25
    settings.batchSize = 16
    settings.learningRate = 0.01
    let workers = Workers(threads)
    let training = zip(prepared, examples).map {
      TrainingExample(input: $0, gold: [$1.gold])
    }
    _ = try Trainer(network, parameters: parameters, settings: settings, workers: workers).train(
      training, teacherLogits: nil, objective: ObjectiveSchedule(.goldLabels), dev: nil)
    let predicted = try Prediction(network, parameters: parameters, workers: workers)
      .labels(prepared)
    let right = zip(predicted, examples).count { $0 == [Int($1.gold)] }
    return (Double(right) / Double(examples.count), parameters.values)
  }

  @Test(arguments: [TaskKind.sentence, .pair], StudentConfiguration.Pooling.allCases)
  func aStudentLearnsItsTask(
    _ task: TaskKind, _ pooling: StudentConfiguration.Pooling
  ) throws {
    let one = try Self.train(task, pooling, threads: 1)
    #expect(one.accuracy > 0.9, "\(one.accuracy)")
    #expect(try Self.train(task, pooling, threads: 2).parameters == one.parameters)
  }
}
