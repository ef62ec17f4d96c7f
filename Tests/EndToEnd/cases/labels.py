"""Labels of teachers and tags of corpora: other schemes, other types, names that are no tags, and what makes a tagger."""

import tiny_models as tiny
from . import Case

GOOD = {"good.conll": tiny.CORPUS}
EVALUATE = "distill-bilstm evaluate good.conll --model teacher"
TRAIN = ("distill-bilstm train --train good.conll --dev good.conll --teacher teacher --n-iter 0 --epochs 1 "
         "--run run --threads 1 -q")
READ = "--operations none --n-iter 0 --with-original --threads 1 -q"


def teacher(labels, **changes):
    """A corpus and a teacher with these labels; a change of config.json that is None leaves the key out."""
    config = tiny.teacher_config(id2label={str(index): name for index, name in enumerate(labels)}, **changes)
    config = {key: value for key, value in config.items() if value is not None}
    return GOOD | tiny.teacher(
        config_json=config, model_safetensors=tiny.safetensors(tiny.teacher_tensors(labels=labels)))


IO = ["O", "PER", "LOC"]
BIOES = ["O"] + [f"{mark}-{name}" for name in ("LOC", "PER") for mark in "BIES"]
MORE = tiny.LABELS + ["B-MISC", "I-MISC"]

CASES = [
    Case("labels without names", EVALUATE, 65, files=teacher([f"LABEL_{n}" for n in range(5)]),
         says=["the labels LABEL_0 LABEL_1", "name the labels in id2label"], never=["precision"]),
    Case("labels without names do not teach", TRAIN, 65, files=teacher([f"LABEL_{n}" for n in range(5)]),
         says=["name the labels in id2label"]),
    Case("labels in small letters", EVALUATE, 65, files=teacher(["O", "b-loc", "i-loc", "b-per", "i-per"]),
         says=["write it as B-loc in id2label"]),
    Case("labels with the type first", EVALUATE, 65, files=teacher(["O", "LOC-B", "LOC-I", "PER-B", "PER-I"]),
         says=["write it as B-LOC in id2label"]),
    Case("labels with and without a letter", EVALUATE, 65, files=teacher(["O", "B-LOC", "I-LOC", "PER"]),
         says=["the label \"PER\" beside \"B-LOC\""]),
    Case("labels of IO are evaluated", EVALUATE, files=teacher(IO), says=["turned into B- and I-", "LOC", "PER"]),
    Case("labels of IO teach", TRAIN.replace(" -q", ""), files=teacher(IO), says=["turned into B- and I-"]),
    Case("labels of BIOES teach", TRAIN, files=teacher(BIOES)),
    Case("labels of BIOES are said to be turned", EVALUATE, files=teacher(BIOES), says=["turned into B- and I-"]),
    Case("a teacher of more types teaches those of the corpus", TRAIN.replace(" -q", ""), files=teacher(MORE),
         says=["its type MISC, which the corpus does not have, counts as O"]),
    Case("a teacher that lacks a type", TRAIN, 65, files=teacher(["O", "B-LOC", "I-LOC"]),
         says=["the labels O B-LOC I-LOC", "expected O B-LOC I-LOC B-PER I-PER"]),
    Case("a tagger without architectures", EVALUATE, files=teacher(tiny.LABELS, architectures=None),
         says=["LOC", "PER"]),
    Case("a tagger without architectures gets no new head", TRAIN.replace(" -q", ""),
         files=teacher(tiny.LABELS, architectures=None), never=["run/teacher"]),
    Case("a tagger without architectures and names", TRAIN, 65,
         files=teacher(tiny.LABELS, architectures=None) | {
             "teacher/config.json": {k: v for k, v in tiny.teacher_config().items()
                                     if k not in ("architectures", "id2label")}},
         says=["name the labels in id2label"]),
    Case("a tag of IO in a corpus", f"augment c.txt {READ.replace(' -q', '')}",
         files={"c.txt": "Ada\tperson-artist\nNwosu\tperson-artist\nin\tO\nPorto\tlocation-GPE\n"},
         output="Ada B-person-artist\nNwosu I-person-artist\nin O\nPorto B-location-GPE\n\n",
         says=["taken as IO"]),
    Case("plain types after tags with letters", f"augment c.txt {READ}", 65,
         files={"c.txt": "Ada B-PER\nin O\n\nPorto LOC\nof O\n"},
         says=["the tag \"LOC\" in the sentence at line 4 beside tags with B- or I- in that at line 1"]),
    Case("parts of speech are no entities", f"augment c.txt {READ}",
         files={"c.txt": "Ada NNP\nran VBD\n"}, output="Ada NNP\nran VBD\n\n"),
    Case("a type that begins with a combining mark", f"augment c.txt {READ}",
         files={"c.txt": "Ada B-\u0301X\nNwosu I-\u0301X\n"}, output="Ada B-\u0301X\nNwosu I-\u0301X\n\n"),
    Case("types that look alike are two", f"augment c.txt {READ}",
         files={"c.txt": "Ada B-\u00e9\nNwosu I-e\u0301\n"}, output="Ada B-\u00e9\nNwosu B-e\u0301\n\n"),
]
