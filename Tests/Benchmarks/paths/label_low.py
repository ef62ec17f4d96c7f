"""label-low: a teacher's logits in int8 where the CPU has it, beside the low precisions of the others."""
import json

from harness import Comparison, Measure
from paths import agreement, costs, precisions
from paths.choices import Choices
from paths.label import labels_of

# The share of words that must have the label of fp32.
LEAST = 0.998


def comparison(bench, inputs):
    work, threads = bench.work, bench.threads
    full, model = work / "teacher.onnx", work / "teacher-int8.onnx"
    bench.rival("export_onnx.py", inputs.tagger, full)
    bench.rival("quantize_onnx.py", full, model)

    here = precisions.of_teacher(bench, inputs)
    ours = "int8" if "int8" in here else "fp32"
    # A CPU without AVX512-BF16 imitates bfloat16, which takes PyTorch several times as long as fp32.
    rival_precision = "bf16" if "bf16" in here else "fp32"
    modes = Choices("PyTorch")

    def labelled(precision):
        done = bench.summary("distill-bilstm", "label", inputs.third, "--teacher", inputs.tagger, "-o",
                             f"logits-{precision}", "--no-resume", "--threads", threads, "--precision", precision)
        return {"label-low": done["pieces_per_second"]}

    def onnxruntime():
        done = bench.rival("label_onnxruntime.py", inputs.tagger, model, inputs.third, threads, "int8.json")
        return {"label-low": done["pieces_per_second"]}

    def pytorch():
        done = bench.rival("label_pytorch.py", inputs.tagger, inputs.third, threads, "pytorch.json",
                           rival_precision)
        return {"label-low": modes.add(done)["pieces_per_second"]}

    contestants = {"ours": lambda: labelled(ours), "onnxruntime-int8": onnxruntime, "pytorch": pytorch}
    if "bf16" in here:
        contestants["self"] = lambda: labelled("bf16")

    def check():
        if ours != "fp32":
            labelled("fp32")
        exact = labels_of(work / "logits-fp32")
        notes = modes.modes()
        notes += [agreement.note(labels_of(work / f"logits-{precision}"), exact, f"fp32 ({precision})", LEAST)
                  for precision in here if precision != "fp32"]
        for rival, file in (("ONNX Runtime's int8", "int8"), (f"PyTorch's {rival_precision}", "pytorch")):
            theirs = json.loads((work / f"{file}.json").read_text())
            notes.append(f"{rival} agrees with our fp32 on {agreement.share(theirs, exact):.3%} of the words.")
        return notes

    return Comparison(
        measures={"label-low": Measure("pieces/s", flops=costs.bert_forward(inputs.tagger), threads=threads)},
        contestants=contestants,
        notes=[
            f"MiniLM-L6, fine-tuned in one pass over {len(inputs.train_sentences):,} sentences, over "
            f"{len(inputs.train_sentences[::3]):,} of them; the limit is that of fp32, and that of int8 a multiple of it.",
            "ONNX Runtime: dynamic int8, weights with a scale for each output; PyTorch: "
            + ("bf16 autocast." if rival_precision == "bf16" else "fp32, as the CPU has no AVX512-BF16."),
            *precisions.about("int8", here, "Ours: --precision int8."),
            *precisions.about("bf16", here, "self: ours with --precision bf16."),
        ], check=check)
