"""Golden numbers for Tests/LayersTests: LSTMParityTests.swift (lstm.json) and CharacterCNNTests.swift (character_cnn.json).

torch.nn.LSTM on packed sequences of different lengths, both directions; and an embedding, torch.nn.Conv1d, maximum and
ReLU. Weights and inputs follow a formula, so that the fixtures hold outputs and gradients only; the loss is the sum of
outputs times cos(0.7 n + 1).

    pip install 'torch==2.13.0+cpu'
    python lstm.py ../LayersTests/Fixtures
"""
import json
import sys

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.set_default_dtype(torch.float64)


def formula(shape, phase):
    """Element n of a tensor: 0.4 cos(1.3 n + phase)."""
    n = torch.arange(torch.Size(shape).numel())
    return (0.4 * torch.cos(1.3 * n + phase)).reshape(shape)


def loss_of(y):
    n = torch.arange(y.numel())
    return (y.flatten() * torch.cos(0.7 * n + 1)).sum()


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def fill(module):
    for phase, (_, parameter) in enumerate(module.named_parameters()):
        parameter.data = formula(parameter.shape, phase)


def lstm_case(inputs, hidden, lengths):
    lstm = torch.nn.LSTM(inputs, hidden, batch_first=True, bidirectional=True)
    fill(lstm)
    x = formula((sum(lengths), inputs), 0.5).requires_grad_()
    padded = pad_sequence(list(x.split(lengths)), batch_first=True)
    packed = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    out, _ = pad_packed_sequence(lstm(packed)[0], batch_first=True)
    y = torch.cat([out[i, :n] for i, n in enumerate(lengths)])
    loss_of(y).backward()
    return {
        "inputs": inputs, "hidden": hidden, "lengths": lengths, "output": numbers(y),
        "input_gradient": numbers(x.grad),
        "gradients": {name: numbers(p.grad) for name, p in lstm.named_parameters()},
    }


class CharacterCNN(torch.nn.Module):
    def __init__(self, characters, dimension, filters):
        super().__init__()
        self.char_embeddings = torch.nn.Embedding(characters, dimension)
        self.char_cnn = torch.nn.Conv1d(dimension, filters, 3, padding=1)

    def forward(self, word):
        z = self.char_cnn(self.char_embeddings(torch.tensor(word)).T.unsqueeze(0))
        return torch.relu(z.amax(-1))


def character_case(characters, dimension, filters, words):
    cnn = CharacterCNN(characters, dimension, filters)
    fill(cnn)
    y = torch.cat([cnn(word) for word in words])
    loss_of(y).backward()
    return {
        "characters": characters, "dimension": dimension, "filters": filters, "words": words,
        "output": numbers(y),
        "gradients": {name: numbers(p.grad) for name, p in cnn.named_parameters()},
    }


def write(path, cases):
    with open(path, "w") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    folder = sys.argv[1]
    write(f"{folder}/lstm.json", [
        lstm_case(5, 4, [3, 7, 1, 7, 2]),
        lstm_case(3, 6, [1]),
        lstm_case(12, 17, [9, 4, 4, 6]),
    ])
    write(f"{folder}/character_cnn.json", [
        character_case(9, 4, 6, [[1, 2, 3], [4], [5, 6], [8, 7, 6, 5, 4, 3, 2, 1, 0], [2, 3, 4, 1]]),
        character_case(30, 10, 20, [[29, 3, 17, 5], [0, 11], [21]]),
    ])
