"""Writes Sources/Tokenization/UnicodeData.swift: what `tokenizers` does with every Unicode scalar.

Hugging Face's tokenizer draws its character properties from four crates of different Unicode versions (general categories of
Unicode 8, lowercasing of Unicode 17), so no one edition of Unicode reproduces it. This script asks the package itself, scalar by
scalar, and writes down the answers. The table is checked by TokenizationTests/AllScalarsTests.swift.

    pip install tokenizers==0.23.3
    python3 Tests/References/tokenization_tables.py
"""

import os
import textwrap
import unicodedata

from tokenizers import __version__
from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

OUTPUT = os.path.join(os.path.dirname(__file__), "../../Sources/Tokenization/UnicodeData.swift")
SCALARS = [chr(i) for i in range(0x110000) if not 0xD800 <= i <= 0xDFFF]


def normalizer(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return BertNormalizer(**{**off, **on}).normalize_str


def ranges(members):
    """Pairs of gap and length."""
    numbers, end, run = [], 0, None
    for m in sorted(members):
        if run and m == run[1]:
            run[1] += 1
        else:
            if run:
                numbers += [run[0] - end, run[1] - run[0]]
                end = run[1]
            run = [m, m + 1]
    return numbers + ([run[0] - end, run[1] - run[0]] if run else [])


def combining_classes(nfd):
    """The class of each scalar, found by which representative of a class it is sorted before."""
    known = {240: "\u0345"}
    for c in SCALARS:
        k = unicodedata.combining(c)
        # The package's edition of Unicode is older than Python's: a class needs a member that it knows.
        if k and k not in known and nfd(known[240] + c) == c + known[240]:
            known[k] = c
    order = sorted(known)
    highest = known[order[-1]]
    classes = {}
    for c in SCALARS:
        if len(nfd(c)) > 1:
            continue
        behind = [k for k in order if nfd(known[k] + c) == c + known[k] and c != known[k]]
        if behind:
            position = order.index(behind[0])
            classes[ord(c)] = order[position - 1]
        elif nfd(c + known[order[0]]) == known[order[0]] + c and c != known[order[0]]:
            classes[ord(c)] = order[-1]
    classes[ord(highest)] = order[-1]
    return classes


def class_runs(classes):
    """Triples of gap, length and class."""
    numbers, end = [], 0
    items = sorted(classes.items())
    i = 0
    while i < len(items):
        j = i
        while j < len(items) and items[j] == (items[i][0] + j - i, items[i][1]):
            j += 1
        numbers += [items[i][0] - end, j - i, items[i][1]]
        end = items[i][0] + j - i
        i = j
    return numbers


def lower_runs(lower):
    """Quadruples of gap, count, step and the first result; the differences are the same throughout."""
    numbers, end = [], 0
    items = sorted(lower.items())
    i = 0
    while i < len(items):
        first, delta = items[i][0], items[i][1] - items[i][0]
        step = items[i + 1][0] - first if i + 1 < len(items) else 1
        step = step if step <= 2 else 1
        j = i
        while j < len(items) and items[j] == (first + (j - i) * step, first + (j - i) * step + delta):
            j += 1
        numbers += [first - end, j - i, step, items[i][1]]
        end = items[j - 1][0] + 1
        i = j
    return numbers


def decomposition_steps(nfd):
    """Triples of gap, first and second part (0 if there is none); Hangul syllables are left to arithmetic."""
    numbers, end = [], 0
    for c in SCALARS:
        full = nfd(c)
        if full == c:
            continue
        if 0xAC00 <= ord(c) <= 0xD7A3:
            assert full == unicodedata.normalize("NFD", c)
            continue
        parts = [chr(int(p, 16)) for p in unicodedata.decomposition(c).split()]
        assert len(parts) <= 2 and "".join(map(nfd, parts)) == full
        numbers += [ord(c) - end, ord(parts[0]), ord(parts[1]) if len(parts) == 2 else 0]
        end = ord(c) + 1
    return numbers


def literal(name, comment, numbers):
    text = textwrap.fill(" ".join(format(n, "x") for n in numbers), 96)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{textwrap.indent(text, "    ")}\n    """\n'


def main():
    nfd = NFD().normalize_str
    clean, low = normalizer(clean_text=True), normalizer(lowercase=True)
    strip, chinese = normalizer(strip_accents=True), normalizer(handle_chinese_chars=True)
    split = BertPreTokenizer().pre_tokenize_str
    dropped = [ord(c) for c in SCALARS if clean(c) == ""]
    spaces = [ord(c) for c in SCALARS if clean(c) == " "]
    ideographs = [ord(c) for c in SCALARS if chinese(c) != c]
    punctuation = [ord(c) for c in SCALARS if len(split(f"a{c}b")) == 3]
    marks = [ord(c) for c in SCALARS if strip(c) == ""]
    lower = {ord(c): low(c) for c in SCALARS if low(c) != c}
    # The one scalar whose lowercase is two scalars is written out in CharacterTable.swift.
    assert [c for c in lower if len(lower[c]) > 1] == [0x130] and lower.pop(0x130) == "i\u0307"
    tables = [
        ("dropped", "Scalars that cleaning removes (control, format, private use, U+FFFD): gap and length.",
         ranges(dropped)),
        ("spaces", "Scalars that cleaning turns into a space: pairs of gap and length.", ranges(spaces)),
        ("ideographs", "Scalars that stand as words of their own as Chinese: pairs of gap and length.",
         ranges(ideographs)),
        ("punctuation", "Scalars that split words and stand alone: pairs of gap and length.", ranges(punctuation)),
        ("marks", "Scalars that accent stripping removes: pairs of gap and length.", ranges(marks)),
        ("combiningClasses", "Canonical combining classes: triples of gap, length and class.",
         class_runs(combining_classes(nfd))),
        ("lowercase", "Lowercase: quadruples of gap, count, step and first result.",
         lower_runs({c: ord(t) for c, t in lower.items()})),
        ("decompositions", "Canonical decompositions, one step: triples of gap, first and second part.",
         decomposition_steps(nfd)),
    ]
    with open(OUTPUT, "w", encoding="ascii") as f:
        f.write(
            f"// Written by Tests/References/tokenization_tables.py from tokenizers {__version__}. Do not edit.\n\n"
            "/// The character properties of Hugging Face's BERT tokenizer, as hexadecimal numbers between blanks.\n"
            "///\n"
            "/// They are its own: several editions of Unicode, the general categories those of Unicode 8.\n"
            "/// A gap is the distance from the end of the entry before.\n"
            "enum UnicodeData {\n" + "\n".join(literal(*t) for t in tables) + "}\n")
    print({name: len(numbers) for name, _, numbers in tables})


if __name__ == "__main__":
    main()
