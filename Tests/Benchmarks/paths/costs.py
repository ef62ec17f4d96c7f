"""The arithmetic that a path cannot do without, by which its share of the machine's limit is taken."""
import json


def bert_forward(directory):
    """FLOP of a piece on the way forth: the linear layers of the encoder, attention's own products left out."""
    with open(directory / "config.json") as file:
        config = json.load(file)
    hidden, wide = config["hidden_size"], config["intermediate_size"]
    return 2 * config["num_hidden_layers"] * (4 * hidden * hidden + 2 * hidden * wide)


def student_forward(directory):
    """FLOP of a word on the way forth: both directions' gates and the classifier, the word's vector left out."""
    with open(directory / "config.json") as file:
        config = json.load(file)
    hidden = config["hidden_size"]
    inputs = config["piece_dimension"] + config["character_filters"] + config["shape_dimension"]
    return 2 * (2 * 4 * hidden * (inputs + hidden) + 2 * hidden * len(config["labels"]))


# A linear layer's backward pass has two products of the size of the one of its forward pass.
TRAINING = 3
