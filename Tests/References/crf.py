"""Golden numbers for Tests/LayersTests/CRFParityTests.swift (crf.json).

The losses of a CRF over the label sequences that IOB2 allows, by enumerating them all, with gradients by autograd: the
negative log-likelihood of gold labels, and T^2 KL(p || q) at temperature T, where q is the CRF and p the teacher's chain,
which has the same legal sequences, logits and no transitions. Scores, logits and teacher follow lstm.py's formula; the
loss is divergence * KL + cross_entropy * NLL.

    pip install 'torch==2.13.0+cpu'
    python crf.py ../LayersTests/Fixtures
"""
import itertools
import sys

import torch

from lstm import formula, numbers, write

TYPES = ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]


def legal(labels, sequence):
    before = None
    for label in (labels[i] for i in sequence):
        if label.startswith("I-") and (before is None or before[1:] != label[1:]):
            return False
        before = label
    return True


def scores(sequences, logits, start, end, transitions):
    """The score of each sequence, [S]."""
    # Of one word, no transition is used; its gradient is then zeros.
    result = start[sequences[:, 0]] + end[sequences[:, -1]] + 0 * transitions.sum()
    for word in range(sequences.shape[1]):
        result = result + logits[word, sequences[:, word]]
        if word > 0:
            result = result + transitions[sequences[:, word - 1], sequences[:, word]]
    return result


def case(labels, gold, temperature, divergence, cross_entropy, scale):
    count, words = len(labels), len(gold)
    tensors = {
        "start": formula((count,), 1), "end": formula((count,), 2), "transitions": formula((count, count), 3),
        "logits": formula((words, count), 4),
    }
    tensors = {name: (scale * x).requires_grad_() for name, x in tensors.items()}
    teacher = scale * formula((words, count), 5)
    sequences = torch.tensor(
        [s for s in itertools.product(range(count), repeat=words) if legal(labels, s)])
    own = scores(sequences, tensors["logits"], tensors["start"], tensors["end"], tensors["transitions"])
    target = scores(sequences, teacher, torch.zeros(count), torch.zeros(count), torch.zeros(count, count))
    log_q = torch.log_softmax(own / temperature, 0)
    log_p = torch.log_softmax(target / temperature, 0)
    kl = temperature ** 2 * (log_p.exp() * (log_p - log_q)).sum()
    place = sequences.tolist().index([labels.index(name) for name in gold])
    nll = own.logsumexp(0) - own[place]
    loss = divergence * kl + cross_entropy * nll
    loss.backward()
    return {
        "labels": labels, "gold": gold, "temperature": temperature, "divergence": divergence,
        "cross_entropy": cross_entropy, "scale": scale, "loss": loss.item(),
        "gradients": {name: numbers(x.grad) for name, x in tensors.items()},
    }


if __name__ == "__main__":
    gold = ["B-LOC", "I-LOC", "O", "B-ORG", "B-ORG"]
    write(f"{sys.argv[1]}/crf.json", [
        case(TYPES, gold, 1, 0, 1, 2),
        case(TYPES, gold, 1, 1, 0, 2),
        case(TYPES, gold, 2.5, 1, 0, 6),
        case(TYPES, gold, 3, 0.5, 0.5, 10),
        case(TYPES, ["O"], 1, 0.5, 0.5, 3),
        case(["I-LOC", "O", "B-LOC"], ["B-LOC", "I-LOC", "I-LOC", "I-LOC", "O", "O"], 2, 0.3, 0.7, 4),
    ])
