import Evaluation
import StudentComparison
import Testing

@Suite struct ClaimTests {
  /// A student that gets the first `correct` of so many one-entity sentences right, a number for each seed.
  private func student(
    _ name: String, _ training: StudentResult.Training, correct: [Int], of count: Int = 100,
    parameters: Int = 10, encoder: Int = 5
  ) -> StudentResult {
    let seeds = correct.enumerated().map { seed, correct in
      var score = EntityScore()
      for sentence in 0..<count {
        score.add(gold: ["B-PER"], predicted: [sentence < correct ? "B-PER" : "B-LOC"])
      }
      return SeedResult(seed: UInt64(seed), score: score)
    }
    return StudentResult(
      name: name, training: training, seeds: seeds, parameters: parameters,
      parametersWithoutEmbeddings: encoder, fileBytes: 4)
  }

  private func measurement(_ latency: Double) -> Measurement {
    Measurement(
      wordsPerSecond: 1000 / latency, wordsPerSecondOnAllThreads: 2000 / latency,
      latencyP50Milliseconds: latency, latencyP95Milliseconds: latency, peakMemoryBytes: 1)
  }

  /// The claims of students beside a teacher of 95 % and 8 ms; a student without a latency takes 4 ms in each round.
  private func claims(
    _ students: [StudentResult], latencies: [String: [Double]] = [:], sentences: Int = 100
  ) -> [Claim] {
    let teacher = student(
      "teacher", .teacher, correct: [95 * sentences / 100], of: sentences, parameters: 20,
      encoder: 10)
    let rounds = ([teacher] + students).map { row in
      (latencies[row.name] ?? Array(repeating: row.name == "teacher" ? 8 : 4, count: 6))
        .map(measurement)
    }
    return Claims(students: [teacher] + students, rounds: rounds, teacherLayers: 6).all
  }

  private func claim(_ beginning: String, _ claims: [Claim]) throws -> Claim {
    try #require(claims.first { $0.text.hasPrefix(beginning) }, "\(claims.map(\.text))")
  }

  @Test func verdictFollowsThePairedTest() throws {
    func verdict(_ distilled: Int, _ direct: Int) throws -> Claim {
      try claim(
        "x: distilled is better than direct",
        claims([
          student("x", .direct, correct: [direct]), student("x", .distilled, correct: [distilled]),
        ]))
    }
    let confirmed = try verdict(95, 60)
    #expect(confirmed.verdict == .confirmed)
    #expect(confirmed.pValueText == "p < 0.001")
    #expect(confirmed.figures.hasPrefix("F1 95.0 against 60.0, difference +35.0, 95 % interval "))
    #expect(!confirmed.figures.contains("trainings"))
    #expect(try verdict(60, 95).verdict == .refuted)
    #expect(try verdict(95, 94).verdict == .undecided)
  }

  @Test func seedsArePooledAndTheirSignsCounted() throws {
    let all = claims([
      student("x", .direct, correct: [80, 90, 70]),
      student("x", .distilled, correct: [95, 89, 95]),
      student("y", .direct, correct: [10, 10, 10]),
      student("y", .distilled, correct: [50, 50, 50]),
    ])
    let one = try claim("x: distilled", all)
    #expect(one.figures.hasPrefix("F1 93.0 against 80.0, difference +13.0"))
    #expect(one.figures.hasSuffix("; higher in 2 of 3 trainings"))
    let together = try claim("Distilled students are better than students trained directly", all)
    #expect(together.text.hasSuffix("(x, y)"))
    #expect(together.figures.hasPrefix("F1 71.5 against 45.0"))
    #expect(together.figures.hasSuffix("; higher in 5 of 6 trainings"))
    #expect(together.verdict == .confirmed)
  }

  @Test func withFewSentencesNothingIsDecided() throws {
    let all = claims(
      [
        student("x", .direct, correct: [1], of: 29),
        student("x", .distilled, correct: [29], of: 29),
      ], sentences: 29)
    let claim = try claim("x: distilled", all)
    #expect(claim.verdict == .undecided && claim.pValue == nil)
    #expect(claim.figures == "29 test sentences are too few, 30 are needed")
  }

  @Test func withoutStudentsNothingIsDecided() {
    let all = claims([])
    #expect(all.count == 10)
    for claim in all {
      #expect(claim.verdict == .undecided && claim.pValue == nil, "\(claim.text)")
      #expect(claim.figures.hasPrefix("this comparison has no "), "\(claim.figures)")
    }
  }

