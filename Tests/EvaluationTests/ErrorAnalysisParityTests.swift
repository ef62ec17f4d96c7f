import Evaluation
import Files
import TestSupport
import Testing

/// Parity with Tests/References/error_analysis.py, which sorts the errors of Fixtures/seqeval.txt pair by pair.
@Suite struct ErrorAnalysisParityTests {
  @Test(arguments: ["iob", "wild"])
  func everyCountIsTheReferences(_ name: String) throws {
    let part = try #require(try SeqevalPart.load().first { $0.name == name })
    let expected = try goldenLines(of: name)
    #expect(lines(of: try analysis(of: part)) == expected)
  }

  @Test func everyCountAddsUpToTheScore() throws {
    for part in try SeqevalPart.load() {
      let analysis = try analysis(of: part)
      var score = EntityScore(labels: part.tags)
      for sentence in part.sentences {
        score.add(gold: sentence.gold, predicted: sentence.predicted)
      }
      #expect(analysis.count(of: .correct) == score.overall.correct)
      for (type, counts) in score.parts {
        let (types, confusion) = (analysis.confusion.names, analysis.confusion)
        let row = (types.map(Optional.some) + [nil]).map { confusion[gold: type, predicted: $0] }
        let column = (types.map(Optional.some) + [nil]).map { confusion[gold: $0, predicted: type] }
        #expect(row.reduce(0, +) == counts.gold)
        #expect(column.reduce(0, +) == counts.predicted)
      }
      let seen = try #require(analysis.seen)
      #expect(seen.seen.gold + seen.unseen.gold == score.overall.gold)
      #expect(seen.seen.correct + seen.unseen.correct == score.overall.correct)
    }
  }

  private func analysis(of part: SeqevalPart) throws -> ErrorAnalysis {
    func tags(_ labels: [Int32]) -> [String] { labels.map { part.tags[Int($0)] } }
    let sentences = part.sentences.map { (gold: tags($0.gold), predicted: tags($0.predicted)) }
    var forms = SurfaceForms()
    for sentence in sentences.prefix(100) { forms.add(words: sentence.gold, tags: sentence.gold) }
    var analysis = ErrorAnalysis(trainingForms: forms)
    for sentence in sentences {
      analysis.add(words: sentence.gold, gold: sentence.gold, predicted: sentence.predicted)
    }
    return analysis
  }

  private func goldenLines(of part: String) throws -> [String] {
    let reader = try LineReader(path: fixture("EvaluationTests/Fixtures/error_analysis.txt"))
    var lines: [String] = []
    var isPart = false
    while let line = try reader.nextString() {
      if line.hasPrefix("part ") {
        isPart = line == "part \(part)"
      } else if isPart {
        lines.append(line)
      }
    }
    return lines
  }

  private func lines(of analysis: ErrorAnalysis) -> [String] {
    func text(_ counts: MatchCounts) -> String {
      "\(counts.gold) \(counts.predicted) \(counts.correct)"
    }
    let outcomes = EntityMatch.Outcome.allCases.map {
      "outcome \($0.rawValue) \(analysis.count(of: $0))"
    }
    let confusion = analysis.confusion.cells
      .map { (gold: $0.gold ?? "-", predicted: $0.predicted ?? "-", count: $0.count) }
      .sorted { ($0.gold, $0.predicted) < ($1.gold, $1.predicted) }
      .map { "confusion \($0.gold) \($0.predicted) \($0.count)" }
    let lengths = analysis.lengths.map {
      "length \($0.shortest) \($0.sentences) \(text($0.counts))"
    }
    let seen = analysis.seen.map {
      ["seen seen \(text($0.seen))", "seen unseen \(text($0.unseen))"]
    }
    return outcomes + confusion + lengths + (seen ?? [])
  }
}
