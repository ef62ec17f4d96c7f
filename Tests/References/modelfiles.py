#!/usr/bin/env python3
"""Makes the fixtures of ModelFilesTests, and checks what Swift wrote.

    python3 modelfiles.py make            writes Tests/ModelFilesTests/Fixtures and Tests/JSONTests/Fixtures
    python3 modelfiles.py check FOLDER    loads the model directory that Swift wrote in FOLDER

The folder to check is left by
    MODELFILES_CHECK_FOLDER=FOLDER swift test --filter writesADirectoryForTransformers

Needs torch, safetensors and transformers.
Feeds SafetensorsFileTests, SafetensorsWriterTests, JSONValueTests, ModelConfigurationTests, HuggingFaceDirectoryTests.
"""

import json
import pathlib
import struct
import sys

import torch
from safetensors import safe_open
from safetensors.torch import save_file

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "ModelFilesTests" / "Fixtures"


def bits(tensor):
    """The elements as the bit patterns of 32-bit floats, so that JSON keeps NaN and -0."""
    floats = tensor.to(torch.float32).flatten().tolist()
    return [struct.unpack("<I", struct.pack("<f", value))[0] for value in floats]


def types():
    """Every type that is read as floats, with special values, a scalar and an empty tensor."""
    special = [0.0, -0.0, 1.0, -1.5, 65504.0, 6e-8, 1e-5, float("inf"), float("-inf"), 3.14159265]
    wave = torch.cos(torch.arange(24, dtype=torch.float64))
    return {
        "doubles": torch.tensor(special, dtype=torch.float64),
        "floats": wave.reshape(2, 3, 4).to(torch.float32),
        "special": torch.tensor(special + [float("nan")], dtype=torch.float32),
        "scalar": torch.tensor(0.25),
        "empty": torch.zeros(0),
        "hollow": torch.zeros(3, 0, 2),
        "halves": torch.tensor(special, dtype=torch.float64).to(torch.float16),
        "wave.half": wave.reshape(4, 6).to(torch.float16),
        "brains": torch.tensor(special, dtype=torch.float64).to(torch.bfloat16),
        "wave.brain": wave.reshape(8, 3).to(torch.bfloat16),
        "ids": torch.tensor([[0, -1], [2**53 + 1, -(2**63)]], dtype=torch.int64),
        "small": torch.tensor([-128, 127, 0], dtype=torch.int8),
        "odd": torch.tensor([1.0], dtype=torch.float16),
    }


def make_safetensors():
    tensors = types()
    save_file(tensors, FIXTURES / "python-types.safetensors", {"format": "pt"})
    expected = {
        name: {"shape": list(tensor.shape), "bits": bits(tensor)}
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }
    expected["ids"] = {"shape": [2, 2], "integers": tensors["ids"].flatten().tolist()}
    expected["small"] = {"shape": [3], "integers": tensors["small"].tolist()}
    write_json("python-types.json", expected)


def make_json():
    """Documents with Python's own reading, re-serialised compactly in the same key order."""
    texts = [
        ' {"a" : [1, -0, 2.5, 1e3, 1E-2, 9223372036854775807, -9223372036854775808]} ',
        '"\\u00e9\\ud83d\\ude00\\u0000\\b\\f\\n\\r\\t\\"\\\\\\/"',
        '"e\u0301 \u4e2d\u6587 \U0001f9d1\u200d\U0001f680 \ufeff"',
        '{"b":1,"a":2,"b":3,"\u00e9":4,"e\u0301":5}',
        "[[],{},[[]],[{}],null,true,false,\"\"]",
        "[0.1,1e22,5e-324,1.7976931348623157e308,123456789.123456789,1e-7,100000.0]",
        json.dumps({f"key{index}": index for index in range(40)}),
    ]
    write_json("../../JSONTests/Fixtures/python-json.json", [[text, json.loads(text)] for text in texts])


def make_configurations():
    from transformers import BertConfig

    names = ["O", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "B-ORG", "I-ORG", "B-PER", "I-PER",
             "B-X", "I-X", "B-Y"]
    configuration = BertConfig(
        vocab_size=1000, hidden_size=48, num_hidden_layers=3, num_attention_heads=4,
        intermediate_size=96, hidden_act="gelu_new", max_position_embeddings=64,
        type_vocab_size=1, layer_norm_eps=1e-7, hidden_dropout_prob=0.25,
        attention_probs_dropout_prob=0.05, classifier_dropout=0.5, pad_token_id=3,
        id2label=dict(enumerate(names)),
        label2id={name: index for index, name in enumerate(names)},
        architectures=["BertForTokenClassification"],
    )
    (FIXTURES / "bert-tagger-config.json").write_text(configuration.to_json_string())
    (FIXTURES / "bert-defaults-config.json").write_text(
        BertConfig(architectures=["BertForTokenClassification"]).to_json_string())


def write_json(name, value):
    (FIXTURES / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def check(folder):
    """Loads config.json, model.safetensors and tokenizer_config.json with transformers."""
    from transformers import AutoConfig, AutoModelForTokenClassification

    folder = pathlib.Path(folder)
    configuration = AutoConfig.from_pretrained(folder)
    assert configuration.id2label == {0: "O", 1: "B-PER", 2: "I-PER"}, configuration.id2label
    assert configuration.label2id == {"O": 0, "B-PER": 1, "I-PER": 2}, configuration.label2id
    assert json.loads((folder / "tokenizer_config.json").read_text())["do_lower_case"] is False
    with safe_open(folder / "model.safetensors", "pt") as file:
        assert file.metadata() == {"format": "pt"}
        names = list(file.keys())
        tensors = {name: file.get_tensor(name) for name in names}
    model, loading = AutoModelForTokenClassification.from_pretrained(
        folder, output_loading_info=True)
    assert not loading["missing_keys"] and not loading["unexpected_keys"], loading
    assert model.dtype == torch.float32
    for index, name in enumerate(sorted(names)):
        assert bool((model.state_dict()[name] == tensors[name]).all()), name
        assert float(tensors[name].flatten()[0]) == index / 8, name
    print(f"{len(names)} tensors: ok")


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        FIXTURES.mkdir(parents=True, exist_ok=True)
        make_safetensors()
        make_json()
        make_configurations()
    elif len(sys.argv) == 3 and sys.argv[1] == "check":
        check(sys.argv[2])
    else:
        sys.exit(__doc__)
