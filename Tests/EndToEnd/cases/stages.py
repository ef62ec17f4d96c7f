"""Run folders: stages that are up to date, artefacts that were changed behind their back, inputs that were, and bad trainings."""

import os

import tiny_models as tiny

from . import Case

SENTENCES = tiny.CORPUS + "Porto NNP B-LOC\n. . O\n\nAda NNP B-PER\nmoved VBD O\n\n"
MORE = "to IN O\nAda NNP B-PER\nPorto NNP B-LOC\n\n"
FILES = {"c.conll": SENTENCES, "u.conll": MORE, "v.txt": "ada 1 2\nporto 0.5 -1\nto 0 1\n"} | tiny.teacher()
SMALL = "--n-iter 2 --epochs 1 --hidden-size 4 --piece-dimension 4 --threads 1"
TRAIN = f"distill-bilstm train --train c.conll --dev c.conll --teacher teacher {SMALL}"
RETEACH = (f"distill-bilstm train --train c.conll --dev c.conll --teacher teacher --teacher-epochs 1 "
           f"{SMALL}")
COMPARE = (f"compare-students run --train c.conll --dev c.conll --teacher teacher {SMALL} "
           "--students bilstm:direct,bert-first-1:direct")
QUIET = "> /dev/null 2>&1"
MODELS = "{ find run/student run/students -name model.safetensors 2> /dev/null || true; } | sort | xargs sha256sum"


def untrained():
    return FILES | tiny.untrained_teacher()


def damaged(name, damage, says, command=TRAIN, files=FILES):
    """An artefact is damaged: the next run says so, and ends with the bytes of before, as does one after it."""
    return Case(name, f"set -e; {command} --run run {QUIET}; {MODELS} > before; cp run/logits/*.safetensors .; cp run/augmented.conll .\n"
                f"{damage}\n{command} --run run 2> messages > /dev/null; cat messages >&2; {MODELS} | cmp - before\n"
                "cmp augmented.conll run/augmented.conll; for file in logits-*; do cmp $file run/logits/$file; done\n"
                f"{command} --run run 2>&1 > /dev/null | grep 'made again' && exit 1 || exit 0",
                files=files, says=says if isinstance(says, tuple) else (says,))


def changed(name, change, options="", command=TRAIN, files=FILES, never=()):
    """An input is changed: the next run ends with the bytes of a fresh one, which are others than before."""
    return Case(name, f"set -e; {command} {options} --run run {QUIET}; sha256sum run/logits/*.safetensors run/student/m* > before\n"
                f"{change}\n{command} {options} --run run; {command} {options} --run fresh {QUIET}\n"
                "cmp run/student/model.safetensors fresh/student/model.safetensors\n"
                "for file in run/logits/*; do cmp $file fresh/logits/$(basename $file); done\n"
                "! sha256sum -c before > /dev/null 2>&1",
                files=files, never=("student is up to date",) + never)


def flip(path):
    """Changes a bit in the middle of a file."""
    return ("python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, \"rb\").read()); "
            f"b[len(b) // 2] ^= 1; open(p, \"wb\").write(b)' {path}")


def edit(path, old, new):
    return f"cp {path} old; sed -i 's/{old}/{new}/' {path}; ! cmp -s {path} old"


def first_version():
    """A run folder of the first version, with what it was made from: stages.json is younger than all artefacts."""
    folder = os.path.join(os.path.dirname(__file__), "../Fixtures/first-version-run")
    files = {}
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                files[os.path.relpath(os.path.join(path, name), folder)] = file.read()
    return files


OLD = "find . -exec touch -d '2 days ago' {} +; touch -d yesterday run/stages.json; "

