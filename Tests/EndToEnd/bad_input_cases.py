"""The table of bad_input.py: what is wrong, the command that meets it, its exit code and a part of its message."""

import hashlib
import json
import math
import os
import shutil
import struct
from dataclasses import dataclass, field
from typing import Callable, Optional

import tiny_models as tiny
from tiny_models import CORPUS, LABELS, poisoned, safetensors, student, teacher


@dataclass
class Case:
    name: str
    command: str
    code: int
    message: str
    files: dict = field(default_factory=dict)
    """Files to make, by name."""
    run: Optional[Callable[[str], None]] = None
    """Damages the prepared run folder; None where the case needs none."""
    leaves: tuple = ()
    """The files that may be new afterwards: whole artefacts of stages before the one that failed."""


TAG = "echo Ada | distill-bilstm tag --model student"
EVALUATE = "distill-bilstm evaluate good.conll --model teacher"
LABEL = "distill-bilstm label good.conll --teacher teacher -o logits"
GOOD = {"good.conll": CORPUS}

usage = [
    Case("no command", "distill-bilstm frobnicate", 64, "Unexpected argument"),
    Case("unknown option", "augment --frobnicate", 64, "Unknown option '--frobnicate'"),
    Case("option without its value", "augment -o", 64, "Missing value for '-o"),
    Case("seed below zero", "augment --seed=-1", 64, "invalid"),
    Case("seed of 65 bits", "augment --seed 18446744073709551616", 64, "invalid"),
    Case("no threads", "augment --threads 0", 64, "--threads 0 is not in 1...1024"),
    Case("probability above one", "augment --p-mask 2", 64, "p_mask is 2.0"),
    Case("probability that is no number", "augment --p-pos nan", 64, "p_pos is nan"),
    Case("probabilities above one together", "augment --p-mask 0.6 --p-pos 0.6", 64, "p_mask + p_pos"),
    Case("rounds without end", "augment --n-iter 1000000", 64, "n_iter is 1000000"),
    Case("n-gram of no words", "augment --ngram 0...2", 64, "shortest n-gram"),
    Case("n-gram backwards", "augment --ngram 5...1", 64, "--ngram"),
    Case("unknown operation", "augment --operations mask,paint", 64, "mask,paint"),
    Case("unknown format", "augment --format xml", 64, "xml"),
    Case("temperature of zero", "distill-bilstm train --temperature 0", 64, "--temperature 0 is not"),
    Case("alpha that is no number", "distill-bilstm train --alpha nan", 64, "--alpha nan"),
    Case("no epochs", "distill-bilstm train --epochs 0", 64, "--epochs 0 is not"),
    Case("unknown loss", "distill-bilstm train --loss hinge", 64, "hinge"),
    Case("train without dev", "distill-bilstm train --train good.conll", 64, "--dev", GOOD),
    Case("train on a stream", "distill-bilstm train --train - --dev -", 64, "standard input"),
    Case("learning rate of infinity", "distill-bilstm finetune --learning-rate inf -o x", 64, "inf"),
    Case("batch of nothing", "distill-bilstm finetune --batch-size 0 -o x", 64, "--batch-size 0"),
    Case("length of one", "distill-bilstm encode --max-len 1", 64, "--max-len 1"),
    Case("model and predictions", "distill-bilstm evaluate --model a --predictions b", 64, "either"),
    Case("unknown student", "compare-students run --students gru", 64, "--students gru"),
    Case("layers below zero", "compare-students run --students bert-first--1", 64, "bert-first--1"),
]

