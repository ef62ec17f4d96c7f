"""One epoch of the BiLSTM student on gold labels: fused AdamW at 1e-3, dropout 0.3, clipping at 5, batches of 32.

    python train_pytorch.py STUDENT CORPUS THREADS
"""
import json
import sys
import time

import torch
from torch.nn.utils.rnn import pack_sequence

import corpus
from batches import batches_of_epoch
from features import Features
from student import Student

directory, path, threads = sys.argv[1:]
torch.manual_seed(1)
with open(f"{directory}/config.json") as file:
    config = json.load(file)
with open(f"{directory}/vocabulary.json") as file:
    features = Features(f"{directory}/vocab.txt", json.load(file)["characters"])
sentences = corpus.read(path)
names = corpus.labels(sentences)
types = {}
numbered = [[types.setdefault(word, len(types)) for word in s.words] for s in sentences]
of_type = [features(word) for word in types]
targets = [torch.tensor([names.index(tag) for tag in s.tags]) for s in sentences]
batches = batches_of_epoch([len(s) for s in numbered])
model = Student(config, dropout=0.3).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-4, fused=True)
schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, len(batches))


def step(batch):
    batch = sorted(batch, key=lambda n: -len(numbered[n]))
    here = {}
    rows = [[here.setdefault(t, len(here)) for t in numbered[n]] for n in batch]
    logits, _ = model(model.words([of_type[t] for t in here]), rows)
    loss = torch.nn.functional.cross_entropy(logits, pack_sequence([targets[n] for n in batch]).data)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad(set_to_none=True)


def seconds(batches, threads):
    torch.set_num_threads(threads)
    start = time.perf_counter()
    for batch in batches:
        step(batch)
    return time.perf_counter() - start


# So small a network may be faster on fewer threads.
seconds(batches[:4], int(threads))
best = min(range(1, int(threads) + 1), key=lambda count: seconds(batches[:8], count))
print(json.dumps({"words_per_second": corpus.count_words(sentences) / seconds(batches, best), "threads": best}))
