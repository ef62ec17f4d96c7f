"""Golden numbers for Tests/NetworksTests/BERT: BERTParityTests.swift (bert_small.json, bert_texts.json), from the taggers and the
classifiers of texts that transformers has for BERT, DistilBERT and MPNet in double precision with weights by a formula, dropout
off; and BERTRealWeightsTests.swift (bert_minilm.json), from the default teacher's weights with a classifier by the same formula.

    pip install 'torch==2.13.0+cpu' transformers==5.23.0
    python bert.py MODEL_DIRECTORY ../NetworksTests/Fixtures
"""
import json
import sys

import torch
from transformers import (
    AutoConfig, AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer,
    BertForTokenClassification)

from chirp import chirp, numbers, phase_of

SMALL = [
    # config.json fields, labels, lengths of the sentences in pieces
    (dict(model_type="bert", vocab_size=30, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
          max_position_embeddings=16, type_vocab_size=2, layer_norm_eps=1e-12), 5, [4, 9, 3, 16]),
    (dict(model_type="bert", vocab_size=41, hidden_size=16, num_hidden_layers=3, num_attention_heads=4, intermediate_size=35,
          max_position_embeddings=11, type_vocab_size=1, layer_norm_eps=1e-5), 9, [11, 2, 7]),
    (dict(model_type="bert", vocab_size=23, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=14,
          max_position_embeddings=8, hidden_act="gelu_new"), 3, [8, 5]),
    (dict(model_type="distilbert", vocab_size=27, dim=12, n_layers=2, n_heads=3, hidden_dim=18,
          max_position_embeddings=13), 5, [13, 1, 6]),
    (dict(model_type="distilbert", vocab_size=19, dim=8, n_layers=1, n_heads=4, hidden_dim=9, activation="relu",
          max_position_embeddings=9), 3, [5, 9]),
    (dict(model_type="bert", vocab_size=26, hidden_size=12, num_hidden_layers=2, num_attention_heads=2,
          intermediate_size=18, max_position_embeddings=12, type_vocab_size=6, token_types_are_word_shapes=True), 5,
     [12, 3, 7]),
    (dict(model_type="mpnet", vocab_size=31, hidden_size=12, num_hidden_layers=2, num_attention_heads=3,
          intermediate_size=20, max_position_embeddings=66, layer_norm_eps=1e-5), 7, [6, 64, 3]),
]

TEXTS = [
    # config.json fields, labels, lengths in pieces: of a text, or of the two texts of a pair with the separators after each
    (dict(model_type="bert", vocab_size=30, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
          max_position_embeddings=16, type_vocab_size=2, layer_norm_eps=1e-12), 3, [[4], [9, 7], [3], [5, 2], [16]]),
    (dict(model_type="bert", vocab_size=23, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=14,
          max_position_embeddings=8, type_vocab_size=1, hidden_act="gelu_new"), 2, [[8], [2], [5]]),
    (dict(model_type="distilbert", vocab_size=27, dim=12, n_layers=2, n_heads=3, hidden_dim=18,
          max_position_embeddings=13), 4, [[13], [1], [4, 2], [6]]),
    (dict(model_type="mpnet", vocab_size=31, hidden_size=12, num_hidden_layers=2, num_attention_heads=3,
          intermediate_size=20, max_position_embeddings=42, layer_norm_eps=1e-5), 3, [[6], [30, 10], [3, 2], [5]]),
]

SENTENCES = [
    "EU rejects German call to boycott British lamb .",
    "Peter Blackburn",
    "Only France and Britain backed Fischler 's proposal , he told Reuters in Dübendorf .",
    "BRUSSELS 1996-08-22",
    "The [MASK] Bancorporation of Saint-Étienne antidisestablishmentarianism lost $ 1,234.56 !",
]
LABELS = ["O", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "B-ORG", "I-ORG", "B-PER", "I-PER"]


def fill(model, scale=0.4, only=""):
    for name, parameter in model.named_parameters():
        if name.startswith(only):
            value = chirp(parameter.shape, phase_of(name), scale)
            parameter.data = value + 1 if name.endswith(("LayerNorm.weight", "layer_norm.weight")) else value


def padded(rows, filler):
    longest = max(map(len, rows))
    return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])


def new_model(auto, sizes, label_count):
    """A model with weights by the formula.

    Without pad_token_id, because torch.nn.Embedding gives the padding row no gradient and here all ids are words.
    """
    config = AutoConfig.for_model(**sizes, num_labels=label_count, pad_token_id=None)
    model = auto.from_config(config, attn_implementation="eager").double().eval()
    fill(model)
    return model