missing = [
    Case("missing corpus", "augment gone.conll", 66, "cannot open gone.conll: No such file"),
    Case("folder for a corpus", "augment .", 66, "it is a directory"),
    Case("missing predictions", "distill-bilstm evaluate good.conll --predictions gone", 66, "gone", GOOD),
    Case("missing student", TAG, 66, "cannot open student"),
    Case("missing teacher", LABEL, 66, "teacher", GOOD),
    Case("unknown teacher", "distill-bilstm encode good.conll --teacher bert-giant", 66, "known names: minilm-l6", GOOD),
    Case("file for a teacher", "distill-bilstm encode good.conll --teacher good.conll", 66, "it is a file", GOOD),
    Case("file for a student", "distill-bilstm info good.conll", 66, "good.conll", GOOD),
    Case("compact of no student", "distill-bilstm compact good.conll -o small", 66, "good.conll", GOOD),
    Case("compact onto itself", "distill-bilstm compact student -o ./student", 64, "./student is an input, which would be replaced", student()),
    Case("teacher without a configuration", EVALUATE, 66, "teacher/config.json", GOOD | teacher(config_json=None)),
    Case("teacher without weights", EVALUATE, 66, "teacher/model.safetensors", GOOD | teacher(model_safetensors=None)),
    Case("teacher without a vocabulary", EVALUATE, 66, "teacher/vocab.txt", GOOD | teacher(vocab_txt=None)),
    Case("teacher in PyTorch's own format", EVALUATE, 65, "torch.load", GOOD | teacher(
        model_safetensors=None) | {"teacher/pytorch_model.bin": b"\x80"}),
    Case("student without weights", TAG, 66, "student/model.safetensors", student(model_safetensors=None)),
    Case("student without pieces", TAG, 66, "student/vocab.txt", student(vocab_txt=None)),
    Case("student without characters", TAG, 66, "student/vocabulary.json", student(vocabulary_json=None)),
    Case("folder for the weights", TAG, 66, "it is a directory", student(model_safetensors=None) | {"student/model.safetensors/x": ""}),
    Case("pipe for the weights", f"mkfifo student/model.safetensors; {TAG}; code=$?; rm student/model.safetensors; exit $code",
         66, "not a regular file", student(model_safetensors=None)),
    Case("report of no run", "compare-students report", 66, "no comparison in it yet"),
    Case("report of a run without one", "compare-students report --run run", 66, "run/report.json", {"run/run.json": "{}"}),
]


def corpus(name, content, message, command="augment bad.conll -o out.conll"):
    return Case(name, command, 65, message, {"bad.conll": content, **GOOD})


columns = [
    corpus("empty corpus", "", "bad.conll: no sentences"),
    corpus("corpus of empty lines", "\n\n\r\n", "no sentences"),
    corpus("column too few", "EU NNP B-ORG\nrejects\n", "bad.conll:2: 1 column in \"rejects\""),
    corpus("column too many", "EU NNP B-ORG\na b c d\n", "bad.conll:2: 4 columns"),
    corpus("unknown tag", "EU NNP B-ORG\nrejects VBZ X-PER\n", "bad.conll:2: the tag \"X-PER\""),
    corpus("tag without a type", "EU NNP B-\n", "bad.conll:1: the tag \"B-\""),
    corpus("corpus in latin1", "Käse NN O\n".encode("latin1"), "bad.conll:1: bytes that are not UTF-8"),
    corpus("corpus in UTF-16", "EU NNP B-ORG\n".encode("utf-16"), "bad.conll:1"),
    corpus("corpus of zeros", bytes(1 << 16), "bad.conll:1: a byte of zero"),
    corpus("corpus of one endless line", b"a" * (1 << 24) + b"a\n", "bad.conll:1: a line of more than"),
    corpus("sentence without an end", "a NN O\n" * 200_000, "bad.conll:65537: a sentence of more than"),
    corpus("model for a corpus", safetensors(tiny.student_tensors()), "bad.conll:1"),
    corpus("corpus without tags", "EU\n\n", "bad.conll:1: words without entity tags", "distill-bilstm train --train bad.conll --dev good.conll"),
    corpus("empty dev corpus", "", "no sentences", "distill-bilstm train --train good.conll --dev bad.conll"),
    corpus("predictions cut short", "Ada NNP B-PER\n", "bad.conll:1: other words", "distill-bilstm evaluate good.conll --predictions bad.conll"),
    corpus("predictions of more sentences", CORPUS * 2, "more than 1 sentences", "distill-bilstm evaluate good.conll --predictions bad.conll"),
    corpus("stream without sentences", "", "-: no sentences", "augment - -o out.conll < bad.conll"),
]

WEIGHTS = tiny.teacher_tensors()
WORDS = "bert.embeddings.word_embeddings.weight"
WHOLE = safetensors(WEIGHTS)


