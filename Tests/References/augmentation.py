#!/usr/bin/env python3
"""Makes the golden files of Tests/AugmentTests/AugmenterGoldenTests.swift.

The augmentation of Tang et al. 2019 written a second time, plainly: lists of strings, a set of tuples, no numbers for
words, no threads.

    python3 Tests/References/augmentation.py

reads Tests/AugmentTests/Fixtures/tiny.conll and writes tiny.augmented.conll and tiny.augmented.jsonl beside it.
"""

import json
import os

from random_stream import RandomStream

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "AugmentTests", "Fixtures")
SEED, ROUNDS, P_MASK, P_POS, P_NGRAM, LENGTHS = 10, 12, 0.2, 0.3, 0.25, (1, 5)
MENDED = []


def read(path):
    sentences, current = [], []
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if fields and fields[0] != "-DOCSTART-":
            current.append(tuple(fields))
        elif current:
            sentences.append(current)
            current = []
    return sentences + ([current] if current else [])


def alias_table(words):
    """Walker's alias table over the words of one tag, in the order of their first occurrence."""
    entries = list(dict.fromkeys(words))
    total = len(words)
    mass = [words.count(word) * len(entries) for word in entries]
    alias = list(range(len(entries)))
    small = [i for i in alias if mass[i] < total]
    large = [i for i in alias if mass[i] >= total]
    while small and large:
        poor, rich = small.pop(), large.pop()
        alias[poor] = rich
        mass[rich] -= total - mass[poor]
        (small if mass[rich] < total else large).append(rich)
    return entries, total, mass, alias


def augment(sentences):
    by_tag = {}
    for sentence in sentences:
        for word, tag, _ in sentence:
            by_tag.setdefault(tag, []).append(word)
    tables = {tag: alias_table(words) for tag, words in by_tag.items()}
    seen = {tuple(token[0] for token in sentence) for sentence in sentences}
    for index, sentence in enumerate(sentences):
        random = RandomStream(SEED, "augmentation", index)
        for _ in range(ROUNDS):
            row = []
            for word, tag, entity in sentence:
                x = random.uniform()
                if x < P_MASK:
                    word = "[MASK]"
                elif x < P_MASK + P_POS:
                    entries, total, mass, alias = tables[tag]
                    entry = random.integer(len(entries))
                    keeps = random.integer(total) < mass[entry]
                    word = entries[entry if keeps else alias[entry]]
                row.append((word, tag, entity))
            if random.uniform() < P_NGRAM:
                n = LENGTHS[0] + random.integer(LENGTHS[1] - LENGTHS[0] + 1)
                n = min(n, len(row))
                start = random.integer(len(row) - n + 1)
                row = row[start : start + n]
            if row[0][2].startswith("I-"):
                MENDED.append(index)
                row[0] = row[0][:2] + ("B-" + row[0][2][2:],)
            words = tuple(token[0] for token in row)
            if words not in seen and set(words) != {"[MASK]"}:
                seen.add(words)
                yield row


rows = list(augment(read(os.path.join(FIXTURES, "tiny.conll"))))
with open(os.path.join(FIXTURES, "tiny.augmented.conll"), "w", encoding="utf-8") as file:
    for row in rows:
        file.write("".join(" ".join(token) + "\n" for token in row) + "\n")
with open(os.path.join(FIXTURES, "tiny.augmented.jsonl"), "w", encoding="utf-8") as file:
    for row in rows:
        tokens, pos, tags = (list(column) for column in zip(*row))
        record = {"tokens": tokens, "pos": pos, "tags": tags}
        file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
assert MENDED, "no row starts inside an entity: take another seed"
print(f"{len(rows)} rows")
