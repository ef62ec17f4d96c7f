"""train: one epoch of the BiLSTM student."""
import re

from harness import Comparison, Measure
from paths import costs


def comparison(bench, inputs):
    student = inputs.student

    def ours():
        rates = re.findall(r"^student: epoch 1/1 .*?([\d,]+) words/s", inputs.train_student(), re.MULTILINE)
        return {"train": float(rates[-1].replace(",", ""))}

    def pytorch():
        return {"train": bench.rival("train_pytorch.py", student, inputs.train, bench.threads)["words_per_second"]}

    flops = costs.TRAINING * costs.student_forward(student)
    return Comparison(
        measures={"train": Measure("words/s", flops=flops, threads=bench.threads)},
        contestants={"ours": ours, "pytorch": pytorch},
        notes=[
            f"The default student (H 200), one epoch over {len(inputs.train_sentences):,} sentences in the same "
            "batches of 32, cross-entropy, dropout 0.3, AdamW, clipping, linear decay.",
            "Theirs: nn.LSTM over packed sequences, each word type of a batch computed once, fused AdamW, on one or "
            "two threads, whichever is faster.",
        ])