artefacts = [
    damaged("a student that is gone", "rm -r run/student", "run/student is gone"),
    damaged("a student cut short", "truncate -s 100 run/student/model.safetensors", "model.safetensors has another size"),
    damaged("a student flipped", flip("run/student/model.safetensors"), "model.safetensors has another content"),
    damaged("a student's settings edited", edit("run/student/config.json", '"hidden_size": 4', '"hidden_size": 5'), "config.json has another content"),
    damaged("a student's file that is gone", "rm run/student/vocabulary.json", "run/student lacks vocabulary.json"),
    damaged("an augmented corpus that is empty", ": > run/augmented.conll", "augmented.conll has another size"),
    damaged("an augmented corpus edited", flip("run/augmented.conll"), "augmented.conll has another content"),
    damaged("an augmented corpus that is gone", "rm run/augmented.conll", "run/augmented.conll is gone"),
    damaged("logits flipped", flip("run/logits/logits-00000.safetensors"), "logits-00000.safetensors has another content"),
    damaged("logits whose index is gone", "rm run/logits/index.json", "run/logits lacks index.json"),
    damaged("logits of a stranger", "distill-bilstm label u.conll --teacher teacher -o mine -q; rm -r run/logits; cp -r mine run/logits", "run/logits"),
    damaged("a teacher that is gone", "rm -r run/teacher", "run/teacher is gone", RETEACH, untrained()),
    damaged("a teacher flipped", flip("run/teacher/model.safetensors"), "another content", RETEACH, untrained()),
    damaged("a compared student that is gone", "rm -r run/students/bilstm-direct", "bilstm-direct/seed-1 is gone", COMPARE),
    damaged("a compared student flipped", flip("run/students/bert-first-1-direct/seed-1/model.safetensors"), "another content", COMPARE),
    damaged("a result edited", edit("run/results/teacher-seed-1.json", "0", "1"), "teacher-seed-1.json has another content", COMPARE),
    damaged("a checkpoint of another training", "mkdir -p other; cp run/student/model.safetensors run/student.checkpoint; rm -r run/student", "run/student is gone"),
    Case("a model card may be edited", f"{TRAIN} --run run {QUIET}; echo mine > run/student/README.md; {TRAIN} --run run; cat run/student/README.md",
         files=FILES, output="mine\n", says=("student is up to date",), never=("made again",)),
]

inputs = [
    changed("another number of heads", edit("teacher/config.json", '"num_attention_heads": 2', '"num_attention_heads": 4'),
            never=("logits is up to date",)),
    changed("another activation", edit("teacher/config.json", '"model_type"', '"hidden_act": "relu", "model_type"')),
    changed("labels in another order", edit("teacher/config.json", '"1": "B-LOC", "2": "I-LOC", "3": "B-PER", "4": "I-PER"',
                                            '"1": "B-PER", "2": "I-PER", "3": "B-LOC", "4": "I-LOC"')),
    changed("text that is not lower-cased", "echo '{\"do_lower_case\": false}' > teacher/tokenizer_config.json"),
    changed("another vocabulary", edit("teacher/vocab.txt", "moved", "wandered")),
    changed("heads of a base that is fine-tuned", edit("teacher/config.json", '"num_attention_heads": 2', '"num_attention_heads": 4'),
            command=RETEACH, files=untrained(), never=("teacher is up to date",)),
    changed("other word vectors in the same file", edit("v.txt", "ada 1 2", "ada 2 1"), "--word-vectors v.txt"),
    changed("other sentences without tags in the same file", edit("u.conll", "Porto", "moved"), "--unlabelled u.conll"),
    Case("further teachers in another order", "set -e; for name in b c; do cp -r teacher $name; done; "
         "sed -i 's/\"num_attention_heads\": 2/\"num_attention_heads\": 4/' b/config.json\n"
         f"{TRAIN} --further-teacher b --further-teacher c --run run {QUIET}; {TRAIN} --further-teacher c --further-teacher b --run run; "
         f"{TRAIN} --further-teacher c --further-teacher b --run fresh {QUIET}; cmp run/student/model.safetensors fresh/student/model.safetensors",
         files=FILES, never=("logits is up to date",)),
    Case("a small student's directory", "set -e; cp -r teacher small; "
         f"A='{COMPARE} --students bert-small=small:direct'; $A --run run {QUIET}; "
         "sed -i 's/\"num_attention_heads\": 2/\"num_attention_heads\": 4/' small/config.json; $A --run run > /dev/null; "
         f"$A --run fresh {QUIET}; cmp run/students/bert-small-*/seed-1/model.safetensors fresh/students/bert-small-*/seed-1/model.safetensors",
         files=FILES, never=("seed-1 is up to date",)),
]

