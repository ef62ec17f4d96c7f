"""Sorts the errors of Fixtures/seqeval.txt; feeds Tests/EvaluationTests/ErrorAnalysisParityTests.swift.

    python3 Tests/References/error_analysis.py Tests/EvaluationTests/Fixtures/seqeval.txt \
      > Tests/EvaluationTests/Fixtures/error_analysis.txt

Works on the spans of seqeval that the file holds, in stages over all pairs of a sentence. A word is the letter of its gold
tag; the first 100 sentences of a part are the training corpus, by whose entities the others are seen or unseen.
"""

import re
import sys
from collections import Counter

BINS = [(1, 10), (11, 20), (21, 30), (31, 50), (51, None)]


def spans(field, types):
    """The spans (type, first, last) of a field such as a3,4b5,5."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    found = re.findall(r"([a-zA-Z])(\d+),(\d+)", field)
    return [(types[letters.index(letter)], int(a), int(b)) for letter, a, b in found]


def matches(gold, predicted):
    """Pairs of gold and predicted spans, None where one side has none."""
    gold, predicted, pairs = list(gold), list(predicted), []
    stages = [
        lambda g, p: g[1:] == p[1:],
        lambda g, p: g[0] == p[0],
        lambda g, p: True,
    ]
    for fits in stages:
        while True:
            best = None
            for g in gold:
                for p in predicted:
                    shared = min(g[2], p[2]) - max(g[1], p[1]) + 1
                    if shared > 0 and fits(g, p) and (best is None or shared > best[0]):
                        best = (shared, g, p)
            if best is None:
                break
            gold.remove(best[1])
            predicted.remove(best[2])
            pairs.append(best[1:])
    return pairs + [(g, None) for g in gold] + [(None, p) for p in predicted]


def outcome(g, p):
    if g is None:
        return "spurious"
    if p is None:
        return "missed"
    return {
        (True, True): "correct",
        (True, False): "boundary",
        (False, True): "type",
        (False, False): "boundary_and_type",
    }[g[0] == p[0], g[1:] == p[1:]]


def report(name, types, sentences):
    forms = {words[a : b + 1] for words, gold, _ in sentences[:100] for _, a, b in gold}
    outcomes, confusion, seen = Counter(), Counter(), Counter()
    lengths = {low: Counter() for low, _ in BINS}
    for words, gold, predicted in sentences:
        low = max((low for low, _ in BINS if low <= len(words)), default=None)
        if low:
            lengths[low]["sentences"] += 1
            lengths[low].update(gold=len(gold), predicted=len(predicted))
            lengths[low]["correct"] += len(set(gold) & set(predicted))
        for side, entities in (("gold", gold), ("predicted", predicted), ("correct", set(gold) & set(predicted))):
            for _, a, b in entities:
                seen["seen" if words[a : b + 1] in forms else "unseen", side] += 1
        for g, p in matches(gold, predicted):
            outcomes[outcome(g, p)] += 1
            confusion[g[0] if g else "-", p[0] if p else "-"] += 1
    print("part", name)
    for key in ("correct", "boundary", "type", "boundary_and_type", "missed", "spurious"):
        print("outcome", key, outcomes[key])
    for (g, p), count in sorted(confusion.items()):
        print("confusion", g, p, count)
    for low, _ in BINS:
        print("length", low, *(lengths[low][key] for key in ("sentences", "gold", "predicted", "correct")))
    for key in ("seen", "unseen"):
        print("seen", key, *(seen[key, side] for side in ("gold", "predicted", "correct")))


def main(path):
    name, types, sentences = None, [], []
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if fields[0] == "part":
            if name:
                report(name, types, sentences)
            name, sentences = fields[1], []
        elif fields[0] == "types":
            types = fields[1:]
        elif fields[0] not in ("tags", "accuracy", "score"):
            words = "" if fields[0] == "-" else fields[0]
            sentences.append((words, spans(fields[2], types), spans(fields[3], types)))
    report(name, types, sentences)


if __name__ == "__main__":
    main(sys.argv[1])
