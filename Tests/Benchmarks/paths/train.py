"""train: one epoch of the BiLSTM student."""
from harness import Comparison, Measure
from paths import costs
from paths.choices import Choices, counted


def comparison(bench, inputs):
    student, choices = inputs.student, Choices("PyTorch")

    def ours():
        return {"train": inputs.train_student()}

    def pytorch():
        done = bench.rival("train_pytorch.py", student, inputs.train, bench.threads)
        return {"train": choices.add(done)["words_per_second"]}

    def check():
        return choices.modes() + [f"PyTorch's threads; rounds: {counted(done['threads'] for done in choices.rounds)}."]

    flops = costs.TRAINING * costs.student_forward(student)
    return Comparison(
        measures={"train": Measure("words/s", flops=flops, threads=bench.threads)},
        contestants={"ours": ours, "pytorch": pytorch},
        notes=[
            f"The default student (H 200) without its CRF, one epoch over {len(inputs.train_sentences):,} sentences in the same "
            "batches of 32, cross-entropy, dropout 0.3, AdamW, clipping, linear decay.",
            "Theirs: nn.LSTM over packed sequences, into which torch.compile does not look, each word type of a batch "
            "computed once, eager or compiled, fused AdamW, on one or two threads, whichever is faster.",
        ], check=check)
