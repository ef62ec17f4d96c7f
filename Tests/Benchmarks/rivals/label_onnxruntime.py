"""A teacher's labels with ONNX Runtime, all graph optimisations on.

    python label_onnxruntime.py TEACHER MODEL.onnx CORPUS THREADS PREDICTIONS
"""
import json
import sys

import onnxruntime

import corpus
from bert import Encoder, run

teacher, model, path, threads, predictions = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(threads)
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def logits_of(ids, mask):
    return session.run(["logits"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0]


labels, _, figures = run(corpus.read(path), Encoder(teacher), {"onnxruntime": logits_of})
with open(f"{teacher}/config.json") as file:
    names = json.load(file)["id2label"]
with open(predictions, "w") as file:
    json.dump([[names[str(label)] for label in sentence] for sentence in labels], file)
print(json.dumps(figures))
