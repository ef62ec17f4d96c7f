"""tokenizer: lines of text to pieces with byte offsets, one thread."""
import corpus
from harness import Comparison, Measure

# Latin with accents, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Chinese, Japanese, Korean, emoji.
SCRIPTS = [
    "Ångström, naïve façade: Kraków żółć — œuvre de l'été 1996?", "Η γρήγορη αλεπού πηδάει πάνω από τον σκύλο.",
    "Съешь же ещё этих мягких французских булок.", "דג סקרן שט בים מאוכזב", "نص حكيم له سر قاطع",
    "ऋषियों को सताने वाले दुष्ट राक्षसों", "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า", "視野無限廣,窗外有藍天", "いろはにほへと ちりぬるを",
    "키스의 고유조건은 입술끼리 만나야 하고", "Well done 👩‍🚀🚀 — see you at 10:30 🙂",
]


def comparison(bench, inputs):
    plain = [" ".join(sentence.words) for sentence in corpus.read(inputs.train)]
    texts = {
        "corpus text": plain,
        "mixed scripts": [line if n % 2 else SCRIPTS[n // 2 % len(SCRIPTS)] for n, line in enumerate(plain)],
    }
    files = {}
    for number, (name, lines) in enumerate(texts.items()):
        files[name] = bench.work / f"text-{number}.txt"
        files[name].write_text("\n".join(lines) + "\n", encoding="utf-8")
    pieces = {}

    def figures(contestant, run):
        result = {}
        for name, path in files.items():
            done = run(path)
            pieces[contestant, name] = done["pieces"]
            result[f"tokenizer, {name}"] = done["bytes_per_second"] / 1e6
        return result

    def ours():
        return figures("ours", lambda path: bench.summary(
            "distill-bilstm", "time-tokenizer", path, "--teacher", inputs.base))

    def tokenizers():
        return figures("theirs", lambda path: bench.rival(
            "tokenize_tokenizers.py", inputs.base / "vocab.txt", path, threads=1))

    def check():
        for name in files:
            if pieces["ours", name] != pieces["theirs", name]:
                raise RuntimeError(f"{name}: {pieces['ours', name]} pieces, theirs {pieces['theirs', name]}")
        counts = ", ".join(f"{pieces['ours', name]:,} of {name}" for name in files)
        return [f"Both give the same number of pieces: {counts}."]

    return Comparison(
        measures={f"tokenizer, {name}": Measure(f"MB/s of {name}", threads=1) for name in files},
        contestants={"ours": ours, "tokenizers": tokenizers},
        notes=["Lines of text to pieces on one thread. Theirs: batches of 1,000 lines, with offsets or "
               "encode_batch_fast, whichever is faster; ours with byte offsets."],
        check=check)
