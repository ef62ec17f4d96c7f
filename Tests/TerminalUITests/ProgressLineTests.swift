import Synchronization
import TerminalUI
import Testing

/// A clock that the test sets and an output that it reads.
private final class Stage: Sendable {
  private let time = Mutex(100.0)
  private let text = Mutex("")
  var now: Double { time.withLock { $0 } }
  var shown: String { text.withLock { $0 } }

  func line(_ mode: ProgressLine.Mode) -> ProgressLine {
    ProgressLine(
      mode: mode, clock: { self.now }, output: { written in self.text.withLock { $0 += written } })
  }

  func wait(_ seconds: Double) { time.withLock { $0 += seconds } }
}

@Suite struct ProgressLineTests {
  @Test func lineHoldsEveryField() {
    let progress = Progress(
      label: "epoch 2/3", fraction: 0.4199, rate: 9120.4, loss: 0.08123, devScore: ("F1", 0.88307))
    #expect(
      progress.line(secondsElapsed: 100)
        == "epoch 2/3   41%   9,120 words/s   loss 0.0812   dev F1 88.31   2 min 19 s left")
    #expect(Progress(label: "reading").line(secondsElapsed: 5) == "reading")
  }

  @Test func givenTimeLeftComesBeforeTheEstimate() {
    let progress = Progress(label: "x", fraction: 0.5, secondsLeft: 30)
    #expect(progress.line(secondsElapsed: 1000) == "x   50%   30.0 s left")
  }

  @Test func oddNumbersDoNotTrap() {
    let progress = Progress(
      label: "x", fraction: .nan, rate: .infinity, loss: .nan, devScore: ("F1", .nan),
      secondsLeft: .nan)
    #expect(
      progress.line(secondsElapsed: .nan) == "x   0%   loss nan   dev F1 nan   unknown left")
    #expect(
      Progress(label: "x", fraction: 7, rate: 1e300).line(secondsElapsed: 1).hasPrefix("x   100%"))
  }

  @Test func terminalLineIsRewrittenTenTimesASecondAtMost() {
    let stage = Stage()
    let line = stage.line(.rewriting(columns: 80))
    line.update(Progress(label: "a"))
    line.update(Progress(label: "b"))
    stage.wait(0.2)
    line.update(Progress(label: "c"))
    line.finish(Progress(label: "d"))
    #expect(stage.shown == "\ra\u{1B}[K\rc\u{1B}[K\rd\u{1B}[K\n")
  }

  @Test func terminalLineIsCutToTheWidth() {
    let stage = Stage()
    stage.line(.rewriting(columns: 8)).update(Progress(label: "0123456789"))
    #expect(stage.shown == "\r012345…\u{1B}[K")
  }

  @Test func noteStandsAboveTheLine() {
    let stage = Stage()
    let line = stage.line(.rewriting(columns: 80))
    line.update(Progress(label: "a"))
    line.note("hello")
    line.update(Progress(label: "b"))
    #expect(stage.shown == "\ra\u{1B}[K\r\u{1B}[Khello\n\rb\u{1B}[K")
  }

  @Test func pipeGetsPlainLinesFromTimeToTime() {
    let stage = Stage()
    let line = stage.line(.plain(every: 10))
    line.update(Progress(label: "a"))
    stage.wait(9)
    line.update(Progress(label: "b"))
    stage.wait(1)
    line.update(Progress(label: "c"))
    line.finish(Progress(label: "d"))
    line.note("e")
    #expect(stage.shown == "a\nc\nd\ne\n")
  }

  @Test func quietSaysNothing() {
    let stage = Stage()
    let line = stage.line(.silent)
    line.update(Progress(label: "a"))
    line.note("b")
    line.finish(Progress(label: "c"))
    #expect(stage.shown.isEmpty)
  }

  @Test func restartBeginsTheEstimateAnew() {
    let stage = Stage()
    let line = stage.line(.plain(every: 0))
    stage.wait(1000)
    line.restart()
    stage.wait(10)
    line.update(Progress(label: "a", fraction: 0.5))
    #expect(stage.shown == "a   50%   10.0 s left\n")
  }

  @Test func wordsOfFilesMoveNothing() {
    let stage = Stage()
    let line = stage.line(.rewriting(columns: 60))
    line.note("reading \u{1B}]0;title\u{7}\nand \u{9B}2J")
    line.update(Progress(label: "epoch\r\u{1B}[2J"))
    #expect(
      stage.shown == "reading \\u001B]0;title\\u0007\nand \\u009B2J\n"
        + "\repoch\\r\\u001B[2J\u{1B}[K")
  }

  @Test func linesAreBounded() {
    let stage = Stage()
    stage.line(.plain(every: 1)).note(String(repeating: "x\u{301}", count: 1_000_000))
    #expect(stage.shown.unicodeScalars.count == 4002)
    #expect(stage.shown.hasSuffix("…\n"))
  }
}