def weights(name, content, message):
    return Case(name, EVALUATE, 65, message, GOOD | teacher(model_safetensors=content))


tensors = [
    weights("empty weights", b"", "model.safetensors: a file of 0 bytes"),
    weights("weights of seven bytes", WHOLE[:7], "a file of 7 bytes"),
    weights("weights cut in the header", WHOLE[:100], "a header of"),
    weights("weights cut in the data", WHOLE[:-9], "within"),
    weights("weights with more behind them", WHOLE + b"\0", "1 bytes behind the last tensor"),
    weights("header as long as the universe", b"\xff" * 8 + WHOLE[8:], "a header of 18446744073709551615 bytes"),
    weights("header that is no JSON", WHOLE[:8] + b"[" + WHOLE[9:], "does not begin with '{'"),
    weights("header nested without end", (1000).to_bytes(8, "little") + b'{"a":' + b"[" * 995, "nesting deeper"),
    weights("shape that lies", safetensors(WEIGHTS, {WORDS: {"shape": [1 << 31, 1 << 31]}}), "bytes of data"),
    weights("shape below zero", safetensors(WEIGHTS, {WORDS: {"shape": [-1, 8]}}), "the shape [-1,8]"),
    weights("offsets that lie", safetensors(WEIGHTS, {WORDS: {"data_offsets": [0, 1 << 62]}}), "data_offsets"),
    weights("tensors that overlap", safetensors(WEIGHTS, {"classifier.bias": {"data_offsets": [0, 20]}}), "overlaps"),
    weights("unknown element type", safetensors(WEIGHTS, {WORDS: {"dtype": "F4"}}), "the dtype \"F4\""),
    weights("weights of whole numbers", safetensors(WEIGHTS, {WORDS: {"dtype": "I32"}}), "the dtype I32"),
    weights("missing tensor", safetensors({k: v for k, v in WEIGHTS.items() if k != "classifier.bias"}), "no tensor \"classifier.bias\""),
    weights("NaN in the teacher's words", safetensors(poisoned(WEIGHTS, WORDS)), "a number that is not finite in " + WORDS),
    weights("infinity in the teacher's head", safetensors(poisoned(WEIGHTS, "classifier.weight", math.inf)), "not finite in classifier.weight"),
    weights("zip for the weights", b"PK\x03\x04" + bytes(100), "teacher/model.safetensors: a header of"),
    Case("teacher whose logits overflow", LABEL, 65, "logits that are not finite", GOOD | teacher(
        model_safetensors=safetensors(poisoned(poisoned(WEIGHTS, "classifier.weight", 3e38), "bert.encoder.layer.0.output.LayerNorm.weight", 3e38))),
        leaves=("logits/partial.json",)),
]


def config(name, message, text=None, **changes):
    return Case(name, EVALUATE, 65, message, GOOD | teacher(
        config_json=tiny.teacher_config(**changes) if text is None else text))


configurations = [
    config("empty configuration", "config.json:1: the end at byte 0", ""),
    config("configuration cut short", "config.json:1: the end", '{"model_type": "bert"'),
    config("configuration that is a list", "expected a JSON object", "[]"),
    config("configuration nested without end", "nesting deeper than 128", "[" * 100_000),
    config("configuration in latin1", "not UTF-8", '{"model_type": "Käse"}'.encode("latin1")),
    config("number out of range", "a number out of range", '{"hidden_size": 1e999}'),
    config("unknown architecture", "model_type \"gpt2\"", model_type="gpt2"),
    config("hidden size of zero", "hidden_size 0", hidden_size=0),
    config("hidden size of text", "hidden_size \"8\"", hidden_size="8"),
    config("heads that do not divide", "num_attention_heads 3", num_attention_heads=3),
    config("sizes that lie", "the shape", vocab_size=1 << 24, hidden_size=1 << 16),
    config("word shapes without a table of them", "type_vocab_size 2; expected 6", token_types_are_word_shapes=True),
    config("layers that are not there", "encoder.layer.1.", num_hidden_layers=1000),
    config("labels with a gap", "id2label", id2label={"0": "O", "2": "B-PER"}),
    config("labels twice", "twice", id2label={"0": "O", "1": "O"}),
    config("labels that do not fit the head", "classifier.weight", id2label={"0": "O"}),
    config("model without a head", "fine-tune it first", architectures=["BertModel"], id2label=None),
    config("dropout of one", "hidden_dropout_prob 1.0", hidden_dropout_prob=1),
    Case("labels that do not fit the corpus", "distill-bilstm train --train ship.conll --dev ship.conll --teacher teacher --run run",
         65, "the labels O B-LOC", {"ship.conll": "Santa NNP B-SHIP\n\n"} | teacher(), leaves=("run/augmented.conll", "run/stages.json")),
]


