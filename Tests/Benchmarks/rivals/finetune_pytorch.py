"""One epoch of fine-tuning with transformers: fused AdamW at 2e-4, linear warm-up and decay, clipping at 1.

    python finetune_pytorch.py BASE CORPUS THREADS
"""
import json
import sys
import time

import torch
from transformers import AutoModelForTokenClassification, get_linear_schedule_with_warmup

import corpus
from batches import batches_of_epoch
from bert import Encoder, batch_of

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


def step(batch):
    ids, mask = batch_of([examples[n] for n in batch])
    labels = torch.full_like(ids, -100)
    for row, n in enumerate(batch):
        labels[row, examples[n][1]] = torch.tensor([names.index(tag) for tag in sentences[n].tags])
    loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad(set_to_none=True)


step(batches[0])
start = time.perf_counter()
for batch in batches:
    step(batch)
seconds = time.perf_counter() - start
print(json.dumps({"words_per_second": corpus.count_words(sentences) / seconds}))
