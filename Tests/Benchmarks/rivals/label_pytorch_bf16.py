"""A teacher's labels with transformers under bf16 autocast.

    python label_pytorch_bf16.py TEACHER CORPUS THREADS PREDICTIONS
"""
import json
import sys

import torch
from transformers import AutoModelForTokenClassification

import corpus
from bert import Encoder, run

teacher, path, threads, predictions = sys.argv[1:]
torch.set_num_threads(int(threads))
model = AutoModelForTokenClassification.from_pretrained(teacher).eval()


@torch.inference_mode()
def logits_of(ids, mask):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model(input_ids=ids, attention_mask=mask).logits


labels, figures = run(corpus.read(path), Encoder(teacher), logits_of)
with open(predictions, "w") as file:
    json.dump([[model.config.id2label[label] for label in sentence] for sentence in labels], file)
print(json.dumps(figures))
