"""Golden numbers for Tests/LayersTests: TransformerPartsTests.swift (transformer.json), TokenObjectiveTests.swift
(objectives.json) and RelativePositionBiasTests.swift (relative_position.json).

PyTorch's own modules in double precision: torch.nn.Linear, LayerNorm, Embedding, MultiheadAttention and transformers'
BertLayer, sentence by sentence. Weights, inputs and the weights of the outputs in the loss follow a formula, so that
the fixtures hold outputs and gradients only.

    pip install 'torch==2.13.0+cpu' transformers==5.23.0
    python layers.py ../LayersTests/Fixtures
"""
import json
import sys

import torch
import torch.nn.functional as F
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertLayer
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from chirp import chirp, numbers, phase_of

torch.set_default_dtype(torch.float64)
INPUT_PHASE, LOSS_PHASE = 0.5, 2.0


def fill(module, prefix):
    for name, parameter in module.named_parameters():
        value = chirp(parameter.shape, phase_of(prefix + name))
        is_gamma = name.endswith("LayerNorm.weight") or isinstance(module, torch.nn.LayerNorm) and name == "weight"
        parameter.data = value + 1 if is_gamma else value
    return module.eval()


def case(y, x, gradients, **fields):
    """Runs the backward pass from the sum of the outputs times the formula."""
    (y * chirp(y.shape, LOSS_PHASE, 1.0)).sum().backward()
    return {**fields, "output": numbers(y, 8), "input_gradient": None if x is None else numbers(x.grad, 8),
            "gradients": {name: numbers(g, 8) for name, g in gradients().items()}}


def gradients_of(module, prefix):
    return lambda: {prefix + name: p.grad for name, p in module.named_parameters()}


def rows(lengths, width):
    return chirp((sum(lengths), width), INPUT_PHASE, 1.0).requires_grad_()


def linear(lengths, inputs, outputs):
    module = fill(torch.nn.Linear(inputs, outputs), "layer.")
    x = rows(lengths, inputs)
    return case(module(x), x, gradients_of(module, "layer."), layer="linear", lengths=lengths, sizes=[inputs, outputs])


def layer_norm(lengths, size):
    module = fill(torch.nn.LayerNorm(size, eps=1e-5), "layer.")
    x = rows(lengths, size)
    return case(module(x), x, gradients_of(module, "layer."), layer="layer_norm", lengths=lengths, sizes=[size])


def embedding(ids, size, dimension):
    module = fill(torch.nn.Embedding(size, dimension), "layer.")
    return case(module(torch.tensor(ids)), None, gradients_of(module, "layer."), layer="embedding", ids=ids,
                lengths=[len(ids)], sizes=[size, dimension])


def attention(lengths, hidden, heads):
    module = torch.nn.MultiheadAttention(hidden, heads, batch_first=True).eval()
    parts = ["query", "key", "value"]

    def stacked(kind, shape):
        return torch.cat([chirp(shape, phase_of(f"layer.attention.self.{part}.{kind}")) for part in parts])

    module.in_proj_weight.data = stacked("weight", (hidden, hidden))
    module.in_proj_bias.data = stacked("bias", (hidden,))
    fill(module.out_proj, "layer.attention.output.dense.")
    x = rows(lengths, hidden)
    y = torch.cat([module(s[None], s[None], s[None], need_weights=False)[0][0] for s in x.split(lengths)])

    def gradients():
        found = gradients_of(module.out_proj, "layer.attention.output.dense.")()
        for kind, whole in (("weight", module.in_proj_weight), ("bias", module.in_proj_bias)):
            found.update({f"layer.attention.self.{part}.{kind}": g for part, g in zip(parts, whole.grad.chunk(3))})
        return found

    return case(y, x, gradients, layer="attention", lengths=lengths, sizes=[hidden, heads])


