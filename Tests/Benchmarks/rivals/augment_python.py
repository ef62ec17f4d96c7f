"""The augmentation of Tang et al. 2019, written down straightforwardly: masking, POS-guided word swap, n-gram sampling.

    python augment_python.py CORPUS ROUNDS OUTPUT
"""
import json
import random
import sys
import time
from collections import defaultdict

import corpus

P_MASK, P_POS, P_NGRAM, LONGEST = 0.1, 0.1, 0.25, 5


def perturb(sentence, words_of):
    """One round over a sentence: the words, and where the first of them stood."""
    words = []
    for word, part in zip(sentence.words, sentence.parts_of_speech):
        draw = random.random()
        if draw < P_MASK:
            word = "[MASK]"
        elif draw < P_MASK + P_POS:
            word = random.choice(words_of[part])
        words.append(word)
    if random.random() >= P_NGRAM:
        return words, 0
    length = min(random.randint(1, LONGEST), len(words))
    start = random.randint(0, len(words) - length)
    return words[start:start + length], start


def main(path, rounds, output):
    random.seed(1)
    start = time.perf_counter()
    sentences = corpus.read(path)
    # All tokens of a part of speech: a choice among them follows their frequency.
    words_of = defaultdict(list)
    for sentence in sentences:
        for word, part in zip(sentence.words, sentence.parts_of_speech):
            words_of[part].append(word)
    seen = {tuple(sentence.words) for sentence in sentences}
    written = 0
    with open(output, "w", encoding="utf-8") as file:
        for sentence in sentences:
            for _ in range(rounds):
                words, first = perturb(sentence, words_of)
                key = tuple(words)
                if key in seen or all(word == "[MASK]" for word in words):
                    continue
                seen.add(key)
                written += 1
                tags = corpus.iob2(sentence.tags[first:])
                for word, part, tag in zip(words, sentence.parts_of_speech[first:], tags):
                    file.write(f"{word} {part} {tag}\n")
                file.write("\n")
    return {"rows_per_second": written / (time.perf_counter() - start), "rows_written": written}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
