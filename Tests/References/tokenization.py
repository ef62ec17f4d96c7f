"""Writes the golden files of TokenizationTests from Hugging Face's `tokenizers`.

    pip install tokenizers==0.23.3
    python3 Tests/References/tokenization.py

vocab.txt      a made-up vocabulary: single characters, common pieces, pieces of many scripts
lines.txt      nasty lines, each ended by U+001E (which therefore stands in none)
cased.txt, uncased.txt, accents.txt, unaccented.txt
               the pieces of each line for the four pairs of `lowercase` and `strip_accents`: `id+gap:length`, gap and length in
               bytes, left out where they are 0 and 1; a comma between the pieces of a word, a blank between words
words.txt      the same for lines cut at blanks and given as words (`is_pretokenized`), uncased; ranges within each word, `|` between
               the words of a line
corpora.txt    for files of ../shared/data, where that is there: the CRC-32 of the pieces of all lines, uncased and cased
scalars.txt    for every 4,096 scalars and each of the four settings, the CRC-32 of what becomes of `a` + scalar + `b`
"""

import itertools
import os
import random
import unicodedata
import zlib

from tokenizers import PreTokenizedString, Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

FOLDER = os.path.join(os.path.dirname(__file__), "../TokenizationTests/Fixtures")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SETTINGS = {  # file: lowercase, strip_accents
    "uncased": (True, None), "cased": (False, None), "accents": (True, False), "unaccented": (False, True)}
DATA = os.path.join(os.path.dirname(__file__), "../../../shared/data")
CORPORA = ["conll2003/eng.train", "conll2003/eng.testa", "conll2003/eng.testb", "wikigold/wikigold.conll.txt",
           "ud-ewt/en_ewt-ud-train.conllu", "ud-ewt/en_ewt-ud-dev.conllu", "ud-ewt/en_ewt-ud-test.conllu",
           "sst2/train.tsv", "sick/SICK_train.txt"]
