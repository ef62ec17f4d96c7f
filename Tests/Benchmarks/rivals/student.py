"""The BiLSTM student in PyTorch, as fast as its modules make it; tensors are named as in a student directory."""
import torch
from torch.nn.functional import embedding_bag, relu
from torch.nn.utils.rnn import PackedSequence, pad_sequence


class WordTable:
    """The features of word types as tensors, made once."""

    def __init__(self, features):
        # [PAD], row 0, is no piece of any word.
        self.pieces = pad_sequence([torch.tensor(f[0]) for f in features], batch_first=True)
        self.characters = pad_sequence([torch.tensor(f[1]) for f in features], batch_first=True)
        self.lengths = torch.tensor([len(f[1]) for f in features])
        self.shapes = torch.tensor([f[2] for f in features])

    def __getitem__(self, types):
        """The features of some types: pieces, characters as far as any has them, lengths, shapes."""
        lengths = self.lengths[types]
        return self.pieces[types], self.characters[types, :int(lengths.max())], lengths, self.shapes[types]


class Student(torch.nn.Module):
    """Words from pieces, characters and shape; one BiLSTM over packed sequences; one linear layer."""

    def __init__(self, config, dropout=0.0):
        super().__init__()
        self.piece_embeddings = torch.nn.Embedding(config["piece_count"], config["piece_dimension"])
        self.char_embeddings = torch.nn.Embedding(config["character_count"], config["character_dimension"])
        self.char_cnn = torch.nn.Conv1d(config["character_dimension"], config["character_filters"], 3, padding=1)
        self.shape_embeddings = torch.nn.Embedding(6, config["shape_dimension"])
        inputs = config["piece_dimension"] + config["character_filters"] + config["shape_dimension"]
        self.lstm = torch.nn.LSTM(inputs, config["hidden_size"], batch_first=True, bidirectional=True)
        self.classifier = torch.nn.Linear(2 * config["hidden_size"], len(config["labels"]))
        self.dropout = torch.nn.Dropout(dropout)

    def words(self, pieces, characters, lengths, shapes):
        """The vectors of word types, [U, I]."""
        mean = embedding_bag(pieces, self.piece_embeddings.weight, mode="mean", padding_idx=0)
        padding = (torch.arange(characters.shape[1])[None] >= lengths[:, None])[..., None]
        z = self.char_embeddings(characters).masked_fill(padding, 0)
        z = self.char_cnn(z.transpose(1, 2)).masked_fill(padding.transpose(1, 2), float("-inf"))
        return torch.cat([mean, relu(z.amax(-1)), self.shape_embeddings(shapes)], -1)

    def forward(self, table, rows):
        """Logits of sentences, longest first, given as packed rows of a table of word vectors, [N, L]."""
        x = PackedSequence(self.dropout(table[rows.data]), rows.batch_sizes)
        return self.classifier(self.dropout(self.lstm(x)[0].data))

    def of_one_length(self, table, rows):
        """The same for rows of sentences of the same length, [B, T], which need no packing; [B, T, L]."""
        return self.classifier(self.lstm(table[rows])[0])
