"""What the BiLSTM student reads of a word, in Python."""
from tokenizers import BertWordPieceTokenizer

MOST_PIECES, MOST_CHARACTERS = 8, 64
UNKNOWN_CHARACTER, FIRST_CHARACTER = 0, 2


def shape_of(word):
    """The row of the shape table: other, ALL CAPS, single capital, Initial, digit, mIxed."""
    if any(c.isdecimal() for c in word):
        return 4
    letters = [c for c in word if c.isupper() or c.islower()]
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return 0
    if capitals == len(letters):
        return 2 if capitals == 1 else 1
    return 3 if capitals == 1 and letters[0].isupper() else 5


class Features:
    """Pieces, characters and shape of words, each word looked at once."""

    def __init__(self, vocabulary_path, characters):
        self.tokenizer = BertWordPieceTokenizer(vocabulary_path, lowercase=True)
        self.numbers = {c: n + FIRST_CHARACTER for n, c in enumerate(characters)}

    def __call__(self, word):
        pieces = self.tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES]
        return (pieces or [self.tokenizer.token_to_id("[UNK]")],
                [self.numbers.get(c, UNKNOWN_CHARACTER) for c in word[:MOST_CHARACTERS]], shape_of(word))
