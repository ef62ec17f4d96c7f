import Labels
import Networks

/// The statements that a comparison checks.
///
/// Each is tested by itself at the level 0.05; nothing is corrected for their number.
public struct Claims {
  let task: TaskKind
  let students: [StudentResult]
  private let rounds: [[Measurement]]
  let teacherLayers: Int

  /// Prepares the claims of a comparison.
  ///
  /// - Parameters:
  ///   - task: What the models were asked.
  ///   - students: The models, the teacher among them.
  ///   - rounds: The measurements of each model, in the order of the models; each took part in every round.
  ///   - teacherLayers: How many layers the teacher has.
  public init(
    task: TaskKind = .tag, students: [StudentResult], rounds: [[Measurement]], teacherLayers: Int
  ) {
    precondition(
      students.count == rounds.count, "\(students.count) models, measurements of \(rounds.count)")
    self.task = task
    self.students = students
    self.rounds = rounds
    self.teacherLayers = teacherLayers
  }

  /// All claims; one for which a student is missing is undecided.
  public var all: [Claim] {
    distillation + layers + randomStart + distilBERT + biLSTM
  }

  /// Distilled students against direct ones.
  private var distillation: [Claim] {
    let pairs = students.filter { $0.training == .distilled }.compactMap { distilled in
      find(distilled.name, .direct).map { (distilled: distilled, direct: $0) }
    }
    let text = "Distilled students are better than students trained directly"
    var claims =
      pairs.isEmpty
      ? [Claim.missing(text, "student that was trained both ways")]
      : [
        Claim.better(
          "\(text) (\(pairs.map(\.distilled.name).joined(separator: ", ")))",
          pairs.map(\.distilled), than: pairs.map(\.direct), task)
      ]
    claims += pairs.map { pair in
      .better(
        "\(pair.distilled.name): distilled is better than direct", [pair.distilled],
        than: [pair.direct], task)
    }
    if let best = find("bilstm+aug", .distilled), let direct = find("bilstm", .direct) {
      claims.append(
        .better(
          "The BiLSTM distilled on augmented text is better than the one trained directly",
          [best], than: [direct], task))
    }
    return claims
  }

  /// The first layers against every other one.
  private var layers: [Claim] {
    let pairs = counterparts(of: "bert-alternate-", to: "bert-first-")
    let text = "The first layers make a better student than every other layer"
    guard !pairs.isEmpty else {
      return [.missing(text, "bert-first-K and bert-alternate-K of the same K and training")]
    }
    var claims = [Claim.better(text, pairs.map(\.ours), than: pairs.map(\.theirs), task)]
    if pairs.count > 1 {
      claims += pairs.map { pair in
        .better(
          "\(pair.ours.title): better than \(pair.theirs.name)", [pair.ours],
          than: [pair.theirs], task)
      }
    }
    return claims
  }

  /// A small BERT with random weights against layers of the teacher and against the BiLSTM.
  private var randomStart: [Claim] {
    let pairs = counterparts(of: "bert-random-", to: "bert-first-")
    let layersText =
      "A small BERT from random weights is not worth it: the teacher's first layers are better"
    let bilstmText =
      "A small BERT from random weights is not worth it: the BiLSTM trained directly is better"
    var claims: [Claim] = []
    if pairs.isEmpty {
      claims.append(
        .missing(layersText, "bert-random-K and bert-first-K of the same K and training"))
    } else {
      claims.append(.better(layersText, pairs.map(\.ours), than: pairs.map(\.theirs), task))
    }
    let random = students.first { $0.name.hasPrefix("bert-random-") && $0.training == .direct }
    if let random, let bilstm = find("bilstm", .direct) {
      claims.append(.better(bilstmText, [bilstm], than: [random], task))
    } else {
      claims.append(
        .missing(bilstmText, "bert-random-K and bilstm that were both trained directly"))
    }
    return claims
  }

  func find(_ name: String, _ training: StudentResult.Training) -> StudentResult? {
    students.first { $0.name == name && $0.training == training }
  }

  /// How many times as fast as the teacher a model was in each round.
  func speeds(
    _ student: StudentResult, _ ratio: (_ teacher: Measurement, _ student: Measurement) -> Double
  ) -> [Double] {
    guard let index = students.firstIndex(of: student),
      let teacher = students.firstIndex(where: { $0.training == .teacher })
    else { return [] }
    return zip(rounds[teacher], rounds[index]).map { ratio($0, $1) }
  }

  /// The students whose names begin with a prefix, each with the student of the same number and training that has the other.
  private func counterparts(
    of prefix: String, to otherPrefix: String
  ) -> [(ours: StudentResult, theirs: StudentResult)] {
    students.filter { $0.name.hasPrefix(prefix) }.compactMap { theirs in
      find(otherPrefix + theirs.name.dropFirst(prefix.count), theirs.training)
        .map { (ours: $0, theirs: theirs) }
    }
  }
}