def new_ids(sizes, lengths):
    """Ids by a formula, and the id of the padding; MPNet's padding row is 1 in any case, so that its ids begin at 2."""
    least = 2 if sizes["model_type"] == "mpnet" else 0
    ids = [[least + (7 * t * t + 3 * t + 5 * b) % (sizes["vocab_size"] - least) for t in range(n)]
           for b, n in enumerate(lengths)]
    return ids, least // 2


def outcome(model, out):
    """Loss and the gradient of every parameter, and the shapes that are saved."""
    out.loss.backward()
    return {
        "loss": out.loss.item(),
        "gradients": {name: numbers(p.grad) for name, p in model.named_parameters()},
        "saved": {name: list(p.shape) for name, p in model.state_dict().items()},
    }


def config_of(model, sizes, labels):
    return {**sizes, "architectures": [type(model).__name__], "id2label": {str(i): name for i, name in enumerate(labels)}}


def small_case(sizes, label_count, lengths):
    """Logits of the first pieces and mean cross-entropy; where token types are the shapes of words, there are six."""
    model = new_model(AutoModelForTokenClassification, sizes, label_count)
    ids, padding = new_ids(sizes, lengths)
    first = [[t for t in range(1, n - 1) if (t + b) % 4 != 3] for b, n in enumerate(lengths)]
    gold = [[(3 * w + b) % label_count for w in range(len(row))] for b, row in enumerate(first)]
    labels = [[-100] * n for n in lengths]
    for b, row in enumerate(first):
        for t, label in zip(row, gold[b]):
            labels[b][t] = label
    has_types = sizes.get("token_types_are_word_shapes", False)
    types = [[(t * t + 2 * b) % 6 for t in range(n)] if has_types else [] for b, n in enumerate(lengths)]
    further = {"token_type_ids": padded(types, 0)} if has_types else {}
    out = model(input_ids=padded(ids, padding), attention_mask=padded([[1] * n for n in lengths], 0),
                labels=padded(labels, -100), **further)
    return {
        "config": config_of(model, sizes, [f"L{i}" for i in range(label_count)]),
        "ids": ids, "types": types, "first_pieces": first, "gold": gold,
        "logits": numbers(torch.cat([out.logits[b, row] for b, row in enumerate(first)]), 8),
        **outcome(model, out),
    }


def text_case(sizes, label_count, lengths):
    """Logits of texts and pairs, whose second texts have token type 1 where there are two types, and mean cross-entropy."""
    model = new_model(AutoModelForSequenceClassification, sizes, label_count)
    ids, padding = new_ids(sizes, [sum(n) for n in lengths])
    has_types = sizes.get("type_vocab_size", 1) > 1
    types = [[0] * n[0] + [1] * n[1] if has_types and len(n) > 1 else [] for n in lengths]
    gold = [(2 * b + 1) % label_count for b in range(len(lengths))]
    further = {"token_type_ids": padded(types, 0)} if has_types else {}
    out = model(input_ids=padded(ids, padding), attention_mask=padded([[1] * len(row) for row in ids], 0),
                labels=torch.tensor(gold), **further)
    return {
        "config": config_of(model, sizes, [f"text {i}" for i in range(label_count)]),
        "ids": ids, "types": types, "first_pieces": [[0]] * len(ids), "gold": [[label] for label in gold],
        "logits": numbers(out.logits, 8), **outcome(model, out),
    }


def real_case(directory, sentence, model, tokenizer):
    """Every seventh column of the last hidden states, and the logits of the first pieces."""
    words = sentence.split(" ")
    encoding = tokenizer(words, is_split_into_words=True)
    of = encoding.word_ids()
    first = [of.index(w) for w in range(len(words))]
    ids = encoding["input_ids"]
    with torch.no_grad():
        hidden = model.bert(torch.tensor([ids])).last_hidden_state[0]
        logits = model.classifier(hidden[first])
    return {"words": words, "ids": ids, "first_pieces": first, "hidden": numbers(hidden[:, ::7]),
            "logits": numbers(logits)}


def real_cases(directory):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = BertForTokenClassification.from_pretrained(
        directory, num_labels=len(LABELS), attn_implementation="eager").double().eval()
    fill(model, scale=0.1, only="classifier.")
    return [real_case(directory, s, model, tokenizer) for s in SENTENCES]


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    directory, folder = sys.argv[1:3]
    write(f"{folder}/bert_small.json", [small_case(*case) for case in SMALL])
    write(f"{folder}/bert_texts.json", [text_case(*case) for case in TEXTS])
    write(f"{folder}/bert_minilm.json", {"labels": LABELS, "cases": real_cases(directory)})
