"""label: a teacher's logits of every word of the corpus."""
import json

from safetensors.numpy import load_file

from harness import Comparison, Measure
from paths import agreement, costs
from paths.choices import Choices


def comparison(bench, inputs):
    work, threads = bench.work, bench.threads
    model, choices = work / "teacher.onnx", Choices("PyTorch")
    bench.rival("export_onnx.py", inputs.teacher, model)

    def ours():
        done = bench.summary("distill-bilstm", "label", inputs.third, "--teacher", inputs.teacher, "-o", "logits",
                             "--no-resume", "--threads", threads)
        return {"label": done["pieces_per_second"]}

    def pytorch():
        done = bench.rival("label_pytorch.py", inputs.teacher, inputs.third, threads, "PyTorch.json", "fp32")
        return {"label": choices.add(done)["pieces_per_second"]}

    def onnxruntime():
        done = bench.rival("label_onnxruntime.py", inputs.teacher, model, inputs.third, threads,
                           "ONNX Runtime.json")
        return {"label": done["pieces_per_second"]}

    def check():
        labels = labels_of(work / "logits")
        return choices.modes() + [
            agreement.note(labels, json.loads((work / f"{rival}.json").read_text()), rival)
            for rival in ("PyTorch", "ONNX Runtime")]

    return Comparison(
        measures={"label": Measure("pieces/s", flops=costs.bert_forward(inputs.teacher), threads=threads)},
        contestants={"ours": ours, "pytorch": pytorch, "onnxruntime": onnxruntime},
        notes=[
            f"MiniLM-L6 in fp32 over {len(inputs.train_sentences[::3]):,} sentences, from words to labels in memory; ours "
            "reads the file and writes the logits as well.",
            "Theirs: sorted by length, the fastest batch size of 8 to 128; PyTorch in inference mode, eager or "
            "compiled; ONNX Runtime with its transformer fusions and all graph optimisations.",
        ], check=check)


def labels_of(folder):
    """The most probable label of each word of each sentence in a logit store."""
    index = json.loads((folder / "index.json").read_text())
    result = []
    for shard in index["shards"]:
        tensors = load_file(folder / shard["file"])
        names = iter(tensors["logits"].argmax(-1).tolist())
        result += [[index["labels"][next(names)] for _ in range(length)] for length in tensors["lengths"].tolist()]
    return result
