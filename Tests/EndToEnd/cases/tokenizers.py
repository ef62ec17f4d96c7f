"""Tokenizers that are nearly BERT's: added tokens, other classes and parts, capitals without a word on them."""

import json

import tiny_models as tiny
from . import Case

CORPUS = {"c.conll": "Ada NNP B-PER\n<u> SYM O\nPorto NNP B-LOC\n\n"}
PIECES = len(tiny.VOCABULARY)
ENCODE = "distill-bilstm encode c.conll --teacher teacher --max-len 8"
SAYS_CAPITALS = "no do_lower_case says whether text is lower-cased; it is"


def teacher(pieces=(), **files):
    """A corpus and a teacher whose embeddings have rows for further pieces, which are not in its vocab.txt."""
    tensors = tiny.teacher_tensors()
    name = "bert.embeddings.word_embeddings.weight"
    rows = PIECES + len(pieces)
    tensors[name] = ("F32", [rows, tiny.HIDDEN], tiny.floats(rows * tiny.HIDDEN))
    files = {"config_json": tiny.teacher_config(vocab_size=rows),
             "model_safetensors": tiny.safetensors(tensors)} | files
    return CORPUS | tiny.teacher(**files)


def added(*tokens, rows=1):
    """A teacher with tokens of added_tokens_decoder, each an id and its entry."""
    return teacher(pieces="x" * rows, tokenizer_config_json={
        "do_lower_case": True, "added_tokens_decoder": {str(number): entry for number, entry in tokens}})


def tokenizer_json(**parts):
    return {"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
            "model": {"type": "WordPiece", "vocab": {piece: n for n, piece in enumerate(tiny.VOCABULARY)}}} | parts


def ids(*expected):
    """Checks the ids of the first example, without padding."""
    def check(done, _):
        found = json.loads(done.stdout.splitlines()[0])["input_ids"]
        found = [number for number in found if number != 0]
        return None if found == list(expected) else f"its ids are {found}, not {list(expected)}"
    return check


def refused(part, name, **parts):
    files = teacher(vocab_txt=None, tokenizer_json=tokenizer_json(**parts))
    return Case(f"another {part} of tokenizer.json", ENCODE, 65, files=files,
                says=[f"tokenizer.json: a tokenizer whose {part} is \"{name}\""])


ONE = {"content": "<u>", "special": False, "normalized": False}
FOUND = ids(2, 5, PIECES, 8, 3)
DISTILLED = ("distill-bilstm train --train c.conll --dev c.conll --teacher teacher --n-iter 0 --epochs 1 --run run "
             "--threads 1 -q && distill-bilstm tag c.conll --model run/student -q > out && grep -c . out && "
             "tail -n 1 run/student/vocab.txt && cat run/student/tokenizer_config.json")

CASES = [
    Case("an added token is one piece", ENCODE, files=added((PIECES, ONE)), check=FOUND),
    Case("an added token with white space beside it", ENCODE,
         files=added((PIECES, ONE | {"lstrip": True, "rstrip": True})), check=FOUND),
    Case("an added token as it stands keeps its capitals", ENCODE,
         files=added((PIECES, ONE | {"content": "<U>"})), check=ids(2, 5, 1, 1, 1, 8, 3)),
    Case("a normalized added token does not", ENCODE,
         files=added((PIECES, ONE | {"content": "<U>", "normalized": True})), check=FOUND),
    Case("an added token as a whole word", ENCODE, 65, files=added((PIECES, ONE | {"single_word": True})),
         says=["single_word true of the added token \"<u>\""]),
    Case("an added token after a gap", ENCODE, 65, files=added((PIECES + 1, ONE), rows=2),
         says=[f"the id {PIECES + 1} of the added token \"<u>\"", f"expected {PIECES}, the next"]),
    Case("an added token with the id of a piece", ENCODE, 65, files=added((5, ONE)),
         says=["the id 5 of the added token \"<u>\", which is that of \"ada\""]),
    Case("added_tokens.json", ENCODE, files=teacher("x", added_tokens_json={"<u>": PIECES}), check=FOUND),
    Case("added tokens of tokenizer.json", ENCODE, check=FOUND, files=teacher(
        "x", vocab_txt=None, tokenizer_json=tokenizer_json(added_tokens=[ONE | {"id": PIECES}]))),
    Case("a student has its teacher's added tokens", DISTILLED, files=added((PIECES, ONE)),
         says=["<u>\n", f"\"{PIECES}\""]),
    Case("the class of another tokenizer", ENCODE, 65,
         files=teacher(tokenizer_config_json={"tokenizer_class": "BertJapaneseTokenizer"}),
         says=["tokenizer_config.json: tokenizer_class \"BertJapaneseTokenizer\"; expected \"BertTokenizer\""]),
    Case("the class of another tokenizer in config.json", ENCODE, 65,
         files=teacher(config_json=tiny.teacher_config(tokenizer_class="BertJapaneseTokenizer")),
         says=["config.json: tokenizer_class \"BertJapaneseTokenizer\"; expected \"BertTokenizer\""]),
    refused("normalizer", "NFC", normalizer={"type": "NFC"}),
    refused("pre_tokenizer", "Whitespace", pre_tokenizer={"type": "Whitespace"}),
    refused("model", "BPE", model={"type": "BPE", "vocab": {}}),
    Case("no do_lower_case for a vocabulary without capitals", ENCODE, files=teacher(), never=[SAYS_CAPITALS]),
]
CASED = teacher("x", vocab_txt="\n".join(tiny.VOCABULARY + ["Ada"]) + "\n")
CASES += [
    Case("capitals that nothing is said of", ENCODE, files=CASED, says=[SAYS_CAPITALS], check=ids(2, 5, 1, 1, 1, 8, 3)),
    Case("capitals that are kept", ENCODE, files=CASED | {"teacher/tokenizer_config.json": {"do_lower_case": False}},
         never=[SAYS_CAPITALS], check=ids(2, PIECES, 1, 1, 1, 1, 3)),
    Case("capitals that are not", ENCODE, files=CASED | {"teacher/tokenizer_config.json": {"do_lower_case": True}},
         never=[SAYS_CAPITALS], check=ids(2, 5, 1, 1, 1, 8, 3)),
    Case("label says it, too", "distill-bilstm label c.conll --teacher teacher -o out --threads 1", files=CASED,
         says=[SAYS_CAPITALS]),
]
