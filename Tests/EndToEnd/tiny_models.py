"""Makes tiny models on disk for bad_input.py and resume.sh, with the standard library alone: a teacher, a student and a run folder.

Every function takes what is to be wrong with the files, so that a case states its damage and nothing else.
"""

import json
import math
import os
import struct

LABELS = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ada", "moved", "to", "porto", "."]
CHARACTERS = list("adeoprtv")
CORPUS = "Ada NNP B-PER\nmoved VBD O\nto IN O\nPorto NNP B-LOC\n. . O\n\n"

HIDDEN, LAYERS, INTERMEDIATE, POSITIONS = 8, 1, 12, 16
PIECE, CHARACTER, FILTERS, SHAPE, UNITS = 4, 3, 5, 2, 6


def floats(count, phase=0):
    """Weights by a formula, so that each run has the same."""
    return struct.pack(f"<{count}f", *(0.4 * math.cos(0.7 * n * n + phase) for n in range(count)))


def tensors(shapes):
    return {name: ("F32", shape, floats(math.prod(shape), phase))
            for phase, (name, shape) in enumerate(shapes.items())}


def safetensors(tensors, header=None):
    """The bytes of a file; `header` replaces entries of the header, whose data stay as they are."""
    entries, data = {}, b""
    for name, (dtype, shape, content) in tensors.items():
        entries[name] = {
            "dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    for name, changes in (header or {}).items():
        entries.setdefault(name, {}).update(changes)
    text = json.dumps(entries).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def poisoned(tensors, name, number=math.nan):
    """The tensors with another number in the middle of one of them."""
    dtype, shape, content = tensors[name]
    middle = len(content) // 8 * 4
    content = content[:middle] + struct.pack("<f", number) + content[middle + 4:]
    return {**tensors, name: (dtype, shape, content)}


def teacher_tensors(labels=LABELS):
    h, i = HIDDEN, INTERMEDIATE
    shapes = {"bert.embeddings.word_embeddings.weight": [len(VOCABULARY), h],
              "bert.embeddings.position_embeddings.weight": [POSITIONS, h],
              "bert.embeddings.token_type_embeddings.weight": [2, h],
              "bert.embeddings.LayerNorm.weight": [h], "bert.embeddings.LayerNorm.bias": [h]}
    for layer in range(LAYERS):
        linear = {"attention.self.query": (h, h), "attention.self.key": (h, h),
                  "attention.self.value": (h, h), "attention.output.dense": (h, h),
                  "intermediate.dense": (i, h), "output.dense": (h, i)}
        for name, (outputs, inputs) in linear.items():
            shapes[f"bert.encoder.layer.{layer}.{name}.weight"] = [outputs, inputs]
            shapes[f"bert.encoder.layer.{layer}.{name}.bias"] = [outputs]
        for name in ["attention.output.LayerNorm", "output.LayerNorm"]:
            shapes[f"bert.encoder.layer.{layer}.{name}.weight"] = [h]
            shapes[f"bert.encoder.layer.{layer}.{name}.bias"] = [h]
    shapes |= {"classifier.weight": [len(labels), h], "classifier.bias": [len(labels)]}
    return tensors(shapes)


def teacher_config(**changes):
    return {"model_type": "bert", "architectures": ["BertForTokenClassification"],
            "vocab_size": len(VOCABULARY), "hidden_size": HIDDEN, "num_hidden_layers": LAYERS,
            "num_attention_heads": 2, "intermediate_size": INTERMEDIATE,
            "max_position_embeddings": POSITIONS,
            "id2label": {str(index): name for index, name in enumerate(LABELS)}} | changes


def student_tensors(head=None):
    """The tensors of a student; `head` gives those between its LSTM and the bias of its classifier."""
    inputs = PIECE + FILTERS + SHAPE
    shapes = {"piece_embeddings.weight": [len(VOCABULARY), PIECE],
              "char_embeddings.weight": [len(CHARACTERS) + 2, CHARACTER],
              "char_cnn.weight": [FILTERS, CHARACTER, 3], "char_cnn.bias": [FILTERS],
              "shape_embeddings.weight": [6, SHAPE]}
    for side in ["", "_reverse"]:
        shapes |= {f"lstm.weight_ih_l0{side}": [4 * UNITS, inputs],
                   f"lstm.weight_hh_l0{side}": [4 * UNITS, UNITS],
                   f"lstm.bias_ih_l0{side}": [4 * UNITS], f"lstm.bias_hh_l0{side}": [4 * UNITS]}
    shapes |= head or {"classifier.weight": [len(LABELS), 2 * UNITS], "classifier.bias": [len(LABELS)]}
    return tensors(shapes)


def classifier(task="sentence", **changes):
    """The files of a student that labels texts or pairs of texts; a change replaces one."""
    labels, hidden = ["bad", "good"], 5
    head = {"hidden.weight": [hidden, (8 if task == "pair" else 2) * UNITS], "hidden.bias": [hidden],
            "classifier.weight": [len(labels), hidden], "classifier.bias": [len(labels)]}
    config = student_config(format_version=3, task=task, layers=1, crf=False, head_hidden=hidden, pooling="last",
                            labels=labels)
    return student(**{"config_json": config, "model_safetensors": safetensors(student_tensors(head))} | changes)


def student_config(**changes):
    return {"model_type": "bilstm-tagger", "format_version": 1, "piece_count": len(VOCABULARY),
            "piece_dimension": PIECE, "character_count": len(CHARACTERS) + 2,
            "character_dimension": CHARACTER, "character_filters": FILTERS,
            "shape_dimension": SHAPE, "hidden_size": UNITS, "labels": LABELS} | changes


def write(files, folder="."):
    """Writes files by name; text as UTF-8, bytes as they are, anything else as JSON, nothing for None."""
    for name, content in files.items():
        if content is None:
            continue
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not isinstance(content, (bytes, str)):
            content = json.dumps(content)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)


def teacher(**changes):
    """The files of a teacher that tags; a change replaces one, None leaves it out."""
    return named("teacher", {
        "config_json": teacher_config(), "model_safetensors": safetensors(teacher_tensors()),
        "vocab_txt": "\n".join(VOCABULARY) + "\n"} | changes)


def untrained_teacher():
    """The files of a BERT without a head, which is fine-tuned before it tags."""
    config = teacher_config(architectures=["BertModel"])
    del config["id2label"]
    weights = {name: tensor for name, tensor in teacher_tensors().items() if not name.startswith("classifier.")}
    return teacher(config_json=config, model_safetensors=safetensors(weights))


def student(**changes):
    """The files of a student; a change replaces one, None leaves it out."""
    return named("student", {
        "config_json": student_config(), "model_safetensors": safetensors(student_tensors()),
        "vocab_txt": "\n".join(VOCABULARY) + "\n", "tokenizer_config_json": {},
        "vocabulary_json": {"characters": CHARACTERS}} | changes)


def named(folder, files):
    """The files in a folder, with the last underscore of each name as the dot that a keyword cannot have."""
    return {folder + "/" + ".".join(name.rsplit("_", 1)): content
            for name, content in files.items()}
