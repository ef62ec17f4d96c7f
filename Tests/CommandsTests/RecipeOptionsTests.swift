import ArgumentParser
import Commands
import Corpora
import Distillation
import Testing
import Training

/// The options that are made from the recipe's fields.
@Suite struct RecipeOptionsTests {
  private var plan: DistillationPlan {
    DistillationPlan(
      train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
      dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil)
  }

  @Test(arguments: RecipeField.all.map(\.name))
  func everyFieldIsAnOptionWithItsValue(_ name: String) throws {
    let field = try #require(RecipeField.named(name))
    var plan = plan
    let value = field.value(in: plan)
    // A plan may be without such a number, which then has no text that could be set.
    let settable = field.set(value, in: &plan)
    switch field.form {
    case .flag:
      _ = try DistillBiLSTM.parseAsRoot(["train", "--\(name)"])
      _ = try DistillBiLSTM.parseAsRoot(["train", "--no-\(name)"])
    case .value:
      if settable { _ = try DistillBiLSTM.parseAsRoot(["train", "--\(name)", value]) }
      let error = #expect(throws: (any Error).self) {
        try DistillBiLSTM.parseAsRoot(["train", "--\(name)", "?"])
      }
      let message = DistillBiLSTM.fullMessage(for: try #require(error))
      #expect(message.contains("--\(name) ? is not \(field.expectation)."), "\(message)")
    }
  }

  @Test(arguments: RecipeField.all.map(\.name))
  func aValueThatIsSetIsTheValueThatIsRead(_ name: String) throws {
    let field = try #require(RecipeField.named(name))
    let texts = [
      "mask", "3", "mse", "0.25", "no", "2", "auto", "adadelta", "cosine", "yes", "none",
      "max",
    ]
    let accepted = texts.filter { text in
      var plan = plan
      guard field.set(text, in: &plan) else {
        #expect(field.value(in: plan) == field.value(in: self.plan), "changed by \(text)")
        return false
      }
      let read = field.value(in: plan)
      #expect(read == text || Float(read) == Float(text), "\(name) \(text) is read as \(read)")
      return true
    }
    #expect(!accepted.isEmpty)
  }

  @Test func thePaperIsARecipeOfItsOwn() {
    var plan = plan
    Recipe.paper.apply(to: &plan)
    let values = ["loss", "alpha", "crf", "optimizer"].map {
      RecipeField.named($0)?.value(in: plan)
    }
    #expect(values == ["mse", "0.0", "no", "adadelta"])
    #expect(plan.studentTraining.batchSize == 50)
    #expect(plan.studentTraining.learningRate == 1)
  }
}
