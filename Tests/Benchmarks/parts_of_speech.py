"""How often the bundled tagger of parts of speech is right. A tag that Gazette has not counts as an error.

usage: parts_of_speech.py FOLDER_WITH_THE_COMMANDS FILE...    CoNLL-U (the column XPOS), or columns with the part of speech second
"""
import subprocess
import sys
from pathlib import Path

STUDENT = Path(__file__).resolve().parents[2] / "Corpora/PartsOfSpeech/student"


def sentences(path):
    """Pairs of word and tag, sentence by sentence."""
    is_conllu = path.endswith(".conllu")
    sentence = []
    for line in [*open(path, encoding="utf-8"), "\n"]:
        fields = line.rstrip("\n").split("\t" if is_conllu else " ")
        if not line.strip():
            if sentence:
                yield sentence
            sentence = []
        elif is_conllu and fields[0].isdigit():
            sentence.append((fields[1], fields[4]))
        elif not is_conllu and fields[0] != "-DOCSTART-":
            sentence.append((fields[0], fields[1]))


def main(bin, *paths):
    config = (STUDENT / "config.json").read_text()
    for path in paths:
        gold = list(sentences(path))
        text = "\n".join("".join(f"{word}\tO\n" for word, _ in sentence) for sentence in gold)
        done = subprocess.run(
            [f"{bin}/distill-bilstm", "tag", "-", "-q", "--input", "conll", "--format", "conll", "--model", STUDENT],
            input=text.encode(), stdout=subprocess.PIPE, check=True)
        tags = [line.split()[-1].removeprefix("B-") for line in done.stdout.decode().splitlines() if line.strip()]
        expected = [tag for sentence in gold for _, tag in sentence]
        assert len(tags) == len(expected), f"{len(tags)} tags for {len(expected)} words"
        right = sum(a == b for a, b in zip(tags, expected))
        others = [tag for tag in expected if f'"B-{tag}"' not in config]
        print(f"{path}: {right / len(expected):.2%} of {len(expected):,} words; {len(others)} have one of the tags "
              f"that Gazette has not: {' '.join(sorted(set(others))) or 'none'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
