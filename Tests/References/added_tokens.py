"""Writes the golden files of TokenizationTests/AddedTokenTests from Hugging Face's `tokenizers`: texts with added tokens in them.

    pip install tokenizers==0.22.2
    python3 Tests/References/added_tokens.py

added-tokens.txt  the tokens on top of vocab.txt, `id normalized|raw content`; those after its end have the next ids
added-lines.txt   texts, each ended by U+001E
added-cased.txt, added-uncased.txt, added-accents.txt, added-unaccented.txt
                  the pieces of each text in the notation of tokenization.py

It makes sure that `lstrip` and `rstrip`, which give the white space beside a token to it, change the ranges alone.
"""

import os
import random

from tokenizers import AddedToken

from tokenization import EMOJI, ENGLISH, FOLDER, FOREIGN, INVISIBLE, MARKS, SEPARATOR, SETTINGS, WHITE
from tokenization import make_tokenizer, write, write_pieces

RAW = ["<url>", "<URL>", "<url><url>", "##ing", "@user", "Peter", "é", "日本", "<a b>", "[unused1]", "\u200b", "🇩🇪"]
NORMALIZED = ["<num>", "<NUM>", "New York", "Straße", "café", "CAFÉ", "东京", "中", "the", "http", "e\u0301n", "İx", "a\tb", ">>", "É!",
              "각", "k\u200bk", "Ångström Łódź"]


def add_tokens(tokenizer, tokens, rng=None):
    """Adds tokens one by one, so that they get ids in this order; `rng` strips white space beside some."""
    for content, normalized in tokens:
        strips = {side: rng.random() < 0.3 for side in ("lstrip", "rstrip")} if rng else {}
        tokenizer.add_tokens([AddedToken(content, normalized=normalized, special=False, **strips)])
    return tokenizer


def changed(rng, token):
    """The token, or what normalising may or may not make the same."""
    change = rng.randrange(7)
    if change == 0:
        return token.upper()
    if change == 1:
        return token.lower()
    if change == 2:
        place = rng.randint(0, len(token))
        return token[:place] + rng.choice(["\u200b", "\u0301", "\u0316", " ", "x"]) + token[place:]
    if change == 3:
        return token.replace("a", "ä").replace("u", "Ü").replace("t", "ţ")
    if change == 4:
        return token.replace(" ", rng.choice(WHITE))
    return token


def lines(rng):
    pieces = ENGLISH + FOREIGN + EMOJI + ["[MASK]", "[SEP]", "[mask]", "中文", "a", "b", ",", "<", ">"]
    other = [c for c in WHITE + INVISIBLE + MARKS if c not in (SEPARATOR, "\n")]
    for _ in range(900):
        parts = []
        for _ in range(rng.randint(1, 7)):
            kind = rng.random()
            parts.append(changed(rng, rng.choice(RAW + NORMALIZED)) if kind < 0.5 else
                         rng.choice(pieces) if kind < 0.85 else rng.choice(other))
            parts.append(rng.choice(["", "", " "]))
        yield "".join(parts)


def main():
    with open(os.path.join(FOLDER, "vocab.txt"), encoding="utf-8", newline="") as file:
        vocabulary = file.read().split("\n")[:-1]
    rng = random.Random(7)
    tokens = [(content, False) for content in RAW] + [(content, True) for content in NORMALIZED]
    rng.shuffle(tokens)
    texts = list(lines(rng))
    write("added-lines.txt", "".join(text + SEPARATOR for text in texts))
    for name, settings in SETTINGS.items():
        tokenizer = add_tokens(make_tokenizer(vocabulary, *settings), tokens)
        encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
        write(f"added-{name}.txt", "".join(
            write_pieces(e.ids, e.offsets, e.word_ids, text) + "\n" for e, text in zip(encodings, texts)))
        stripping = add_tokens(make_tokenizer(vocabulary, *settings), tokens, rng)
        assert [e.ids for e in stripping.encode_batch(texts, add_special_tokens=False)] == [e.ids for e in encodings]
        write("added-tokens.txt", "".join(
            f"{tokenizer.token_to_id(content)} {'normalized' if normalized else 'raw'} {content}\n"
            for content, normalized in tokens))


if __name__ == "__main__":
    main()