def vocabulary(name, content, message):
    return Case(name, EVALUATE, 65, message, GOOD | teacher(vocab_txt=content))


def tokenizer(name, content, message):
    return Case(name, EVALUATE, 65, message, GOOD | teacher(tokenizer_config_json=content))


tokenizers = [
    vocabulary("empty vocabulary", "", "vocab.txt: an empty file"),
    vocabulary("vocabulary without special pieces", "ada\nmoved\n", "no piece [UNK]"),
    vocabulary("vocabulary in latin1", "\n".join(tiny.VOCABULARY).encode() + b"\n\xe4\n", "vocab.txt:11: bytes that are not UTF-8"),
    vocabulary("vocabulary of another model", "\n".join(tiny.VOCABULARY + ["more"]), "11 pieces; expected at most"),
    tokenizer("tokenizer settings cut short", '{"do_lower_case": tr', "tokenizer_config.json:1"),
    tokenizer("tokenizer settings of the wrong type", {"do_lower_case": "yes"}, "do_lower_case \"yes\""),
    tokenizer("special piece that is not there", {"unk_token": "<unk>"}, "no piece <unk>"),
    tokenizer("special piece of no letters", {"mask_token": ""}, "mask_token \"\""),
]


def student_file(name, message, **changes):
    return Case(name, TAG, 65, message, student(**changes))


def student_config(name, message, **changes):
    return student_file(name, message, config_json=tiny.student_config(**changes))


STUDENT = tiny.student_tensors()
students = [
    student_config("student of a later version", "format_version 99", format_version=99),
    student_config("teacher for a student", "is this the folder of a student?", model_type="bert"),
    student_config("student without labels", "labels []", labels=[]),
    student_config("student with labels that are numbers", "labels [1,2]", labels=[1, 2]),
    student_config("student with labels of another head", "classifier.weight", labels=["O"]),
    student_config("student with a label twice", "twice", labels=["O", "B-LOC", "I-LOC", "B-LOC", "I-PER"]),
    student_config("student with a label that is no tag", "the label \"PERSON\"", labels=["O", "B-LOC", "I-LOC", "PERSON", "I-PER"]),
    student_config("student of no units", "hidden_size 0", hidden_size=0),
    student_config("student of sizes that lie", "piece_count", piece_count=1 << 40),
    student_config("student of large sizes that lie", "the shape", piece_count=1 << 24, piece_dimension=1 << 14),
    student_config("student with other characters", "8 characters", character_count=11),
    student_file("student's characters of two letters", "the character \"ab\"", vocabulary_json={"characters": ["ab"]}),
    student_file("student's characters missing", "no array \"characters\"", vocabulary_json={}),
    student_file("student's weights cut short", "model.safetensors", model_safetensors=safetensors(STUDENT)[:-1]),
    student_file("NaN in the student's LSTM", "not finite in lstm.weight_hh_l0_reverse", model_safetensors=safetensors(poisoned(STUDENT, "lstm.weight_hh_l0_reverse"))),
    student_file("NaN in the student's pieces", "not finite in piece_embeddings.weight", model_safetensors=safetensors(poisoned(STUDENT, "piece_embeddings.weight"))),
    student_file("infinity in the student's head", "not finite in classifier.bias", model_safetensors=safetensors(poisoned(STUDENT, "classifier.bias", -math.inf))),
    Case("models of other labels", f"{EVALUATE} --further-model student", 65, "take a tagger of these labels",
         GOOD | teacher() | student(
             config_json=tiny.student_config(labels=["O", "B-LOC", "I-LOC", "B-SHIP", "I-SHIP"]))),
    Case("NaN in a student that is judged", "distill-bilstm evaluate good.conll --model student", 65, "not finite", GOOD | student(
        model_safetensors=safetensors(poisoned(STUDENT, "char_cnn.weight")))),
    student_file("student with a tensor of another shape", "the shape [6, 3]", model_safetensors=safetensors(
        STUDENT | {"shape_embeddings.weight": ("F32", [6, 3], bytes(72))})),
    Case("text that is not UTF-8", r"printf 'Ada \xe4\n' | distill-bilstm tag --model student", 65, "-:1: the byte 0xE4 at byte 5 of the line", student()),
    Case("columns that are text", "distill-bilstm tag --input conll bad --model student", 65, "bad:2: 3 columns", student() | {"bad": "Ada O\nto Porto now\n"}),
]


