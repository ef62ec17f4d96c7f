"""Checks that transformers loads what BERTModel.save writes, with equal logits.

The test BERTModelTests.aSavedModelIsReadBackExactly leaves a directory for each case of bert_small.json and bert_texts.json in
the folder that BERT_EXPORT names; its weights are those of the case, so its logits are too.

    BERT_EXPORT=/tmp/saved swift test -c release --filter aSavedModelIsReadBackExactly
    python load_bert.py /tmp/saved ../NetworksTests/Fixtures
"""
import json
import sys

import torch
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer

from chirp import phase_of, chirp

def check(auto, directory, case):
    model, report = auto.from_pretrained(directory, output_loading_info=True)
    model.eval()
    assert not any(report[kind] for kind in ("missing_keys", "unexpected_keys", "mismatched_keys")), report
    for name, parameter in model.named_parameters():
        value = chirp(parameter.shape, phase_of(name)) + (
            1 if name.endswith(("LayerNorm.weight", "layer_norm.weight")) else 0)
        assert torch.allclose(parameter.data, value.float(), rtol=0, atol=3e-7), name
    logits = []
    with torch.no_grad():
        for ids, types, first in zip(case["ids"], case["types"], case["first_pieces"]):
            further = {"token_type_ids": torch.tensor([types])} if types else {}
            rows = model(input_ids=torch.tensor([ids]), **further).logits[0]
            logits.append(rows if rows.dim() == 1 else rows[first].flatten())
    logits = torch.cat(logits)
    difference = (logits - torch.tensor(case["logits"])).abs().max().item()
    tokenizer = AutoTokenizer.from_pretrained(directory)
    tokens = tokenizer(["ac", "zzz"], is_split_into_words=True)["input_ids"]
    pair = tokenizer(["ac"], ["zzz"], is_split_into_words=True)["input_ids"]
    print(f"{type(model).__name__}, labels {list(model.config.id2label.values())}")
    print(f"ids of 'ac zzz': {tokens}, of the pair: {pair}")
    print(f"largest difference of {len(logits)} logits: {difference:.2g}")
    assert difference < 1e-5


if __name__ == "__main__":
    folder, fixtures = sys.argv[1:3]
    for name, auto in (("bert_small", AutoModelForTokenClassification), ("bert_texts", AutoModelForSequenceClassification)):
        with open(f"{fixtures}/{name}.json") as file:
            for index, case in enumerate(json.load(file)):
                check(auto, f"{folder}/{name}-{index}", case)