  @Test func studentsAreComparedWithTheirCounterparts() throws {
    let all = claims([
      student("bert-first-2", .direct, correct: [90]),
      student("bert-alternate-2", .direct, correct: [60]),
      student("bert-alternate-3", .direct, correct: [99]),
      student("bert-random-2", .direct, correct: [20]), student("bilstm", .direct, correct: [15]),
    ])
    let layers = try claim("The first layers make a better student", all)
    #expect(layers.figures.hasPrefix("F1 90.0 against 60.0"))
    #expect(layers.verdict == .confirmed)
    let random = all.filter { $0.text.hasPrefix("A small BERT from random weights") }
    #expect(random.map(\.verdict) == [.confirmed, .refuted])
    #expect(random[0].figures.hasPrefix("F1 90.0 against 20.0"))
    #expect(random[1].figures.hasPrefix("F1 15.0 against 20.0"))
  }

  @Test func theBiLSTMIsComparedThoughNoStudentWasTrainedBothWays() throws {
    let all = claims([
      student("bilstm", .direct, correct: [60]), student("bilstm+aug", .distilled, correct: [95]),
    ])
    #expect(
      try claim("The BiLSTM distilled on augmented text", all).verdict == .confirmed)
    #expect(try claim("Distilled students are better", all).verdict == .undecided)
  }

  @Test func halfOfTheLayersIsHeldToDistilBERT() throws {
    func verdicts(_ correct: Int, _ parameters: Int, _ latencies: [Double]) -> [Claim] {
      let student = student(
        "bert-alternate-3", .distilled, correct: [correct], parameters: parameters)
      return claims([student], latencies: ["bert-alternate-3": latencies])
        .filter { $0.text.contains("DistilBERT") }
    }
    let good = verdicts(95, 12, [4, 4, 4, 4, 4, 4])
    #expect(good.map(\.verdict) == [.confirmed, .confirmed, .confirmed])
    #expect(
      good[0].figures.contains(
        "40.0 % fewer; 50.0 % without embedding tables; counted, so there is no test"))
    #expect(
      good[1].figures
        == "bert-alternate-3, one sentence alone: 2.0 times as fast, 2.0 times to 2.0 times in 6 rounds"
    )
    #expect(good[1].pValueText == "p = 0.031")
    #expect(good[2].figures.contains("F1 95.0 against 97 % of 95.0 = 92.2, difference +2.8"))
    // One round of six on the other side, and nothing is sure.
    let bad = verdicts(70, 13, [4, 4, 4, 4, 4, 8])
    #expect(bad.map(\.verdict) == [.refuted, .undecided, .refuted])
    #expect(verdicts(95, 12, [8, 8, 8, 8, 8, 8])[1].verdict == .refuted)
  }

  @Test func theBiLSTMIsHeldToTang() throws {
    // Layers of a tenth of BERT-large's parameters, so a tenth of its factor is expected: 43.4.
    func claims(encoder: Int, latency: Double) -> [Claim] {
      let teacher = student(
        "teacher", .teacher, correct: [95], parameters: 33_500_000, encoder: 30_300_000)
      let small = student(
        "bilstm", .direct, correct: [80], parameters: 2_000_000, encoder: encoder)
      let rounds = [8, latency].map { Array(repeating: measurement($0), count: 6) }
      return Claims(students: [teacher, small], rounds: rounds, teacherLayers: 6).all
        .filter { $0.text.contains("Tang") }
    }
    let good = claims(encoder: 500_000, latency: 0.16)
    #expect(good.map(\.verdict) == [.confirmed, .confirmed, .confirmed])
    #expect(
      good[0].figures
        == "0.50 M: 670 times fewer than BERT-large (the paper: 349 times), 67 times fewer than this "
        + "teacher's 33.5 M; counted, so there is no test")
    #expect(
      good[1].text.hasPrefix("The BiLSTM is 43 times faster than the teacher, many sentences"))
    #expect(good[1].figures.contains("50 times as fast"))
    #expect(good[2].figures.hasSuffix("layers of 303 M parameters, this teacher's have 30.3 M"))
    #expect(
      claims(encoder: 1_000_000, latency: 0.2).map(\.verdict) == [.refuted, .refuted, .refuted])
  }
}
