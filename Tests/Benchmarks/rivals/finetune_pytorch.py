"""One epoch of fine-tuning with transformers: fused AdamW at 2e-4, linear warm-up and decay, clipping at 1,
eager or through torch.compile.

    python finetune_pytorch.py BASE CORPUS THREADS
"""
import json
import sys
import time

import torch
from transformers import AutoModelForTokenClassification, get_linear_schedule_with_warmup

import corpus
import modes
from batches import batches_of_epoch
from bert import Encoder, batch_of

# The batches on which both modes are timed.
SAMPLE = 8

base, path, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
torch.manual_seed(1)
sentences = corpus.read(path)
names = corpus.labels(sentences)
model = AutoModelForTokenClassification.from_pretrained(base, num_labels=len(names)).train()
examples = Encoder(base)(sentences)
batches = batches_of_epoch([len(ids) for ids, _ in examples])
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-4, weight_decay=0.01, fused=True)
schedule = get_linear_schedule_with_warmup(optimizer, len(batches) // 10, len(batches))


def step(batch, network):
    ids, mask = batch_of([examples[n] for n in batch])
    labels = torch.full_like(ids, -100)
    for row, n in enumerate(batch):
        labels[row, examples[n][1]] = torch.tensor([names.index(tag) for tag in sentences[n].tags])
    loss = network(input_ids=ids, attention_mask=mask, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad(set_to_none=True)


def seconds(batches, network):
    start = time.perf_counter()
    for batch in batches:
        step(batch, network)
    return time.perf_counter() - start


ways = modes.ways(model, lambda network: seconds(batches[:3], network))
seconds(batches[:1], model)
mode = min(ways, key=lambda name: seconds(batches[:SAMPLE], ways[name]))
words_per_second = corpus.count_words(sentences) / seconds(batches, ways[mode])
print(json.dumps({"words_per_second": words_per_second} | modes.chosen(mode, ways)))
