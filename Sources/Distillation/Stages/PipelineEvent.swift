import Training

/// What a pipeline tells while it works.
public enum PipelineEvent: Sendable {
  /// A line for the log.
  case message(String)
  /// A training run is under way: the model's name, how far it is and what it learns.
  case training(String, TrainingProgress, any DistillationTask)
  /// The dev score of an epoch that has just ended.
  case epochEnded(String, TrainingProgress, any DistillationTask)
  /// The teacher is labelling, of so many examples in all.
  case labelling(TeacherLabelling.Progress, total: Int, any DistillationTask)
}

/// Receives a pipeline's events.
public typealias PipelineObserver = (PipelineEvent) -> Void