foreign = [
    Case("label into a run", f"{TRAIN} --run run {QUIET}; distill-bilstm label c.conll --teacher teacher -o run/logits -q", 74,
         files=FILES, says=("cannot write run/logits: it belongs to the run in",)),
    Case("label from within a run", f"{TRAIN} --run run {QUIET}; cd run/logits; distill-bilstm label ../../c.conll --teacher ../../teacher -o . -q", 74,
         files=FILES, says=("it belongs to the run in",)),
    Case("finetune into a run", f"{TRAIN} --run run {QUIET}; distill-bilstm finetune --train c.conll --dev c.conll --teacher teacher -o run/teacher -q", 74,
         files=FILES, says=("it belongs to the run in",)),
    Case("names in stages.json that lead outside", "mkdir run; echo '{\"version\": \"1\", \"../precious\": \"x\"}' > run/stages.json; echo x > precious.checkpoint; "
         f"{TRAIN} --run run {QUIET}; cat precious.checkpoint", files=FILES, output="x\n"),
]

versions = [
    Case("a run of the first version is up to date", OLD + f"{RETEACH} --run run; grep -c sha256 run/stages.json",
         files=first_version(), output="15\n",
         says=("teacher is up to date", "augmented.conll is up to date", "logits is up to date", "student is up to date")),
    Case("a student edited since the first version", OLD + "cp run/student/model.safetensors kept; touch run/student/model.safetensors; "
         f"{RETEACH} --run run; cmp kept run/student/model.safetensors", files=first_version(),
         says=("logits is up to date", "run/student/model.safetensors is gone or younger than the note of an earlier version")),
    Case("a base edited since the first version", OLD + edit("teacher/config.json", '"num_attention_heads": 2', '"num_attention_heads": 4')
         + f"; {RETEACH} --run run", files=first_version(), says=("teacher/config.json is gone or younger",), never=("student is up to date",)),
    Case("another setting than in the first version", OLD + f"{RETEACH} --run run --temperature 2", files=first_version(),
         says=("logits is up to date",), never=("student is up to date",)),
]

diverging = [
    Case("word vectors without measure", f"{TRAIN} --word-vectors w.txt --run run", 65, files=FILES | {"w.txt": "ada 1 2\nporto 3e38 -3e38\n"},
         says=("w.txt:2: ",), never=("augmented",)),
    Case("a temperature without measure", f"{TRAIN} --temperature 1e-30 --run run", 64, files=FILES, says=("--temperature 1e-30",)),
    Case("a training that diverges", f"{TRAIN} --loss mse --run run; echo $?; {TRAIN} --loss mse --run run; ls run", 0,
         files=FILES | tiny.teacher(model_safetensors=tiny.safetensors(tiny.poisoned(tiny.teacher_tensors(), "classifier.bias", 1e38))),
         output="65\naugmented.conll\nlogits\nstages.json\n",
         says=("error: student: a loss that is not finite in step 1", "take a lower learning rate")),
    Case("a student whose logits overflow", "echo Ada moved | distill-bilstm tag --model student; echo $?; "
         "distill-bilstm evaluate c.conll --model student; echo $?",
         files=FILES | tiny.student(model_safetensors=tiny.safetensors(tiny.poisoned(
             tiny.poisoned(tiny.student_tensors(), "classifier.weight", 3e38), "classifier.bias", 3e38))),
         output="65\n65\n", says=("not finite",)),
]

