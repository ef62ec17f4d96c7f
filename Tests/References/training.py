"""Golden numbers for Tests/TrainingTests (training.json): BatchesTests, LearningRateScheduleTests, AdamWTests,
AdaDeltaTests and TenStepTests.

torch.optim.AdamW and Adadelta, CosineAnnealingLR, torch.nn.utils.clip_grad_norm_, transformers' get_linear_schedule_with_warmup and
BertForTokenClassification, in double precision, with weights by a formula.

    pip install 'torch==2.13.0+cpu' transformers==5.23.0
    python training.py ../TrainingTests/Fixtures
"""
import json
import sys

import torch
import torch.nn.functional as F
from transformers import BertConfig, BertForTokenClassification, get_cosine_schedule_with_warmup, get_linear_schedule_with_warmup

from chirp import chirp, numbers, phase_of
from random_stream import RandomStream

torch.set_default_dtype(torch.float64)

SIZES = dict(vocab_size=60, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
             max_position_embeddings=16, type_vocab_size=2, layer_norm_eps=1e-12)
LABELS = ["O", "B-X", "I-X", "B-Y", "I-Y"]
TEMPERATURE, DIVERGENCE, CROSS_ENTROPY = 2.0, 0.6, 0.4


def batches_of_epoch(costs, batch_size, window, seed, epoch):
    """The batches of Sources/Training/Batches.swift."""
    stream = RandomStream(seed, "shuffling", epoch)
    order = list(range(len(costs)))
    stream.shuffle(order)
    batches = []
    for start in range(0, len(order), batch_size * window):
        ordered = sorted(order[start:start + batch_size * window], key=lambda i: (costs[i], i))
        batches += [ordered[i:i + batch_size] for i in range(0, len(ordered), batch_size)]
    stream.shuffle(batches)
    return batches


def batch_cases():
    cases = []
    for count, size, window, seed, epoch in [(10, 3, 2, 1, 1), (10, 3, 2, 1, 2), (25, 4, 32, 9, 3), (3, 5, 1, 0, 1)]:
        costs = [(7 * i * i + 3) % 11 + 1 for i in range(count)]
        cases.append({"costs": costs, "batch_size": size, "window": window, "seed": seed, "epoch": epoch,
                      "batches": batches_of_epoch(costs, size, window, seed, epoch)})
    return cases


def scheduled(parameters, rate, decay, warm_up, total):
    """AdamW whose biases and layer norms do not decay, and its schedule."""
    def decays(name):
        return not name.endswith(".bias") and "LayerNorm" not in name

    groups = [{"params": [p for n, p in parameters if decays(n)], "weight_decay": decay},
              {"params": [p for n, p in parameters if not decays(n)], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate)
    return optimizer, get_linear_schedule_with_warmup(optimizer, warm_up, total)


def schedule_cases():
    cases = []
    for warm_up, total in [(0, 7), (3, 30), (1, 1), (10, 100)]:
        optimizer, schedule = scheduled([("w", torch.zeros(1, requires_grad=True))], 2e-4, 0.0, warm_up, total)
        rates = []
        for _ in range(total):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        cases.append({"warm_up": warm_up, "total": total, "rates": [float(f"{r:.9g}") for r in rates]})
    return cases


def cosine_cases():
    """torch's CosineAnnealingLR, which has no warm-up, and transformers' get_cosine_schedule_with_warmup, which falls to 0."""
    cases = []
    for warm_up, total, final in [(0, 7, 0.0), (0, 50, 0.02), (0, 1, 0.5), (3, 30, 0.0), (10, 100, 0.0)]:
        optimizer = torch.optim.AdamW([torch.zeros(1, requires_grad=True)], lr=2e-4)
        schedule = (get_cosine_schedule_with_warmup(optimizer, warm_up, total) if warm_up
                    else torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total, eta_min=2e-4 * final))
        rates = []
        for _ in range(total):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        cases.append({"warm_up": warm_up, "total": total, "final": final, "rates": [float(f"{r:.9g}") for r in rates]})
    return cases


