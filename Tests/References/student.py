"""Golden numbers for Tests/NetworksTests/Student: StudentParityTests.swift (student.json, student_layers.json,
student_vectors.json; student_sentence.json, student_sentence_max.json, student_pair.json, student_pair_max.json) and
PieceTableReductionTests.swift (piece_table.json).

The student network once more in PyTorch, its state dictionary named as in a student directory. Features are made here
anew: WordPiece by longest match, characters, shape. Weights follow a formula, so that the fixture holds logits and
gradients only; the loss is the sum of logits times cos(0.7 n + 1). Two more students have two layers and word vectors.
Four more label texts or pairs of texts: by h_n of the LSTM or by the maximum over the words, one and two layers, with
word vectors; among the pairs are two equal texts, texts of one word and one without words.

    pip install 'torch==2.13.0+cpu' numpy
    python student.py ../NetworksTests/Fixtures
"""
import json
import sys

import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from lstm import formula, loss_of, numbers, write

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "eu", "re", "##ject", "##s", "german", "call",
          "to", "u", "##s", ".", "##1", "a", "##3", "##2", "##0", "iphone", "##e", "##ab"]
CHARACTERS = list(".023AEUacegijlnorst")
WORDS = ["eu", "German", "call", "rejects", "german", "To", "a"]
TUNED = 3
SENTENCES = [
    "EU rejects German call to U.S A320 .".split(),
    "to iPhone".split(),
    ["[MASK]"],
    "German Rejects unknown to EU to aababababababababab call".split(),
    "a a".split(),
]
PAIRS = [(SENTENCES[0], SENTENCES[1]), (SENTENCES[2], SENTENCES[2]), (SENTENCES[3], SENTENCES[4]), ([], SENTENCES[1]),
         (SENTENCES[4], SENTENCES[4]), (["call"], ["to"])]


def pieces_of(word):
    if word == "[MASK]":
        return [PIECES.index("[MASK]")]
    ids = []
    for part in word.lower().replace(".", " . ").split():
        rest, start, found = part, "", []
        while rest:
            for end in range(len(rest), 0, -1):
                if start + rest[:end] in PIECES:
                    break
            else:
                found = [PIECES.index("[UNK]")]
                break
            # Where a piece stands twice, the last one counts, as in a dictionary read line by line.
            found.append(len(PIECES) - 1 - PIECES[::-1].index(start + rest[:end]))
            rest, start = rest[end:], "##"
        ids += found
    return ids[:8]


def word_of(word):
    """The place in WORDS of a word or of its lower-case form; -1 for unknown, -2 for [MASK]."""
    if word == "[MASK]":
        return -2
    return next((WORDS.index(form) for form in (word, word.lower()) if form in WORDS), -1)


def characters_of(word):
    if word == "[MASK]":
        return [1]
    return [CHARACTERS.index(c) + 2 if c in CHARACTERS else 0 for c in word][:64]


def shape_of(word):
    letters = [c for c in word if c.isupper() or c.islower()]
    capitals = sum(c.isupper() for c in letters)
    if word == "[MASK]":
        return 0
    if any(c.isdigit() for c in word):
        return 4
    if capitals == 0:
        return 0
    if capitals == len(letters):
        return 2 if capitals == 1 else 1
    return 3 if capitals == 1 and letters[0].isupper() else 5


class Student(torch.nn.Module):
    def __init__(self, layers, has_vectors, pieces, characters, labels, piece_width, character_width, filters,
                 shape_width, hidden, task="tag", pooling="last", head_hidden=0):
        super().__init__()
        if has_vectors:
            self.frozen = formula((len(WORDS), piece_width), 0.9)
            self.tuned_vectors = torch.nn.Embedding(2 + TUNED, piece_width)
        else:
            self.piece_embeddings = torch.nn.Embedding(pieces, piece_width)
        self.char_embeddings = torch.nn.Embedding(characters, character_width)
        self.char_cnn = torch.nn.Conv1d(character_width, filters, 3, padding=1)
        self.shape_embeddings = torch.nn.Embedding(6, shape_width)
        self.lstm = torch.nn.LSTM(
            piece_width * (1 + has_vectors) + filters + shape_width, hidden, num_layers=layers, batch_first=True,
            bidirectional=True)
        self.task, self.pooling = task, pooling
        if task != "tag":
            self.hidden = torch.nn.Linear((8 if task == "pair" else 2) * hidden, head_hidden)
        self.classifier = torch.nn.Linear(head_hidden or 2 * hidden, labels)

    def lexical(self, word):
        if hasattr(self, "piece_embeddings"):
            return self.piece_embeddings(torch.tensor(pieces_of(word))).mean(0)
        place = word_of(word)
        frozen = self.frozen[place] if place >= 0 else torch.zeros(self.frozen.shape[1])
        if place >= TUNED:
            return torch.cat([frozen, frozen])
        row = {-1: 0, -2: 1}.get(place, place + 2)
        return torch.cat([frozen, self.tuned_vectors(torch.tensor(row))])

    def word(self, word):
        characters = self.char_embeddings(torch.tensor(characters_of(word)))
        maximum = torch.relu(self.char_cnn(characters.T.unsqueeze(0)).amax(-1)).squeeze(0)
        return torch.cat([self.lexical(word), maximum, self.shape_embeddings(torch.tensor(shape_of(word)))])

    def states(self, sentences):
        """The outputs of each sentence's words and the last states of both directions of the last layer."""
        lengths = [len(s) for s in sentences]
        x = pad_sequence([torch.stack([self.word(w) for w in s]) for s in sentences], batch_first=True)
        output, (last, _) = self.lstm(pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))
        y, _ = pad_packed_sequence(output, batch_first=True)
        return [y[i, :n] for i, n in enumerate(lengths)], torch.cat([last[-2], last[-1]], 1)

    def vectors(self, texts):
        """A vector for each text, zeros for one without words."""
        y, last = self.states([t for t in texts if t])
        found = iter(last if self.pooling == "last" else [words.max(0).values for words in y])
        return torch.stack([next(found) if t else torch.zeros(last.shape[1]) for t in texts])

    def forward(self, examples):
        if self.task == "tag":
            return self.classifier(torch.cat(self.states(examples)[0]))
        if self.task == "sentence":
            v = self.vectors(examples)
        else:
            h1, h2 = self.vectors([text for pair in examples for text in pair]).view(len(examples), 2, -1).unbind(1)
            v = torch.cat([h1, h2, h1 * h2, (h1 - h2).abs()], 1)
        return self.classifier(torch.relu(self.hidden(v)))


