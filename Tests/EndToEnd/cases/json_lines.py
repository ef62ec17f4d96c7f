"""JSON Lines of the tools that people use, the places of entities, and text in the form that tag reads and writes."""

import json

import tiny_models as tiny

from . import Case
from .columns import READ

READ_CORPUS = f"augment c.jsonl {READ}"
ADA = "Ada B-PER\nleft O\nPorto B-LOC\n\n"
STUDENT = tiny.student()
TAG = "distill-bilstm tag --model student"
TEXT = "\ufeffMira 😀 met Àda O'Neil in Porto. She can't stay…\r\n\n北京 is far. Mr. Li left Kestrel Inc. “Why?”"


def lines(*objects):
    return {"c.jsonl": "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in objects)}


def reads(name, *objects, output=ADA, options="", **more):
    return Case(name, f"{READ_CORPUS} {options}", output=output, files=lines(*objects), **more)


def refuses(name, entry, *says, command=READ_CORPUS):
    return Case(name, command, 65, output="", files=lines(entry), says=("c.jsonl:1: ", "; expected ", *says))


def round_trip(unit):
    """What tag writes as JSON reads as the words and tags that it writes as columns."""
    return Case(
        f"tag's JSON in {unit} is read back", f"{TAG} t.txt --format conll > columns.conll && "
        f"{TAG} t.txt --format json --offsets {unit} | tee tagged.jsonl | augment - {READ} | "
        f"diff columns.conll - && grep -c '\"offsets\":\"{unit}\"' tagged.jsonl",
        output="5\n", files=STUDENT | {"t.txt": TEXT})


LABEL_STUDIO = [
    {"id": 1, "data": {"text": "Ada left Porto"}, "predictions": [], "annotations": [
        {"id": 3, "was_cancelled": False, "result": [
            {"type": "labels", "from_name": "label", "to_name": "text", "value": {
                "start": start, "end": end, "text": text, "labels": [kind]}}
            for start, end, text, kind in ((0, 3, "Ada", "PER"), (9, 14, "Porto", "LOC"))]}]},
    {"id": 2, "data": {"text": "Nobody read this"}, "predictions": [], "annotations": []}]

CASES = [
    reads("ner_tags of Hugging Face", {"tokens": ["Ada", "left", "Porto"], "ner_tags": ["B-PER", "O", "B-LOC"]}),
    reads("numbers with their names", {"tokens": ["Ada", "left", "Porto"], "ner_tags": [1, 0, 3.0]},
          options="--tag-names O,B-PER,I-PER,B-LOC"),
    refuses("numbers without names", {"tokens": ["Ada"], "ner_tags": [1]}, '"ner_tags" [1]', "--tag-names", "id2label",
            command="distill-bilstm evaluate c.jsonl --predictions c.jsonl"),
    refuses("a number beyond the names", {"tokens": ["Ada"], "ner_tags": [2]}, "the number 2",
            command=f"{READ_CORPUS} --tag-names O,B-PER"),
    Case("an empty name of a tag", f"{READ_CORPUS} --tag-names O,,B-PER", 64, says=["O,,B-PER"]),
    reads("label of doccano", {"id": 1, "text": "Ada left Porto", "label": [[0, 3, "PER"], [9, 14, "LOC"]]}),
    reads("pairs of spaCy", ["Ada left Porto", {"entities": [[0, 3, "PER"], [9, 14, "LOC"]]}]),
    reads("answers of Prodigy", {"text": "Ada left Porto", "answer": "accept",
                                 "spans": [{"start": 0, "end": 3, "label": "PER"}, {"start": 9, "end": 14, "label": "LOC"}]},
          {"text": "No", "spans": [], "answer": "reject"}),
    Case("answers that are left out are counted", READ_CORPUS.replace(" -q", ""), 0, "a O\n\n",
         files=lines({"text": "a", "answer": "accept"}, {"text": "b", "answer": "ignore"}),
         says=["c.jsonl: left out 1 example"]),
    Case("an array of Label Studio", f"augment c.json {READ}", 0, ADA, files={"c.json": json.dumps(LABEL_STUDIO)}),
    Case("an array over many lines", f"augment c.json {READ}", 0, ADA, files={"c.json": json.dumps(LABEL_STUDIO, indent=2)}),
    Case("an array from a pipe", f"cat c.json | augment - {READ}", 0, ADA, files={"c.json": json.dumps(LABEL_STUDIO)}),
    Case("an array cut short", f"augment c.json {READ}", 65, "", files={"c.json": json.dumps(LABEL_STUDIO)[:-2]},
         says=["within this element of an array"]),
    refuses("layers of tags", {"tokens": ["Ada"], "ner_tags": [["B-PER", "O"]]}, '"ner_tags" [["B-PER","O"]]'),
    refuses("null entities", {"text": "Ada left", "entities": None}, '"entities" null'),
    refuses("an unknown key of tags", {"tokens": ["Ada"], "gold_labels": ["B-PER"]}, '"gold_labels" ["B-PER"]'),
    refuses("nested entities", {"text": "Ada Li", "entities": [[0, 6, "PER"], [0, 3, "GIVEN"]]}, "overlap"),
    refuses("an empty span", {"text": "Ada Li", "entities": [[3, 3, "PER"]]}, "0 <= start < end <= 6"),
    refuses("an entity of another text", {"text": "éé A B C", "entities": [{"type": "PER", "text": "A", "start": 5, "end": 6}]},
            '"A"', '"B"', "--offsets bytes"),
    reads("places in bytes", {"text": "éé A B C", "entities": [{"type": "PER", "text": "A", "start": 5, "end": 6}]},
          output="éé O\nA B-PER\nB O\nC O\n\n", options="--offsets bytes"),
    reads("older JSON of tag", {"text": "Then Ada left.", "start": 17, "end": 31, "entities": [
        {"type": "PER", "text": "Ada", "start": 22, "end": 25, "probability": 0.4}]},
        output="Then O\nAda B-PER\nleft O\n. O\n\n"),
    Case("a word that an entity cuts", READ_CORPUS.replace(" -q", ""), 0, "New B-LOC\n- O\nYork O\n\n",
         files=lines({"text": "New-York", "entities": [[0, 3, "LOC"]]}), says=["c.jsonl: 1 entity begins or ends inside a word"]),
    Case("JSON Lines and tag cut text alike",
         f"{TAG} t.txt --format conll | cut -d' ' -f1 > words && augment c.jsonl {READ} | cut -d' ' -f1 | diff words - && wc -l < words",
         output="32\n", files=STUDENT | {"t.txt": TEXT[1:]} | lines({"text": TEXT[1:], "entities": []})),
    round_trip("bytes"),
    round_trip("characters"),
    round_trip("utf16"),
    Case("tag's JSON of columns is read back", f"{TAG} c.conll --format conll > columns.conll && "
         f"{TAG} c.conll --format json | augment - {READ} | diff columns.conll -", output="",
         files=STUDENT | {"c.conll": tiny.CORPUS}),
    Case("columns from a pipe", f"cat c.conll | {TAG} --format conll | cut -d' ' -f1", output="Mira\nOk\n\nPorto\n.\n\n",
         files=STUDENT | {"c.conll": "-DOCSTART- -X- O O\n\nMira NNP I-NP O\nOk NNP I-NP O\n\nPorto NNP I-NP O\n. . O O\n"}),
    Case("a first line from a pipe that may be columns", f"{{ echo 'Mira B-PER'; sleep 1; echo 'left O'; }} | {TAG} --format conll",
         files=STUDENT, says=["standard input is read as text", "--input conll"]),
    Case("columns without tags from a pipe", f"printf 'Mira\\tNNP\\nleft\\tVBD\\n' | {TAG}", files=STUDENT,
         says=["--input conll"]),
    Case("prose from a pipe", f"printf 'Mira took B-12\\nShe left.\\n' | {TAG} --format conll | cut -d' ' -f1",
         output="Mira\ntook\nB-12\n\nShe\nleft\n.\n\n", files=STUDENT, never=["--input"]),
    Case("JSON is no prose", f"cat c.jsonl | {TAG}", files=STUDENT | lines({"text": "Mira left"}), says=["JSON and all", "jq -r .text"]),
]