def adadelta_case():
    """Thirteen steps on a table of which each touches some rows (the others' gradients are 0) and on a bias."""
    table, bias = chirp((6, 3), phase_of("table.weight")), chirp((4,), phase_of("dense.bias"))
    parameters = [table.requires_grad_(), bias.requires_grad_()]
    optimizer = torch.optim.Adadelta(parameters, lr=1.0, rho=0.95, eps=1e-6)
    touched = [[0, 1, 2], [0], [0, 3], [0], [2, 0], [0], [4, 0], [0, 1], [0], [0, 2, 3], [0], [0], [1, 0]]
    steps = []
    for step, rows in enumerate(touched):
        scale = 10.0 ** (step % 4 - 2)
        table.grad = torch.zeros(6, 3)
        table.grad[rows] = chirp((6, 3), step + 0.5, scale)[rows]
        bias.grad = chirp((4,), step + 0.25, scale)
        optimizer.step()
        steps.append(torch.cat([p.detach().flatten() for p in parameters]))
    return {"touched": touched, "parameters": [numbers(s, 8) for s in steps]}


def adamw_case():
    """Ten steps on a matrix and a bias with gradients by the formula, the rate falling."""
    parameters = [(name, chirp(shape, phase_of(name)).requires_grad_())
                  for name, shape in [("dense.weight", (3, 7)), ("dense.bias", (3,))]]
    optimizer, schedule = scheduled(parameters, 0.01, 0.1, 0, 10)
    steps = []
    for step in range(10):
        for _, p in parameters:
            p.grad = chirp(p.shape, step + 0.25, 10.0 ** (step % 4 - 2))
        optimizer.step()
        schedule.step()
        steps.append(torch.cat([p.detach().flatten() for _, p in parameters]))
    return {"parameters": [numbers(s, 8) for s in steps]}


def sentences():
    """Twenty sentences: ids, first pieces, labels of the words."""
    found = []
    for b in range(20):
        length = 4 + (5 * b) % 11
        ids = [(7 * t * t + 3 * t + 13 * b) % SIZES["vocab_size"] for t in range(length)]
        first = [t for t in range(1, length - 1) if (t + b) % 4 != 3]
        found.append((ids, first, [(w * w + b) % len(LABELS) for w in range(len(first))]))
    return found


def train():
    """Ten steps of two sentences each: their losses, and the classifier at the end."""
    model = BertForTokenClassification(BertConfig(
        **SIZES, num_labels=len(LABELS), hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, pad_token_id=None,
        attn_implementation="eager"))
    for name, parameter in model.named_parameters():
        value = chirp(parameter.shape, phase_of(name))
        parameter.data = value + 1 if name.endswith("LayerNorm.weight") else value
    optimizer, schedule = scheduled(list(model.named_parameters()), 5e-3, 0.01, 2, 10)
    examples = sentences()
    first_row = [sum(len(e[1]) for e in examples[:b]) for b in range(len(examples))]
    teacher = chirp((sum(len(e[1]) for e in examples), len(LABELS)), 0.9, 3.0)
    table = model.bert.embeddings.word_embeddings.weight
    untouched = torch.ones(len(table), dtype=torch.bool)
    losses, norms = [], []
    for batch in batches_of_epoch([len(e[0]) for e in examples], 2, 32, 11, 1):
        words = sum(len(examples[b][1]) for b in batch)
        loss = torch.zeros(())
        for b in batch:
            ids, first, gold = examples[b]
            z = model(input_ids=torch.tensor([ids])).logits[0, first]
            t = teacher[first_row[b]:first_row[b] + len(first)]
            kl = F.kl_div(F.log_softmax(z / TEMPERATURE, -1), F.softmax(t / TEMPERATURE, -1), reduction="sum")
            hard = F.cross_entropy(z, torch.tensor(gold), reduction="sum")
            loss = loss + (DIVERGENCE * TEMPERATURE**2 * kl + CROSS_ENTROPY * hard) / words
            untouched[ids] = False
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        before = table.data.clone()
        optimizer.step()
        schedule.step()
        # A row that no batch has touched does not decay here; torch's dense AdamW would shrink it.
        table.data[untouched] = before[untouched]
    return {"config": {**SIZES, "model_type": "bert", "architectures": ["BertForTokenClassification"],
                       "id2label": dict(enumerate(LABELS)), "hidden_dropout_prob": 0.0,
                       "attention_probs_dropout_prob": 0.0},
            "ids": [e[0] for e in examples], "first_pieces": [e[1] for e in examples], "gold": [e[2] for e in examples],
            "losses": losses, "norms": norms, "untouched": int(untouched.sum()),
            "word_embeddings": numbers(table), "classifier": numbers(model.classifier.weight)}


if __name__ == "__main__":
    with open(f"{sys.argv[1]}/training.json", "w") as file:
        json.dump({"batches": batch_cases(), "schedules": schedule_cases(), "cosines": cosine_cases(),
                   "adamw": adamw_case(), "adadelta": adadelta_case(), "run": train()}, file, separators=(",", ":"))
        file.write("\n")