# The order of the tensors in a student's model.safetensors, by which their phases are numbered.
def names_of(layers, has_vectors, task):
    names = ["tuned_vectors.weight" if has_vectors else "piece_embeddings.weight", "char_embeddings.weight",
             "char_cnn.weight", "char_cnn.bias", "shape_embeddings.weight"]
    names += [f"lstm.{name}_l{layer}{direction}" for layer in range(layers)
              for name in ("weight_ih", "bias_ih", "bias_hh", "weight_hh") for direction in ("", "_reverse")]
    return names + ["hidden.weight", "hidden.bias"] * (task != "tag") + ["classifier.weight", "classifier.bias"]


def student(layers=1, has_vectors=False, task="tag", pooling="last"):
    sizes = {"piece_dimension": 5, "character_dimension": 4, "filters": 6, "shape_dimension": 3, "hidden": 7}
    labels = ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"] if task == "tag" else ["good", "bad", "neither"]
    head = {} if task == "tag" else {"task": task, "pooling": pooling, "head_hidden": 11}
    model = Student(layers, has_vectors, len(PIECES), len(CHARACTERS) + 2, len(labels), *sizes.values(), **head)
    parameters = dict(model.named_parameters())
    names = names_of(layers, has_vectors, task)
    assert sorted(names) == sorted(parameters)
    for phase, name in enumerate(names):
        parameters[name].data = formula(parameters[name].shape, phase)
    logits = model(PAIRS if task == "pair" else SENTENCES)
    loss_of(logits).backward()
    result = {
        **sizes, **head, "labels": labels, "pieces": PIECES, "characters": "".join(CHARACTERS), "sentences": SENTENCES,
        "features": {w: [pieces_of(w), characters_of(w), shape_of(w)] for s in SENTENCES for w in s},
        "logits": numbers(logits),
        "gradients": {name: numbers(parameters[name].grad) for name in names},
    }
    if has_vectors:
        result |= {"words": WORDS, "tuned_words": TUNED, "places": {w: word_of(w) for s in SENTENCES for w in s}}
    return result | ({"layers": layers} if layers > 1 else {}) | ({"pairs": PAIRS} if task == "pair" else {})


def piece_table():
    """A table of 40 x 7 reduced to 3 columns by numpy's SVD."""
    table = formula((40, 7), 0.3).numpy() * np.linspace(3, 0.5, 7) + 0.2
    centred = table - table.mean(0)
    vectors = np.linalg.svd(centred, full_matrices=False)[2][:3]
    vectors *= np.sign(vectors[np.arange(3), np.abs(vectors).argmax(1)])[:, None]
    reduced = centred @ vectors.T
    reduced *= 0.4 / np.sqrt((reduced ** 2).mean())
    return {"table": numbers(torch.tensor(table)), "reduced": numbers(torch.tensor(reduced))}


if __name__ == "__main__":
    write(f"{sys.argv[1]}/student.json", student())
    write(f"{sys.argv[1]}/student_layers.json", student(layers=2))
    write(f"{sys.argv[1]}/student_vectors.json", student(layers=2, has_vectors=True))
    write(f"{sys.argv[1]}/student_sentence.json", student(task="sentence"))
    write(f"{sys.argv[1]}/student_sentence_max.json", student(layers=2, task="sentence", pooling="max"))
    write(f"{sys.argv[1]}/student_pair.json", student(task="pair"))
    write(f"{sys.argv[1]}/student_pair_max.json", student(layers=2, has_vectors=True, task="pair", pooling="max"))
    write(f"{sys.argv[1]}/piece_table.json", piece_table())
