import Corpora
import Distillation
import Evaluation
import Kernels
import Labels
import Runtime

/// Takes the closer look at every model of a comparison: kinds of errors, agreement with the teacher, example sentences.
struct DetailCollection {
  let test: Corpus
  let training: Corpus
  let workers: Workers

  /// Adds the details to a report.
  ///
  /// - Parameters:
  ///   - report: The report; the first of its models is the teacher.
  ///   - paths: The model directories in the order of the report's models, each of a model's first seed.
  /// - Throws: `FileError` or `DataError` for a model that is missing or wrong.
  func add(to report: inout ComparisonReport, paths: [String]) throws {
    var forms = SurfaceForms()
    for sentence in training.examples { forms.add(words: sentence.words, tags: sentence.tags) }
    var tags: [[[String]]] = []
    for (index, path) in paths.enumerated() {
      let model = try ModelDirectories.open(path).model(for: test.task)
      tags.append(try model.answers(for: test.examples, workers: workers))
      var details = details(of: tags[index], forms, teacher: index > 0 ? tags[0] : nil)
      details.calibration = model.confidences(on: test.examples, workers: workers)
        .map { Calibration(of: $0) }
      report.students[index].details = details
    }
    guard let teacher = tags.first, let best = report.bestStudent,
      let place = report.students.firstIndex(of: best), place < tags.count
    else { return }
    report.examples = examples(teacher: teacher, student: tags[place], title: best.title)
  }

  private func details(
    of tags: [[String]], _ forms: SurfaceForms, teacher: [[String]]?
  ) -> StudentDetails {
    var analysis = ErrorAnalysis(trainingForms: forms)
    for (sentence, tags) in zip(test.examples, tags) {
      analysis.add(words: sentence.words, gold: sentence.tags, predicted: tags)
    }
    let agreement = teacher.map { EntityScore(gold: $0, predicted: tags) }
    return StudentDetails(
      outcomes: EntityMatch.Outcome.allCases.map(analysis.count(of:)),
      seen: analysis.seen?.seen ?? MatchCounts(), unseen: analysis.seen?.unseen ?? MatchCounts(),
      agreement: agreement.map {
        StudentDetails.Agreement(words: $0.tokenAccuracy, f1: $0.overall.f1)
      })
  }

  private func examples(
    teacher: [[String]], student: [[String]], title: String
  ) -> ExampleSentences {
    let sentences = test.examples.indices.map { index in
      ExampleSentences.Example(
        words: test.examples[index].words, gold: EntitySpan.spans(of: test.examples[index].tags),
        teacher: EntitySpan.spans(of: teacher[index]), student: EntitySpan.spans(of: student[index])
      )
    }
    return ExampleSentences.choose(from: sentences, student: title)
  }
}