SEPARATOR = "\x1e"
ENGLISH = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one
you were all her she there would their we him been has when who will no more if out so up said what its about than into them can
only other time new some could these two may first then do any like my now over such our man me even most made after also did
many off before must through years where much your way well down should because long each just state those people too mr how
good EU rejects German call to boycott British lamb Peter Blackburn BRUSSELS Commission Thursday disagreed advice consumers shun
until scientists determine whether mad cow disease transmitted sheep Germany representative European Union veterinary committee
Werner Zwingmann Wednesday buy countries other than Britain clearer""".split()
PIECES = """ing ed er est ly s es ion tion ation al able ness ment ity ous ive ful less ize ise ist ism un re in dis en em non over
mis sub pre inter fore de trans super semi anti mid under th sh ch ph qu st tr pl gr br cl str an on or at is it en ent ant""".split()
FOREIGN = """über straße café naïve façade Ångström İstanbul ıŞık Ελλάδα ΣΊΣΥΦΟΣ σίσυφος Москва ЁЛКА ёлка їжак Україна שלום עִבְרִית
العربية مُحَمَّد हिन्दी नमस्ते বাংলা ภาษาไทย ไทย한국어 한국어 각 까마귀 日本語 東京 カタカナ ﾊﾝｶｸ ひらがな ガギグ 中文 漢字 Tiếng Việt Đặng
Çelik Łódź žluťoučký kůň őű ﬁnance ﬂow Ǆungla ǅungla ẞIG Ꭰꭰ ᲐᲑᲒ 𐐀𐐨 𞤀𞤢 ΆΈΉ ὈΔΥΣΣΕΎΣ ᾳ ᾼ K Å Ω ℌ № ™ ½ ② Ⅷ ⅷ Ⓐ ⓐ ｆｕｌｌｗｉｄｔｈ ＡＢＣ Հայերեն
ქართული አማርኛ ខ្មែរ မြန်မာ བོད་སྐད་ ਪੰਜਾਬੀ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල ລາວ ᠮᠣᠩᠭᠣᠯ ᓀᐦᐃᔭᐍᐏᐣ ꦗꦮ ᮞᮥᮔ᮪ᮓ ᬩᬮᬶ""".split()
EMOJI = """😀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷 1️⃣ ❤️ ❤ 🧑🏿‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☺︎ ✈️ ♀️ 🫠 🪿""".split()
WHITE = list(" \t\n\r\x0b\x0c\x1c\x1d\x1f\x85\u00a0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u180e\u200b\ufeff")
INVISIBLE = list("\x00\x01\x07\x08\x1b\x7f\x80\x9f\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
                 "\u2060\u2066\u2069\ufeff\ufff9\ufffb\ufffc\ufffd\ufffe\uffff\ue000\uf8ff\U000e0001\U000e007f\U000f0000\U0010ffff")
ASSIGNED = [chr(i) for i in range(0x110000)
            if not 0xD800 <= i <= 0xDFFF and unicodedata.category(chr(i)) not in ("Cn", "Co")]
MARKS = [c for c in ASSIGNED if unicodedata.category(c)[0] == "M"]
# Marks that HF's older tables keep, and marks of odd classes: these meet canonical order.
ODD_MARKS = [c for c in MARKS if unicodedata.combining(c) and unicodedata.combining(c) != 230]
KEPT_MARKS = [c for c in MARKS if unicodedata.combining(c)
              and BertNormalizer(False, False, True, False).normalize_str(c) != ""]
# Those that the package's edition of Unicode knows, too.
ORDERED_MARKS = [c for c in MARKS if NFD().normalize_str("\u0345" + c) == c + "\u0345" or c == "\u0345"]
PUNCTUATION = [c for c in ASSIGNED if unicodedata.category(c)[0] in "PS"]
IDEOGRAPHS = "".join(chr(i) for i in (
    0x33FF, 0x3400, 0x4DBF, 0x4DC0, 0x4E00, 0x9FFF, 0xF8FF, 0xF900, 0xFA0E, 0xFAD9, 0xFB00, 0x1FFFF, 0x20000, 0x2A6DF, 0x2A6E0, 0x2A700,
    0x2B739, 0x2B820, 0x2B91F, 0x2B920, 0x2CEAF, 0x2CEB0, 0x2F800, 0x2FA1D, 0x30000, 0x3007, 0x3042, 0x30AB, 0x3131))


def make_vocabulary(rng):
    cased = ENGLISH + [w.capitalize() for w in ENGLISH] + [w.lower() for w in ENGLISH] + PIECES
    single = [chr(i) for i in range(0x21, 0x7F)]
    scripts = sorted(set("".join(FOREIGN) + "".join(EMOJI)) - set(single))
    scripts += [c.lower() for c in scripts] + list(unicodedata.normalize("NFD", "".join(FOREIGN)))
    scripts += rng.sample(ASSIGNED, 500) + rng.sample(MARKS, 80) + KEPT_MARKS[:40] + rng.sample(PUNCTUATION, 150)
    scripts += list("jamo" + "".join(chr(i) for i in range(0x1100, 0x1113)) + "".join(chr(i) for i in range(0x1161, 0x1176)))
    pairs = ["".join(p) for p in itertools.product("aeinorst", repeat=2)]
    whole = [w for f in FOREIGN[::3] for w in (f, unicodedata.normalize("NFD", f).lower())]
    strange = ["##", "#", "###", "dup", "[", "]", "[MASK", "CLS]", "##[", "ab##", "", "  lead"]
    tokens = SPECIAL + single + cased + pairs + whole + scripts + strange + ["dup"]
    tokens += ["##" + t for t in single[:94:2] + PIECES + pairs + scripts[::2] + [w.lower() for w in ENGLISH[::2]]]
    tokens += ["##" + c for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY0123456789"]
    seen = dict.fromkeys(t for t in tokens if SEPARATOR not in t and len(t.splitlines()) <= 1)
    kept = [t for t in seen if t == t.rstrip()]
    return kept[:900] + ["dup"] + kept[900:]


def random_word(rng, vocabulary):
    parts = [t.removeprefix("##") for t in rng.sample(vocabulary, rng.randint(1, 4))]
    if rng.random() < 0.2:
        parts.insert(rng.randint(0, len(parts)), rng.choice(ASSIGNED))
    return "".join(parts)


def make_lines(rng, vocabulary):
    yield from ["", " ", "EU rejects German call to boycott British lamb .", "a", "\u0301", "\u0301\u0301", "[MASK]", "##ing ##", "#",
                "ab\u200bcd", "x\u302e\u0331y", "q\u0331\u302ez", "\u00e9\u0316", "\u0344\u0316\u302e", "e\u0301\u0327\u302a",
                "\u1e9b\u0323", "\u0958\u09dc", "\u2126\u212a\u212b", "a\u2260b \u226e\u226f", "\u037ea\u1fef", "\u0130I\u0131i"]
    yield from FOREIGN + EMOJI
    yield from (f"{a}{b} {a} {b}" for a, b in zip(FOREIGN, reversed(FOREIGN)))
    for n in (99, 100, 101, 300):
        for unit in ("a", "é", "中", "😀", "e\u0301", "각", "ab\u200b", "B", "\u0301", "ß", "t"):
            yield unit * n
            yield f"x{unit * (n - 1)} end"
        yield " ".join(["a" * n, "the", "é" * n])
    blocks = sorted({ord(c) // 128 for c in ASSIGNED})
    for block in blocks:  # every block, three times: alone, in words, with marks
        members = [c for c in ASSIGNED[:] if ord(c) // 128 == block] if block < 0x200 else [
            chr(i) for i in range(block * 128, block * 128 + 128)]
        members = [c for c in members if c != SEPARATOR]
        if 0x3400 <= block * 128 < 0xA000 and block % 16 or 0xAC00 <= block * 128 < 0xD780 and block % 4:
            members = members[:6]
        if block >= 0x400 and block % 32 and unicodedata.category(members[0]) in ("Lo", "Co"):
            continue
        yield "".join(rng.sample(members, min(8, len(members))))
        yield " ".join("a" + c + rng.choice(["b", "", "ing"]) for c in rng.sample(members, min(5, len(members))))
        yield "".join(c + rng.choice(MARKS) for c in rng.sample(members, min(4, len(members))))
    for _ in range(500):  # marks in any order on any base
        base = rng.choice(["a", "é", "Ὀ", "각", "中", " ", "!", "", "ø", "İ", "क", "א", "1", "[MASK]"])
        pool = rng.choice([MARKS, ODD_MARKS, KEPT_MARKS, ODD_MARKS + KEPT_MARKS])
        yield "".join([base] + rng.choices(pool + ["\u0301", "\u0316"], k=rng.randint(1, 6)) + [rng.choice(["", "z", "é"])])
    # Each class that survives stripping, with one mark of each class before and behind it.
    classes = list({unicodedata.combining(c): c for c in ORDERED_MARKS}.values())
    for kept in {unicodedata.combining(c): c for c in KEPT_MARKS if c in ORDERED_MARKS}.values():
        for i in range(0, len(classes), 8):
            yield " ".join(f"{m}{kept} {kept}{m}" for m in classes[i:i + 8])
    for _ in range(250):
        yield "".join(rng.choices(MARKS + KEPT_MARKS * 8 + ["a", "\u0344", "\u0f73", "\u0f75", "\u0f81", "\u200d"], k=8))
    for _ in range(300):
        yield "".join(rng.choice(["a", "B", "é", "ing"]) + rng.choice(WHITE + INVISIBLE) for _ in range(rng.randint(1, 6)))
    for _ in range(250):
        yield "".join(rng.choice(EMOJI + ["\u200d", "\ufe0f", "🏽", " ", "ok", "!"]) for _ in range(rng.randint(1, 4)))
    for _ in range(200):
        yield "".join(rng.choice(list(IDEOGRAPHS) + ["a", "é", "\u0301", " ", "[MASK]"]) for _ in range(rng.randint(2, 7)))
    for _ in range(200):
        yield "".join(chr(rng.choice([rng.randint(0xAC00, 0xD7A3), rng.randint(0x1100, 0x11FF), 0x302E, 0x20, 0x61]))
                      for _ in range(rng.randint(2, 6)))
    specials = SPECIAL + ["[mask]", "[MASK", "MASK]", "[[MASK]]", "[CLS][SEP]", "[ MASK ]", "[PAD", "[", "]", "[UN", "[\u200bMASK]", "[MASK\u0301]"]
    for _ in range(500):
        yield "".join(rng.choice(specials + ["a", "ing", " ", "é", "\u0301", "中", "\u200b", ".", "Peter"]) for _ in range(rng.randint(1, 6)))
    for _ in range(250):
        yield "".join(rng.choice(PUNCTUATION + ["a", "1", "the", " "]) for _ in range(rng.randint(2, 8)))
    for _ in range(500):
        yield " ".join(rng.choice(ENGLISH) + rng.choice(["", "", "ing", "s", ",", "'s", "-", "é"]) for _ in range(rng.randint(1, 6)))
    for _ in range(1000):
        yield rng.choice(["", " ", "\t"]).join(random_word(rng, vocabulary) for _ in range(rng.randint(1, 3)))
    for _ in range(300):
        word = "".join(rng.choice("aeinorstlmd") for _ in range(rng.randint(1, 20)))
        yield rng.choice([word, word.upper(), word.title(), f"http://{word}.org/?q={word}", f"{word}@{word}.com", f"${word[:3]}1,234.56"])
    for _ in range(250):
        yield "".join(rng.choices(ASSIGNED, k=rng.randint(1, 7)))


def make_tokenizer(vocabulary, lowercase, strip_accents):
    tokenizer = Tokenizer(WordPiece({t: i for i, t in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=lowercase, strip_accents=strip_accents)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def byte_offsets(text):
    return [0, *itertools.accumulate(len(c.encode()) for c in text)]


def write_pieces(ids, offsets, words, text):
    at, end, last, out = byte_offsets(text), 0, None, []
    for i, (start, stop), word in zip(ids, offsets, words):
        start, stop = at[start], at[stop]
        gap = f"+{start - end}" if start != end else ""
        length = f":{stop - start}" if stop - start != 1 else ""
        out += ["" if last is None else "," if word == last else " ", f"{i}{gap}{length}"]
        last, end = word, stop
    return "".join(out)


def write(name, text):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8", newline="") as f:
        f.write(text)


def scalar_checks(lowercase, strip_accents):
    normalizer, splitter = BertNormalizer(lowercase=lowercase, strip_accents=strip_accents), BertPreTokenizer()
    checks = []
    for chunk in range(0, 0x110000, 4096):
        crc = 0
        for i in range(chunk, chunk + 4096):
            if 0xD800 <= i <= 0xDFFF:
                continue
            text = PreTokenizedString(f"a{chr(i)}b")
            text.normalize(normalizer.normalize)
            splitter.pre_tokenize(text)
            for token, (start, end), _ in text.get_splits(offset_referential="original", offset_type="byte"):
                crc = zlib.crc32(f"{token}\t{start}\t{end}\n".encode(), crc)
        checks.append(format(crc, "08x"))
    return checks


def corpus_check(path, tokenizer):
    with open(path, encoding="utf-8", newline="\n") as f:
        lines = f.read().split("\n")[:-1]
    encodings = tokenizer.encode_batch(lines, add_special_tokens=False)
    crc = 0
    for line, e in zip(lines, encodings):
        crc = zlib.crc32((write_pieces(e.ids, e.offsets, e.word_ids, line) + "\n").encode(), crc)
    return format(crc, "08x")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    rng = random.Random(2)
    vocabulary = make_vocabulary(rng)
    write("vocab.txt", "".join(t + "\n" for t in vocabulary))
    lines = list(dict.fromkeys(l for l in make_lines(rng, vocabulary) if SEPARATOR not in l))
    write("lines.txt", "".join(l + SEPARATOR for l in lines))
    print(len(vocabulary), "pieces,", len(lines), "lines")
    for name, settings in SETTINGS.items():
        tokenizer = make_tokenizer(vocabulary, *settings)
        encodings = tokenizer.encode_batch(lines, add_special_tokens=False)
        write(f"{name}.txt", "".join(write_pieces(e.ids, e.offsets, e.word_ids, l) + "\n" for e, l in zip(encodings, lines)))
    tokenizer = make_tokenizer(vocabulary, True, None)
    with open(os.path.join(FOLDER, "words.txt"), "w", encoding="utf-8") as f:
        for line in (l for l in lines[:2000] if " " in l):
            words = line.split(" ")
            e = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
            parts = []
            for n, word in enumerate(words):
                own = [k for k, w in enumerate(e.word_ids) if w == n]
                parts.append(write_pieces([e.ids[k] for k in own], [e.offsets[k] for k in own], [0] * len(own), word))
            f.write("|".join(parts) + "\n")
    if os.path.isdir(DATA):
        tokenizers = [make_tokenizer(vocabulary, *SETTINGS[name]) for name in ("uncased", "cased")]
        write("corpora.txt", "".join(
            " ".join([name] + [corpus_check(os.path.join(DATA, name), t) for t in tokenizers]) + "\n" for name in CORPORA))
    checks = [scalar_checks(*settings) for settings in SETTINGS.values()]
    write("scalars.txt", " ".join(SETTINGS) + "\n" + "".join(" ".join(row) + "\n" for row in zip(*checks)))


if __name__ == "__main__":
    main()