def edit(name, **changes):
    """Changes fields of a JSON file of the run folder."""
    def apply(run):
        with open(f"{run}/{name}") as file:
            content = json.load(file)
        tiny.write({name: content | changes}, run)
    return apply


def put(name, content):
    """Puts a file in the run folder."""
    return lambda run: tiny.write({name: content}, run)


def drop(name):
    """Removes a file of the run folder."""
    return lambda run: os.remove(f"{run}/{name}")


def in_run(name, message, damage, code=65, command="TRAIN"):
    return Case(name, command, code, message, run=damage)


SHARD = "logits/logits-00000.safetensors"
INDEX = "logits/index.json"


def noted(run, stage, artefact):
    """Notes the files of a stage as they are now, so that the damage is believed."""
    with open(f"{run}/stages.json") as file:
        stages = json.load(file)
    names = os.listdir(f"{run}/{artefact}") if os.path.isdir(f"{run}/{artefact}") else [""]
    stages[stage]["files"] = {}
    for name in names:
        with open(os.path.join(run, artefact, name).rstrip("/"), "rb") as file:
            content = file.read()
        stages[stage]["files"][name or artefact] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    tiny.write({"stages.json": stages}, run)


def store(name, message, damage, code=65):
    """A damaged logit store that stages.json takes for whole, and that is read since the student is missing."""
    def apply(run):
        edit("stages.json", student="")(run)
        damage(run)
        noted(run, "logits", "logits")
    return in_run(name, message, apply, code)


def shard_of(store, **changes):
    """Rewrites the first shard with other lengths or logits."""
    def apply(run):
        with open(f"{run}/{INDEX}") as file:
            entry = json.load(file)["shards"][0]
        words, sentences = entry["words"], entry["sentences"]
        lengths = changes.get("lengths", lambda n: [1] * (n - 1) + [words - n + 1])(sentences)
        logits = ("F32", [words, len(LABELS)], tiny.floats(words * len(LABELS)))
        content = {"logits": logits,
                   "lengths": ("I64", [sentences], struct.pack(f"<{sentences}q", *lengths))}
        if "number" in changes:
            content = poisoned(content, "logits", changes["number"])
        tiny.write({store: safetensors(content)}, run)
    return apply


