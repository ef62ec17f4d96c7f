import Augment
import Distillation
import Files
import Labels
import Layers
import StudentFormat
import TestSupport
import Testing
import Training

/// Every setting is in the key of what it decides: each field changes the lines, and no field is without a change here.
@Suite struct KeyLinesTests {
  private typealias Changes<Value> = [String: (inout Value) -> Void]

  /// Makes each change to a value, and holds the changes to the value's fields.
  private func check<Value>(
    _ value: Value, _ changes: Changes<Value>, lines: (Value) throws -> [String]
  ) throws {
    let fields = Set(Mirror(reflecting: value).children.compactMap(\.label))
    #expect(fields == Set(changes.keys), "a field without a change, or a change without a field")
    let own = try lines(value)
    #expect(own.allSatisfy { $0.contains("=") }, "\(own)")
    #expect(Set(own).count == own.count, "\(own)")
    for (field, change) in changes {
      var changed = value
      change(&changed)
      #expect(try lines(changed) != own, "\(field) is not in the key")
    }
  }

  @Test func trainingSettings() throws {
    try check(
      TrainingSettings(),
      [
        "epochs": { $0.epochs += 1 }, "batchSize": { $0.batchSize += 1 },
        "learningRate": { $0.learningRate *= 1.0000001 },
        "warmUpFraction": { $0.warmUpFraction = 0.1 },
        "finalFraction": { $0.finalFraction = 0.1 }, "clippingNorm": { $0.clippingNorm = 2 },
        "schedule": { $0.schedule = .cosine },
        "optimizer": { $0.optimizer = .adaDelta(AdaDelta.Settings()) },
        "averagesWeights": { $0.averagesWeights = true }, "patience": { $0.patience = 3 },
        "usesDropout": { $0.usesDropout = false }, "seed": { $0.seed += 1 },
        "rowsAtATime": { $0.rowsAtATime += 1 },
        "shards": { $0.shards += 1 },
      ], lines: \.keyLines)
  }

  @Test func optimizers() throws {
    try check(
      AdamW.Settings(),
      [
        "beta1": { $0.beta1 = 0.8 }, "beta2": { $0.beta2 = 0.99 }, "epsilon": { $0.epsilon = 1e-7 },
        "weightDecay": { $0.weightDecay = 0.02 }, "horizon": { $0.horizon = 51 },
      ], lines: \.keyLines)
    try check(
      AdaDelta.Settings(), ["rho": { $0.rho = 0.9 }, "epsilon": { $0.epsilon = 1e-7 }],
      lines: \.keyLines)
    var settings = TrainingSettings()
    let own = settings.keyLines
    settings.optimizer = .adamW(weightDecay: 0.5)
    #expect(settings.keyLines != own)
  }

  @Test func objectives() throws {
    try check(
      LogitObjective(divergence: 1, crossEntropy: 0.5),
      [
        "meanSquaredError": { $0.meanSquaredError = 1 }, "divergence": { $0.divergence = 0.5 },
        "temperature": { $0.temperature = 2 }, "crossEntropy": { $0.crossEntropy = 1 },
      ], lines: \.keyLines)
    let objective = LogitObjective(divergence: 1)
    let schedules = [
      ObjectiveSchedule(objective), ObjectiveSchedule(.goldLabels),
      ObjectiveSchedule(objective, movingTo: .goldLabels),
      ObjectiveSchedule(.goldLabels, movingTo: objective),
    ]
    #expect(Set(schedules.map(\.keyLines)).count == schedules.count)
    #expect(Mirror(reflecting: schedules[0]).children.map(\.label) == ["start", "end"])
  }

  @Test func augmentation() throws {
    try check(
      AugmentationSettings(),
      [
        "rounds": { $0.rounds = 1 }, "maskProbability": { $0.maskProbability = 0.2 },
        "partOfSpeechProbability": { $0.partOfSpeechProbability = 0.2 },
        "nGramProbability": { $0.nGramProbability = 0.2 },
        "nGramLengths": { $0.nGramLengths = 1...4 },
        "operations": { $0.operations = [.mask] }, "withOriginal": { $0.withOriginal = true },
      ], lines: \.keyLines)
  }

  @Test func designs() throws {
    let vectors = temporaryPath("vectors.txt")
    try AtomicFileWriter.write("a 1\n", to: vectors)
    try check(
      StudentDesign(),
      [
        "pieceDimension": { $0.pieceDimension = 7 }, "hidden": { $0.hidden = 7 },
        "layers": { $0.layers = 2 }, "hasCRF": { $0.hasCRF = false },
        "wordVectors": { $0.wordVectors = vectors }, "headHidden": { $0.headHidden = 7 },
        "pooling": { $0.pooling = .max },
      ],
      lines: { design in
        try [TaskKind.tag, .sentence].flatMap { task in
          try design.keyLines(for: task).map { "\(task).\($0)" }
        }
      })
    var design = StudentDesign()
    design.wordVectors = vectors
    let first = try design.keyLines(for: .tag)
    try AtomicFileWriter.write("a 2\n", to: vectors)
    #expect(try design.keyLines(for: .tag) != first)
    design.wordVectors = temporaryPath("no-such-file")
    #expect(throws: FileError.self) { try design.keyLines(for: .tag) }
  }
}
