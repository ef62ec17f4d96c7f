"""finetune: one epoch of a BERT on gold tags."""
import corpus
from harness import Comparison, Measure
from paths import costs
from paths.choices import Choices


def comparison(bench, inputs):
    sentences = corpus.read(inputs.few)
    choices = Choices("PyTorch")
    pieces_per_word = inputs.pieces(inputs.few) / corpus.count_words(sentences)

    def ours():
        done = bench.summary(
            "distill-bilstm", "finetune", "--train", inputs.few, "--dev", inputs.one, "--test", inputs.one,
            "--epochs", 1, "--no-word-shapes", "-o", "finetuned", "--threads", bench.threads)
        return {"finetune": done["words_per_second"] * pieces_per_word}

    def pytorch():
        done = choices.add(bench.rival("finetune_pytorch.py", inputs.base, inputs.few, bench.threads))
        return {"finetune": done["words_per_second"] * pieces_per_word}

    flops = costs.TRAINING * costs.bert_forward(inputs.base)
    return Comparison(
        measures={"finetune": Measure("pieces/s", flops=flops, threads=bench.threads)},
        contestants={"ours": ours, "pytorch": pytorch},
        notes=[
            f"MiniLM-L6, one epoch over {len(sentences):,} sentences in the same batches of 32, dropout 0.1, AdamW "
            "(theirs fused), clipping, linear warm-up and decay.",
        ], check=choices.modes)