PLAIN = "Ada B-PER\nmoved O\n\nPorto B-LOC\n. O\n\n"
early = [
    Case("parts of speech from the bundled tagger", f"{RETEACH} --run run && {RETEACH} --run run", files=untrained() | {"c.conll": PLAIN},
         says=("c.conll has no parts of speech; they come from the bundled tagger", "augmented: run/augmented.conll is up to date")),
    Case("parts of speech from the bundled tagger for compare-students", f"{COMPARE} --run run", files=untrained() | {"c.conll": PLAIN},
         says=("c.conll has no parts of speech; they come from the bundled tagger",)),
    Case("parts of speech from the bundled tagger for ablate", f"{COMPARE} --run run".replace(" run ", " ablate --vary n-iter=0,1 ", 1).split(" --students")[0]
         + " --operations mask --vary operations=mask,pos --run run", files=untrained() | {"c.conll": PLAIN}),
    Case("no bundled tagger without word swaps", f"{TRAIN} --operations mask,ngram --run run", files=FILES | {"c.conll": PLAIN},
         never=("parts of speech",)),
    Case("no part of speech where nothing is augmented", f"{TRAIN} --n-iter 0 --run run", files=FILES | {"c.conll": PLAIN}),
    Case("a test corpus without tags", f"{RETEACH} --test t.conll --run run", 65, files=untrained() | {"t.conll": "Ada\nmoved\n\n"},
         says=("t.conll:1: words without entity tags",), never=("epoch",)),
    Case("a test corpus that is missing", f"{RETEACH} --test t.conll --run run", 66, files=untrained(), says=("t.conll",), never=("epoch",)),
    Case("a test corpus that is broken at its end", f"distill-bilstm finetune --train c.conll --dev c.conll --test t.conll --teacher teacher -o out", 65,
         files=untrained() | {"t.conll": SENTENCES + "Ada NNP\n"}, says=("t.conll:13",), never=("epoch",)),
    Case("types that nobody can learn", f"{RETEACH} --test t.conll --run run", 65, files=untrained() | {"t.conll": "Santa NNP B-SHIP\n\n"},
         says=("t.conll: the types SHIP; expected some of those of c.conll: LOC PER",), never=("epoch",)),
    Case("one type that nobody can learn", f"{TRAIN} --test t.conll --run run", files=FILES | {"t.conll": "Santa NNP B-SHIP\nAda NNP B-PER\n\n"},
         says=("t.conll: c.conll has no entity of SHIP",)),
    Case("word vectors broken at their end", f"{RETEACH} --word-vectors w.txt --run run", 65, files=untrained() | {"w.txt": "ada 1 2\nporto 1\n"},
         says=("w.txt:2",), never=("epoch",)),
    Case("a further teacher without weights", f"{RETEACH} --further-teacher b --run run", 66,
         files=untrained() | {"b/config.json": tiny.teacher_config(), "b/vocab.txt": "[PAD]\n"}, says=("b/model.safetensors",), never=("epoch",)),
    Case("a further teacher cut short", f"{RETEACH} --further-teacher b --run run", 65,
         files=untrained() | {"b/config.json": tiny.teacher_config(), "b/vocab.txt": "[PAD]\n",
                              "b/model.safetensors": tiny.safetensors(tiny.teacher_tensors())[:-9]},
         says=("b/model.safetensors",), never=("epoch",)),
    Case("no entity", f"{RETEACH} --run run", 65, files=untrained() | {"c.conll": "Ada NNP O\nmoved VBD O\n\n"},
         says=("no entity in 1 sentences",), never=("epoch",)),
    Case("no entity to choose by", f"{TRAIN} --dev d.conll --run run", files=FILES | {"d.conll": "moved VBD O\n\n"},
         says=("d.conll: no sentence has an entity",)),
]

CASES = artefacts + inputs + foreign + versions + diverging + early
