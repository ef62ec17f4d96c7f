"""Loads the LSTM of a student directory into torch.nn.LSTM, as the README shows, and runs it.

    pip install 'torch==2.13.0+cpu' safetensors
    python load_student.py runs/default/student

Ends with an error where a tensor is missing, left over or of another shape, or where the outputs are not finite.
"""
import json
import sys

import torch
from safetensors.torch import load_file

folder = sys.argv[1]
config = json.load(open(f"{folder}/config.json"))
words = 2 * config["word_dimension"] if "word_dimension" in config else config["piece_dimension"]
inputs = words + config["character_filters"] + config["shape_dimension"]
lstm = torch.nn.LSTM(
    inputs, config["hidden_size"], num_layers=config.get("layers", 1), batch_first=True, bidirectional=True)
tensors = load_file(f"{folder}/model.safetensors")
lstm.load_state_dict({k.removeprefix("lstm."): v for k, v in tensors.items() if k.startswith("lstm.")})

output, _ = lstm(torch.randn(1, 10, inputs, generator=torch.Generator().manual_seed(1)))
assert output.shape == (1, 10, 2 * config["hidden_size"]) and output.isfinite().all()
print(f"torch.nn.LSTM({inputs}, {config['hidden_size']}) loaded from {folder}; ten words give {tuple(output.shape)}")
