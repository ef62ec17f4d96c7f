"""Writes the golden file of TokenizationTests/SequenceEncodingTests.swift from transformers' fast tokenizers of BERT and MPNet: texts
and pairs of texts, cut to a length with truncation="longest_first".

    pip install transformers==5.23.0 tokenizers==0.23.3
    python text_pairs.py ../TokenizationTests/Fixtures

text-pairs.txt   a line for each input: the tokenizer, the most pieces, the number of words of each text (- for no second one), the
                 number of pieces, the CRC-32 of the ids and of the token types, and the pieces that were cut off

The texts follow a formula from the line's number and the words below, which the test has, too.
"""
import random
import sys
import zlib

from transformers import BertTokenizer, MPNetTokenizer

WORDS = ["EU", "rejects", "boycotting", "x-y", "1,234.56", "lamb", ".", "café", "中文", "qqqqzzzz", "Peter", "antidisestablished"]
LENGTHS = [6, 7, 8, 9, 12, 17, 33, 64, 128, 255, 511, 512]


def words(line, text, count):
    return [WORDS[(i * i + (2 * text + 3) * i + line) % len(WORDS)] for i in range(count)]


def count(rng, most):
    """The number of words of a text; bounded, as the tokenizers keep what they cut off in pieces of the length, too."""
    return rng.randint(0, rng.choice([n for n in (2, 6, 40, 40, 300, 3000) if n <= 12 * most]))


def crc(numbers):
    return zlib.crc32(" ".join(map(str, numbers)).encode())


def main(folder):
    with open(f"{folder}/vocab.txt") as file:
        pieces = [line.rstrip("\n") for line in file]
    # MPNet's own special pieces, after those of the vocabulary.
    vocabulary = {piece: i for i, piece in enumerate(pieces + ["<s>", "</s>", "<pad>", "<mask>"])}
    tokenizers = {"bert": BertTokenizer(vocab=vocabulary), "mpnet": MPNetTokenizer(vocab=vocabulary)}
    rng = random.Random(3)
    lines = []
    for line in range(360):
        most = rng.choice(LENGTHS)
        counts = [count(rng, most) for _ in range(1 if line % 6 == 5 else 2)]
        texts = [" ".join(words(line, text, n)) for text, n in enumerate(counts)]
        for name, tokenizer in tokenizers.items():
            # In batches of one, as a lone pair whose second text is empty is taken for a single text.
            batch = [[text] for text in texts]
            cut = tokenizer(*batch, truncation="longest_first", max_length=most, return_token_type_ids=True)
            ids, types = cut["input_ids"][0], cut["token_type_ids"][0]
            lost = len(tokenizer(*batch)["input_ids"][0]) - len(ids)
            numbers = [most, counts[0], counts[1] if len(counts) > 1 else "-", len(ids), crc(ids), crc(types), lost]
            lines.append(" ".join([name, *map(str, numbers)]) + "\n")
    with open(f"{folder}/text-pairs.txt", "w") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main(sys.argv[1])
