import Distillation
import TerminalUI
import Training

extension CommonOptions {
  /// Shows a pipeline's events on the progress line.
  public func pipelineObserver() -> PipelineObserver {
    let line = progressLine()
    return { event in
      switch event {
      case .message(let text): line.note(text)
      case .training(let name, let progress, let task):
        line.update(Progress(training: name, progress, task))
      case .epochEnded(let name, let progress, let task):
        line.finish(Progress(training: name, progress, task))
      case .labelling(let progress, let total, let task):
        let done = progress.keptExamples + progress.examples
        let state = Progress(
          label: "labelling", fraction: Double(done) / Double(max(total, 1)),
          rate: Double(progress.rows) / max(progress.seconds, 1e-9), unit: task.rowNoun,
          secondsLeft: progress.seconds * Double(total - done)
            / Double(max(progress.examples, 1)))
        if done >= total { line.finish(state) } else { line.update(state) }
      }
    }
  }
}

extension Progress {
  /// The state of a training run.
  init(training name: String, _ progress: TrainingProgress, _ task: any DistillationTask) {
    self.init(
      label: "\(name): epoch \(progress.epoch)/\(progress.epochs)", fraction: progress.fraction,
      rate: progress.rowsPerSecond, unit: task.rowNoun, loss: progress.loss,
      devScore: progress.devScore.map { (task.metric, $0) },
      secondsLeft: progress.secondsLeft)
  }
}
