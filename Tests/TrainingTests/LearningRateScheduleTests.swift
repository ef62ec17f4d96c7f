import JSON
import Testing
import Training

@Suite struct LearningRateScheduleTests {
  @Test func ratesAreThoseOfTransformers() throws {
    for this in try TrainingReference().cases("schedules") {
      let (warmUp, total) = (try this.integer("warm_up"), try this.integer("total"))
      let schedule = LearningRateSchedule(
        peak: 2e-4, warmUpFraction: Float(warmUp) / Float(total), totalSteps: total)
      #expect(schedule.warmUpSteps == warmUp)
      let rates = (0..<total).map { Double(schedule.rate(at: $0)) }
      #expect(distance(rates, try this.numbers("rates")) < 1e-10)
    }
  }

  @Test func cosinesAreThoseOfTorchAndTransformers() throws {
    let cases = try TrainingReference().cases("cosines")
    #expect(cases.count == 5)
    for this in cases {
      let (warmUp, total) = (try this.integer("warm_up"), try this.integer("total"))
      let schedule = LearningRateSchedule(
        peak: 2e-4, warmUpFraction: Float(warmUp) / Float(total), totalSteps: total,
        finalFraction: Float(try #require(this["final"]?.double)), shape: .cosine)
      let rates = (0..<total).map { Double(schedule.rate(at: $0)) }
      #expect(distance(rates, try this.numbers("rates")) < 1e-10)
    }
  }

  @Test func theFallEndsAtTheFinalFraction() {
    let schedule = LearningRateSchedule(
      peak: 1e-3, warmUpFraction: 0, totalSteps: 50, finalFraction: 0.02)
    #expect(schedule.rate(at: 0) == 1e-3)
    #expect(abs(schedule.rate(at: 25) - 0.51e-3) < 1e-9)
    #expect(abs(schedule.rate(at: 50) - 0.02e-3) < 1e-9)
    #expect(schedule.rate(at: 60) == schedule.rate(at: 50))
  }

  @Test(arguments: [7, 10, 30, 70, 90, 110, 1317]) func aTenthIsATenth(_ total: Int) {
    let schedule = LearningRateSchedule(peak: 1, warmUpFraction: 0.1, totalSteps: total)
    #expect(schedule.warmUpSteps == total / 10)
  }
}
