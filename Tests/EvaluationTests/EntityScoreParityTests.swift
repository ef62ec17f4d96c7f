import Evaluation
import Labels
import Testing

/// Parity with seqeval over Fixtures/seqeval.txt, which Tests/References/evaluation.py writes after it has held seqeval
/// equal to conlleval's own counting.
@Suite struct EntityScoreParityTests {
  @Test func goldenFileIsWhole() throws {
    let parts = try SeqevalPart.load()
    #expect(parts.map(\.name) == ["iob", "wild"])
    #expect(parts.map(\.sentences.count) == [2000, 400])
    #expect(parts.map(\.scores.count) == [5, 6])
  }

  @Test func spansOfLabelIndicesAreSeqevals() throws {
    for part in try SeqevalPart.load() {
      let labels = LabelSet(names: part.tags)
      for sentence in part.sentences {
        #expect(
          EntitySpan.spans(of: sentence.gold.map(Int.init), in: labels) == sentence.goldSpans,
          "line \(sentence.line)")
        #expect(
          EntitySpan.spans(of: sentence.predicted.map(Int.init), in: labels)
            == sentence.predictedSpans,
          "line \(sentence.line)")
      }
    }
  }

  @Test func spansOfTagsAreSeqevals() throws {
    for part in try SeqevalPart.load() {
      for sentence in part.sentences {
        let tags = sentence.gold.map { part.tags[Int($0)] }
        #expect(EntitySpan.spans(of: tags) == sentence.goldSpans, "line \(sentence.line)")
      }
    }
  }

  @Test func countsOfEachSentenceAreSeqevals() throws {
    for part in try SeqevalPart.load() {
      let score = try scoreByLabels(part)
      for (sentence, counts) in zip(part.sentences, score.examples) {
        let common = Set(sentence.goldSpans).intersection(sentence.predictedSpans)
        let expected = MatchCounts(
          gold: sentence.goldSpans.count, predicted: sentence.predictedSpans.count,
          correct: common.count)
        #expect(counts == expected, "line \(sentence.line)")
      }
    }
  }

  @Test func totalsAreSeqevals() throws {
    for part in try SeqevalPart.load() {
      try expect(scoreByLabels(part), equals: part)
    }
  }

  @Test func tagsAndLabelIndicesScoreTheSame() throws {
    for part in try SeqevalPart.load() {
      var score = EntityScore()
      for sentence in part.sentences {
        score.add(
          gold: sentence.gold.map { part.tags[Int($0)] },
          predicted: sentence.predicted.map { part.tags[Int($0)] })
      }
      try expect(score, equals: part)
    }
  }

  private func scoreByLabels(_ part: SeqevalPart) throws -> EntityScore {
    var score = EntityScore(labels: part.tags)
    for sentence in part.sentences {
      score.add(gold: sentence.gold, predicted: sentence.predicted)
    }
    try #require(score.examples.count == part.sentences.count)
    return score
  }

  private func expect(_ score: EntityScore, equals part: SeqevalPart) throws {
    #expect(abs(score.tokenAccuracy - part.accuracy) < 1e-9)
    let actual = score.parts + [(name: "all", counts: score.overall)]
    try #require(actual.map(\.name) == part.scores.map(\.type))
    for (type, golden) in zip(actual, part.scores) {
      #expect(abs(type.counts.precision - golden.score.precision) < 1e-9, "\(type.name)")
      #expect(abs(type.counts.recall - golden.score.recall) < 1e-9, "\(type.name)")
      #expect(abs(type.counts.f1 - golden.score.f1) < 1e-9, "\(type.name)")
      if golden.score.gold >= 0 { #expect(type.counts.gold == golden.score.gold) }
    }
  }
}
