"""A teacher's labels with transformers, in fp32 or under bf16 autocast, eager or through torch.compile.

    python label_pytorch.py TEACHER CORPUS THREADS PREDICTIONS fp32|bf16
"""
import json
import sys

import torch
from transformers import AutoModelForTokenClassification

import corpus
import modes
from bert import Encoder, label, run

teacher, path, threads, predictions, precision = sys.argv[1:]
torch.set_num_threads(int(threads))
model = AutoModelForTokenClassification.from_pretrained(teacher).eval()
sentences, encoder = corpus.read(path), Encoder(teacher)


def logits_by(network):
    """The network as a function from ids and mask to logits."""
    @torch.inference_mode()
    def logits_of(ids, mask):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            return network(input_ids=ids, attention_mask=mask).logits
    return logits_of


some = encoder(sentences[:64])
ways = modes.ways(model, lambda network: [label(some, size, logits_by(network)) for size in (16, 32)])
labels, mode, figures = run(sentences, encoder, {name: logits_by(network) for name, network in ways.items()})
with open(predictions, "w") as file:
    json.dump([[model.config.id2label[label] for label in sentence] for sentence in labels], file)
print(json.dumps(figures | modes.chosen(mode, ways)))