def cut(name):
    """Cuts a file of the run folder in the middle."""
    return lambda run: os.truncate(f"{run}/{name}", os.path.getsize(f"{run}/{name}") // 2)


REPORT = {"format": 2, "run": {}, "students": [], "claims": []}


def sample(field, value):
    """A whole report whose first student, or its first seed where the field is there, has another value in a field."""
    with open(os.path.join(os.path.dirname(__file__), "../StudentComparisonTests/Fixtures/report.json")) as file:
        content = json.load(file)
    first = content["students"][0]
    (first if field in ("latency_p50_ms",) else first["seeds"][0])[field] = value
    return content


def report(name, message, text):
    return Case(name, "compare-students report --run run", 65, message, {"run/report.json": text})


runs = [
    in_run("run folder of another version", "stages.json: a run folder of version \"99\"", edit("stages.json", version="99")),
    in_run("run folder with a broken ledger", "stages.json:1", put("stages.json", "{")),
    in_run("run folder with a ledger that is a list", "stages.json", put("stages.json", "[]")),
    in_run("run folder that is a file", "a file of that name is in the way", lambda run: (shutil.rmtree(run), open(run, "w").close()), 74),
    store("logit store of another version", "index.json: a logit store of another version", edit(INDEX, version=99)),
    store("logit store without its key", "index.json: an index without key", edit(INDEX, key=None)),
    store("logit store with a broken index", "index.json:1", cut(INDEX)),
    store("logit store that leads outside", "index.json: a shard without file", edit(INDEX, shards=[{"file": "../x", "sentences": 1, "words": 1}])),
    store("logit store of fewer examples", "0 examples; expected at least", edit(INDEX, shards=[])),
    store("logit store with a shard that is missing", SHARD, drop(SHARD), 66),
    store("logit store with a shard cut short", SHARD, cut(SHARD)),
    store("logit store with lengths that overflow", "lengths or a type that do not fit", shard_of(SHARD, lengths=lambda n: [2**63 - 1] * n)),
    store("logit store with a length below zero", "lengths or a type that do not fit", shard_of(SHARD, lengths=lambda n: [-1] * n)),
    store("logit store of other examples", "rows of example 0", shard_of(SHARD)),
    store("NaN in the logit store", "not finite in logits", shard_of(SHARD, number=math.nan)),
    in_run("augmented corpus cut short", "augmented.conll", lambda run: (
        edit("stages.json", logits="", student="")(run), put("augmented.conll", "Ada NNP B-PER\nto\n")(run), noted(run, "augmented", "augmented.conll"))),
    report("empty report", "report.json:1: the end", ""),
    report("report cut short", "report.json:1", json.dumps(REPORT)[:-3]),
    report("report of another format", "the format 2", REPORT | {"format": 99}),
    report("report without its run", "no run.corpus", REPORT),
    report("report that is a list", "no format", []),
    report("report with a share above one", "dev_f1", sample("dev_f1", [2])),
    report("report with a time below zero", "latency_p50_ms -1", sample("latency_p50_ms", -1)),
    report("report with counts that lie", "sentence_counts", sample("sentence_counts", "1 1 2")),
]

# A file may not grow over 4 kB there, which the system treats as it does a full disk.
FULL = "trap '' XFSZ; ulimit -f 4; "
writing = [
    Case("output in a missing folder", "augment -o gone/out.conll", 74, "cannot write gone/out.conll: No such file"),
    Case("output that is a folder", "augment -o .", 74, "it is a directory"),
    Case("output below a file", "augment -o good.conll/out", 74, "Not a directory", GOOD),
    Case("output in a read-only folder", "augment -o /proc/out.conll", 74, "cannot write /proc/out.conll"),
    Case("full disk", FULL + "augment -o out.conll", 74, "cannot write out.conll: File too large"),
    Case("full device", "augment -o /dev/full", 74, "No space left on device"),
    Case("full standard output", "augment > /dev/full", 74, "No space left on device"),
    Case("full standard output of a score", EVALUATE + " > /dev/full", 74, "standard output", GOOD | teacher()),
    Case("full standard output of tags", TAG + " > /dev/full", 74, "No space left on device", student()),
    Case("full disk for a model", FULL + "distill-bilstm finetune --teacher teacher --train train.conll --dev train.conll --epochs 1 -o made",
         74, "made", run=lambda run: None),
    Case("model in a read-only folder", "distill-bilstm finetune --teacher teacher --train train.conll --dev train.conll -o /proc/made",
         74, "cannot write /proc/made", run=lambda run: None),
    Case("logits in a read-only folder", "distill-bilstm label good.conll --teacher teacher -o /proc/logits", 74, "cannot write /proc/logits", GOOD | teacher()),
    Case("run in a read-only folder", "distill-bilstm train --run /proc/run", 74, "cannot write /proc/run"),
    Case("full disk for a report", FULL + "compare-students report --run run", 74, "cannot write run/report.html", {"run/report.json": sample("f1", 0)}),
    Case("summary in a missing folder", "augment --n-iter 0 --summary gone/x.json", 74, "cannot write gone/x.json"),
]

CASES = usage + missing + columns + tensors + configurations + tokenizers + students + runs + writing
