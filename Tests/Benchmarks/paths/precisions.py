"""Which precisions the commands have on this CPU; they take fp32 where it lacks the instructions for another."""


def of_teacher(bench, inputs):
    """Of `distill-bilstm label`."""
    return usable(lambda precision: bench.summary(
        "distill-bilstm", "label", inputs.one, "--teacher", inputs.tagger, "-o", "logits-of-one", "--no-resume",
        "--precision", precision), ("fp32", "bf16", "int8"))


def of_student(bench, inputs):
    """Of `distill-bilstm tag`."""
    return usable(lambda precision: bench.summary(
        "distill-bilstm", "tag", inputs.one, "--model", inputs.student, "--input", "conll",
        "--precision", precision), ("fp32", "int8"))


def usable(summary, precisions):
    return [precision for precision in precisions if summary(precision)["precision"] == precision]


def about(precision, usable, note):
    """The lines for RESULTS.md about a precision: a note, or that it is left out."""
    return [note if precision in usable
            else f"{precision} is left out: this CPU has no instructions that the commands use for it."]
