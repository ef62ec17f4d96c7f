"""workers: two threads against one of ours."""
from harness import Comparison, Measure


def comparison(bench, inputs):
    def figures(threads):
        label = bench.summary("distill-bilstm", "label", inputs.few, "--teacher", inputs.teacher, "-o",
                              "workers-logits", "--no-resume", "--threads", threads)
        tuned = bench.summary(
            "distill-bilstm", "finetune", "--train", inputs.fewer, "--dev", inputs.one, "--test", inputs.one,
            "--epochs", 1, "-o", "workers-finetuned", "--threads", threads)
        return {
            "workers, label": label["pieces_per_second"] * label["words"] / label["pieces"],
            "workers, finetune": tuned["words_per_second"],
            "workers, train": inputs.train_student(threads),
        }

    return Comparison(
        measures={
            "workers, label": Measure("words/s of label, two threads against one"),
            "workers, finetune": Measure("words/s of finetune, two threads against one"),
            "workers, train": Measure("words/s of train, two threads against one"),
        },
        contestants={"ours": lambda: figures(bench.threads), "self": lambda: figures(1)},
        notes=["The same work on two threads (ours) and on one (self); goal: 1.85 times. Both cores share caches, memory "
               "and clock, so that two large sgemm side by side need not be twice one either."])