def feed_forward(lengths, hidden, intermediate):
    module = torch.nn.ModuleDict({"intermediate": torch.nn.ModuleDict({"dense": torch.nn.Linear(hidden, intermediate)}),
                                  "output": torch.nn.ModuleDict({"dense": torch.nn.Linear(intermediate, hidden)})})
    fill(module, "layer.")
    x = rows(lengths, hidden)
    y = module["output"]["dense"](F.gelu(module["intermediate"]["dense"](x)))
    return case(y, x, gradients_of(module, "layer."), layer="feed_forward", lengths=lengths,
                sizes=[hidden, intermediate])


def pooler(lengths, size, function):
    module = fill(torch.nn.Linear(size, size), "layer.")
    x = rows(lengths, size)
    return case(getattr(torch, function)(module(x)), x, gradients_of(module, "layer."), layer=f"pooler_{function}",
                lengths=lengths, sizes=[size])


def transformer(lengths, hidden, heads, intermediate):
    module = fill(BertLayer(BertConfig(hidden_size=hidden, num_attention_heads=heads, intermediate_size=intermediate,
                                       layer_norm_eps=1e-5, attn_implementation="eager")), "layer.")
    x = rows(lengths, hidden)
    outputs = [module(s[None]) for s in x.split(lengths)]
    y = torch.cat([(o[0] if isinstance(o, tuple) else o)[0] for o in outputs])
    return case(y, x, gradients_of(module, "layer."), layer="transformer", lengths=lengths,
                sizes=[hidden, heads, intermediate])


def objective(words, labels, size, mse=0.0, divergence=0.0, temperature=1.0, cross_entropy=0.0):
    """Each word's loss times 0.25, and the gradient of the sum."""
    z = chirp((words, labels), 0.3, size).requires_grad_()
    t = chirp((words, labels), 1.7, size)
    gold = torch.tensor([(3 * w + 1) % labels for w in range(words)])
    kl = F.kl_div(F.log_softmax(z / temperature, -1), F.softmax(t / temperature, -1), reduction="none").sum(-1)
    losses = 0.25 * (mse * F.mse_loss(z, t, reduction="none").mean(-1) + divergence * temperature**2 * kl
                     + cross_entropy * F.cross_entropy(z, gold, reduction="none"))
    losses.sum().backward()
    return {"words": words, "labels": labels, "size": size, "weights": [mse, divergence, temperature, cross_entropy],
            "losses": numbers(losses, 8), "gradient": numbers(z.grad, 8)}


def write(path, cases):
    with open(path, "w") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    folder = sys.argv[1]
    write(f"{folder}/transformer.json", [
        linear([5], 3, 7), linear([1], 1, 1), linear([2, 1, 30], 17, 5),
        layer_norm([4], 6), layer_norm([1], 1), layer_norm([3, 8], 33),
        embedding([3, 0, 3, 6, 3], 7, 5), embedding([0], 1, 1),
        attention([5], 6, 2), attention([1], 4, 4), attention([3, 1, 17, 2], 12, 3),
        feed_forward([4], 5, 9), feed_forward([1, 2], 8, 3),
        transformer([6], 8, 2, 11), transformer([1], 4, 1, 3), transformer([2, 9, 1, 4], 12, 3, 20),
        pooler([5], 7, "tanh"), pooler([3], 6, "relu"),
    ])
    distances = torch.arange(-600, 601)
    write(f"{folder}/relative_position.json", MPNetEncoder.relative_position_bucket(distances).tolist())
    write(f"{folder}/objectives.json", [
        objective(4, 9, 3.0, mse=1.0), objective(4, 9, 3.0, divergence=1.0),
        objective(4, 9, 3.0, divergence=1.0, temperature=2.0), objective(3, 5, 3.0, divergence=1.0, temperature=4.0),
        objective(4, 9, 3.0, cross_entropy=1.0), objective(5, 2, 2.0, 0.5, 0.7, 2.0, 0.3),
        objective(3, 1, 2.0, 1.0, 1.0),
        objective(4, 9, 40.0, 0.0, 1.0, 1.0, 1.0),
    ])
