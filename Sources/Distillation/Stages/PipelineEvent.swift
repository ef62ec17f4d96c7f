import Training

/// What a pipeline tells while it works.
public enum PipelineEvent: Sendable {
  /// A line for the log.
  case message(String)
  /// A training run is under way: the model's name and how far it is.
  case training(String, TrainingProgress)
  /// The dev F1 of an epoch that has just ended.
  case epochEnded(String, TrainingProgress)
  /// The teacher is labelling, of so many sentences in all.
  case labelling(TeacherLabelling.Progress, total: Int)
}

/// Receives a pipeline's events.
public typealias PipelineObserver = (PipelineEvent) -> Void
