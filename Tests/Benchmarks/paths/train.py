"""train: one epoch of the BiLSTM student."""
from harness import Comparison, Measure
from paths import costs


def comparison(bench, inputs):
    student = inputs.student

    def ours():
        return {"train": inputs.train_student()}

    def pytorch():
        return {"train": bench.rival("train_pytorch.py", student, inputs.train, bench.threads)["words_per_second"]}

    flops = costs.TRAINING * costs.student_forward(student)
    return Comparison(
        measures={"train": Measure("words/s", flops=flops, threads=bench.threads)},
        contestants={"ours": ours, "pytorch": pytorch},
        notes=[
            f"The default student (H 200) without its CRF, one epoch over {len(inputs.train_sentences):,} sentences in the same "
            "batches of 32, cross-entropy, dropout 0.3, AdamW, clipping, linear decay.",
            "Theirs: nn.LSTM over packed sequences, each word type of a batch computed once, fused AdamW, on one or "
            "two threads, whichever is faster.",
        ])
