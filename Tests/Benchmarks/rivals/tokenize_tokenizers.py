"""Hugging Face's tokenizers on lines of text, one thread: with offsets or without, whichever is faster.

    python tokenize_tokenizers.py VOCABULARY TEXT
"""
import json
import sys
import time

from tokenizers import BertWordPieceTokenizer

BATCH = 1000
vocabulary, path = sys.argv[1:]
tokenizer = BertWordPieceTokenizer(vocabulary, lowercase=True)
with open(path, encoding="utf-8", newline="\n") as file:
    lines = file.read().removesuffix("\n").split("\n")
size = sum(len(line.encode()) for line in lines)


def run(encode):
    """Bytes per second and the pieces without special tokens."""
    start, pieces = time.perf_counter(), 0
    for first in range(0, len(lines), BATCH):
        pieces += sum(map(len, encode(lines[first:first + BATCH], add_special_tokens=False)))
    return size / (time.perf_counter() - start), pieces


run(tokenizer.encode_batch)
# The wrapper does not pass this one on.
figures = [run(tokenizer.encode_batch), run(tokenizer._tokenizer.encode_batch_fast)]
print(json.dumps({"bytes_per_second": max(f[0] for f in figures), "pieces": figures[0][1]}))
