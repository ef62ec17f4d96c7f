"""Scores random tag sequences with seqeval; feeds Tests/EvaluationTests/EntityScoreParityTests.swift.

    python3 Tests/References/evaluation.py > Tests/EvaluationTests/Fixtures/seqeval.txt

Needs seqeval 1.2.2. Part `iob`: 2,000 sentences of B, I and O, mostly illegal (I after O, type changes inside), for which
the counting of conlleval.pl, written out below from its rules, must agree with seqeval before anything is printed. Part
`wild`: 400 sentences that also hold E, S and types with hyphens, scored by seqeval alone.

A sentence is a line `gold predicted spans spans`, a letter a tag; a span is the letter of its type, its first word and,
after a comma, its last. `-` is an empty field.
"""

import random
import string

from seqeval.metrics import accuracy_score
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support

IOB = ["O"] + [f"{p}-{t}" for t in ("PER", "LOC", "ORG", "MISC") for p in "BI"]
WILD = IOB + ["E-PER", "S-PER", "E-LOC", "S-LOC", "B-A-B", "I-A-B"]
LETTERS = string.ascii_letters


def conlleval_counts(gold, predicted):
    """(gold, predicted, correct) as conlleval.pl counts them, in one pass over B, I and O tags."""

    def split(tag):
        return (tag, "") if tag == "O" else tuple(tag.split("-", 1))

    def ends(previous, tag):
        (p, previous_type), (t, kind) = previous, tag
        return p in "BI" and t in "BO" or p != "O" and previous_type != kind

    def starts(previous, tag):
        (p, previous_type), (t, kind) = previous, tag
        return t == "B" or (p, t) == ("O", "I") or t != "O" and previous_type != kind

    counts = [0, 0, 0]
    in_correct = False
    last = [("O", ""), ("O", "")]
    for tags in list(zip(gold, predicted)) + [("O", "O")]:
        now = [split(tag) for tag in tags]
        ended = [ends(l, n) for l, n in zip(last, now)]
        started = [starts(l, n) for l, n in zip(last, now)]
        if in_correct:
            if all(ended) and last[0][1] == last[1][1]:
                counts[2] += 1
                in_correct = False
            elif ended[0] != ended[1] or now[0][1] != now[1][1]:
                in_correct = False
        if all(started) and now[0][1] == now[1][1]:
            in_correct = True
        counts[0] += started[0]
        counts[1] += started[1]
        last = now
    return tuple(counts)


def sentence(rng, tags):
    length = rng.choice([0, 1, 2, 3, 5, 8, 13, 21, 34]) if rng.random() < 0.3 else rng.randint(1, 14)
    gold = []
    for _ in range(length):
        kind = rng.random()
        if gold and kind < 0.35 and gold[-1][:2] in ("B-", "I-"):
            gold.append("I-" + gold[-1][2:])
        else:
            gold.append("O" if kind < 0.6 else rng.choice(tags))
    noise = rng.choice([0, 0.1, 0.3, 0.7])
    return gold, [rng.choice(tags) if rng.random() < noise else tag for tag in gold]


def part(name, tags, count, rng):
    letter = dict(zip(tags, LETTERS))
    types = sorted({t for tag in tags for t, _, _ in get_entities([tag])})
    type_letter = dict(zip(types, LETTERS))
    print("part", name)
    print("tags", *tags)
    print("types", *types)
    golds, predictions = [], []
    for _ in range(count):
        gold, predicted = sentence(rng, tags)
        golds.append(gold)
        predictions.append(predicted)
        spans = [get_entities(gold), get_entities(predicted)]
        if name == "iob":
            counts = (len(spans[0]), len(spans[1]), len(set(spans[0]) & set(spans[1])))
            assert conlleval_counts(gold, predicted) == counts, (gold, predicted)
        fields = ["".join(letter[tag] for tag in side) for side in (gold, predicted)]
        fields += ["".join(f"{type_letter[t]}{a},{b}" for t, a, b in side) for side in spans]
        print(*[field or "-" for field in fields])
    print("accuracy", repr(float(accuracy_score(golds, predictions))))
    names = sorted({t for side in golds + predictions for t, _, _ in get_entities(side)})
    per_type = precision_recall_fscore_support(golds, predictions, zero_division=0)
    overall = precision_recall_fscore_support(golds, predictions, average="micro", zero_division=0)
    for name, *figures in [*zip(names, *per_type), ("all", *overall)]:
        print("score", name, *[repr(float(figure)) for figure in figures])


if __name__ == "__main__":
    import warnings

    warnings.filterwarnings("ignore", message=".*NE tag.*")
    generator = random.Random(20191)
    part("iob", IOB, 2000, generator)
    part("wild", WILD, 400, generator)
