"""Column files in Python, as the rivals read them."""
from typing import NamedTuple


class Sentence(NamedTuple):
    words: list[str]
    parts_of_speech: list[str]
    tags: list[str]


def read(path):
    """The sentences of a file with the columns word, part of speech, ..., tag; -DOCSTART- lines are skipped."""
    sentences, rows = [], []
    with open(path, encoding="utf-8") as file:
        for line in [*file, "\n"]:
            fields = line.split()
            if fields and fields[0] != "-DOCSTART-":
                rows.append(fields)
            elif rows:
                sentences.append(
                    Sentence([r[0] for r in rows], [r[1] for r in rows], iob2([r[-1] for r in rows])))
                rows = []
    return sentences


def iob2(tags):
    """Tags of IOB1 or IOB2 as IOB2: an entity always begins with B-."""
    result, previous = [], "O"
    for tag in tags:
        begins = tag.startswith("I-") and previous[1:] != tag[1:]
        result.append("B" + tag[1:] if begins else tag)
        previous = tag
    return result


def write(path, sentences):
    """Writes the columns word, part of speech, tag."""
    with open(path, "w", encoding="utf-8") as file:
        for sentence in sentences:
            for row in zip(*sentence):
                file.write(" ".join(row) + "\n")
            file.write("\n")


def labels(sentences):
    """O, then B-X and I-X for each type, types sorted by name."""
    types = sorted({tag[2:] for sentence in sentences for tag in sentence.tags if tag != "O"})
    return ["O"] + [f"{prefix}-{name}" for name in types for prefix in "BI"]


def count_words(sentences):
    return sum(len(sentence.words) for sentence in sentences)
