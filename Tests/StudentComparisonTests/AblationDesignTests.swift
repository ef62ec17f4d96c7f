import Augment
import Corpora
import Distillation
import Labels
import StudentComparison
import Testing

@Suite struct AblationDesignTests {
  private var plan: DistillationPlan {
    DistillationPlan(
      train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
      dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil)
  }

  @Test(arguments: [
    ("n-iter=0,5,05", ["0", "5"]), ("operations=none,ngram+mask", ["none", "mask+ngram"]),
    ("loss=kl,mse,ce", ["kl", "mse", "ce"]), ("alpha=0,0.50", ["0.0", "0.5"]),
    ("final-alpha=1", ["1.0"]), ("temperature=2", ["2.0"]), ("epochs=auto,3", ["auto", "3"]),
    ("crf=no,yes", ["no", "yes"]), ("dropout=0,0.10", ["0.0", "0.1"]),
    ("layers=2", ["2"]), ("hidden-size=0200,300", ["200", "300"]),
    ("piece-dimension=64,128", ["64", "128"]),
    ("original-repeats=1,4", ["1", "4"]),
  ])
  func factorsAreRead(_ text: String, _ values: [String]) throws {
    #expect(try AblationFactor(text).values == values)
  }

  @Test(arguments: [
    ("n-iter", "NAME=VALUE"), ("depth=1", "operations, n-iter, loss"),
    ("n-iter=", " is not a whole"),
    ("n-iter=1001", "1001 is not"), ("operations=mask+", "mask+ is not none"),
    ("operations=MASK", "MASK is not"), ("loss=nll", "nll is not one of mse, kl, ce"),
    ("alpha=1.5", "from 0 to 1"), ("alpha=nan", "from 0 to 1"), ("final-alpha=2", "from 0 to 1"),
    ("temperature=0", "0.01 to 1000"),
    ("temperature=inf", "0.01 to 1000"), ("epochs=0", "auto, or"), ("crf=true", "yes or no"),
    ("piece-dimension=0", "1 to 1024"), ("piece-dimension=1025", "1 to 1024"),
    ("hidden-size=0", "1 to 1024"), ("hidden-size=1025", "1 to 1024"), ("layers=3", "1 to 2"),
    ("dropout=1", "below 1"), ("dropout=nan", "below 1"),
    ("original-repeats=0", "1 to 100"), ("original-repeats=101", "1 to 100"),
  ])
  func othersAreNot(_ text: String, _ message: String) {
    let problem = #expect(throws: AblationFactor.Problem.self) { try AblationFactor(text) }
    #expect(problem?.description.contains(message) == true, "\(text)")
  }

  @Test func oneFactorAtATimeKeepsTheOthers() throws {
    let design = AblationDesign(
      plan, factors: [try AblationFactor("n-iter=0,5"), try AblationFactor("loss=kl,mse")],
      isCrossed: false)
    // The plan's own n_iter is added.
    #expect(design.groups.map { $0.variants.map(\.title) } == [["0", "5", "20"], ["kl", "mse"]])
    #expect(design.groups[0].variants.allSatisfy { $0.plan.loss == .kl })
    #expect(design.groups[1].variants.allSatisfy { $0.plan.augmentation.rounds == 20 })
    // n-iter 20 and kl are one recipe.
    #expect(design.count == 4)
    #expect(design.variants[0].identity == design.base.identity)
  }

  @Test func crossedFactorsGiveEveryCombination() throws {
    let design = AblationDesign(
      plan, factors: [try AblationFactor("n-iter=0,5"), try AblationFactor("operations=mask,pos")],
      isCrossed: true)
    #expect(design.groups.count == 1)
    #expect(
      design.groups[0].variants.map(\.title) == ["0, mask", "0, pos", "5, mask", "5, pos"])
    // Without rounds there is nothing that operations could do.
    #expect(design.count == 3)
    #expect(design.groups[0].name == "n-iter, operations")
  }

  @Test func goldTagsNeedNoTeacher() throws {
    let design = AblationDesign(
      plan, factors: [try AblationFactor("loss=ce,kl")], isCrossed: false)
    #expect(design.groups[0].variants.map(\.choice.isDistilled) == [false, true])
  }

  @Test func defaultFactorsFollowThePlan() {
    var plan = plan
    plan.augmentation.operations = [.mask, .ngram]
    let factors = AblationFactor.defaults(for: plan)
    #expect(factors.map(\.field.name) == ["operations", "n-iter", "loss"])
    #expect(factors[0].values == ["none", "mask", "ngram", "mask+ngram"])
  }

  @Test func foldersTellVariantsApart() throws {
    let names = RecipeField.all.filter { $0.isVaried && $0.tasks.contains(.tag) }.map(\.name)
    let texts = [
      "operations=mask", "n-iter=3", "loss=mse", "alpha=0.1", "final-alpha=1", "temperature=3",
      "dropout=0.2", "epochs=2", "crf=no", "layers=2", "piece-dimension=128",
      "hidden-size=300", "original-repeats=2",
    ]
    let factors = try texts.map { try AblationFactor($0) }
    #expect(factors.map(\.field.name) == names)
    let identities = factors.map {
      AblationDesign(plan, factors: [$0], isCrossed: false).groups[0].variants[0].identity
    }
    #expect(
      Set(identities + [AblationDesign(plan, factors: [], isCrossed: false).base.identity]).count
        == names.count + 1)
  }
}
