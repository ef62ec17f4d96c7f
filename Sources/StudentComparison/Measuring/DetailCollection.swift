import Corpora
import Distillation
import Evaluation
import Kernels
import Labels
import Runtime

/// Takes the closer look at every model of a comparison: where it errs, agreement with the teacher, examples.
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
    var answers: [[[String]]] = []
    for (index, path) in paths.enumerated() {
      let model = try ModelDirectories.open(path).model(for: test.task)
      answers.append(try model.answers(for: test.examples, workers: workers))
      report.students[index].details = StudentDetails(
        errors: test.task.labelsWords
          ? .entities(entityErrors(of: answers[index], forms))
          : .labels(confusion(of: answers[index], labels: model.labels)),
        agreement: index == 0 ? nil : agreement(of: answers[index], with: answers[0]),
        calibration: model.confidences(on: test.examples, workers: workers)
          .map { Calibration(of: $0) })
    }
    guard let teacher = answers.first, let best = report.bestStudent,
      let place = report.students.firstIndex(of: best), place < answers.count
    else { return }
    report.examples = examples(teacher: teacher, student: answers[place], title: best.title)
  }

  private func entityErrors(
    of tags: [[String]], _ forms: SurfaceForms
  ) -> StudentDetails.EntityErrors {
    var analysis = ErrorAnalysis(trainingForms: forms)
    for (sentence, tags) in zip(test.examples, tags) {
      analysis.add(words: sentence.words, gold: sentence.tags, predicted: tags)
    }
    return StudentDetails.EntityErrors(
      outcomes: EntityMatch.Outcome.allCases.map(analysis.count(of:)),
      seen: analysis.seen?.seen ?? MatchCounts(), unseen: analysis.seen?.unseen ?? MatchCounts())
  }

  private func confusion(of answers: [[String]], labels: [String]) -> Confusion {
    var score = ClassificationScore(labels: labels)
    for (example, answer) in zip(test.examples, answers) {
      score.add(gold: test.task.task.targets(of: example), predicted: answer)
    }
    return score.confusion
  }

  private func agreement(
    of answers: [[String]], with teacher: [[String]]
  ) -> StudentDetails.Agreement {
    guard test.task.labelsWords else {
      var score = ClassificationScore(labels: [])
      for (taught, answer) in zip(teacher, answers) { score.add(gold: taught, predicted: answer) }
      return StudentDetails.Agreement(rows: score.accuracy)
    }
    let score = EntityScore(gold: teacher, predicted: answers)
    return StudentDetails.Agreement(rows: score.tokenAccuracy, f1: score.overall.f1)
  }

  private func examples(
    teacher: [[String]], student: [[String]], title: String
  ) -> ReportExamples {
    func answer(_ rows: [String]) -> ReportExamples.Answer {
      test.task.labelsWords ? .entities(EntitySpan.spans(of: rows)) : .label(rows[0])
    }
    let examples = test.examples.enumerated().map { index, example in
      ReportExamples.Example(
        words: example.words, firstLength: example.firstLength,
        gold: answer(test.task.task.targets(of: example)), teacher: answer(teacher[index]),
        student: answer(student[index]))
    }
    return ReportExamples.choose(from: examples, student: title)
  }
}
