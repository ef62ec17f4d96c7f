"""The BiLSTM student in PyTorch, as fast as its modules make it; tensors are named as in a student directory."""
import torch
from torch.nn.functional import embedding_bag, relu
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_sequence


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

    def words(self, features):
        """The vectors of word types, [U, I]."""
        pieces = torch.tensor([p for f in features for p in f[0]])
        counts = torch.tensor([len(f[0]) for f in features])
        mean = embedding_bag(pieces, self.piece_embeddings.weight, counts.cumsum(0) - counts, mode="mean")
        characters = pad_sequence([torch.tensor(f[1]) for f in features], batch_first=True)
        lengths = torch.tensor([len(f[1]) for f in features])
        padding = (torch.arange(characters.shape[1])[None] >= lengths[:, None])[..., None]
        z = self.char_embeddings(characters).masked_fill(padding, 0)
        z = self.char_cnn(z.transpose(1, 2)).masked_fill(padding.transpose(1, 2), float("-inf"))
        shape = self.shape_embeddings(torch.tensor([f[2] for f in features]))
        return torch.cat([mean, relu(z.amax(-1)), shape], -1)

    def forward(self, table, sentences):
        """Logits of sentences, longest first, given as rows of a table of word vectors; packed, [N, L]."""
        packed = pack_sequence([torch.tensor(rows) for rows in sentences])
        x = PackedSequence(self.dropout(table[packed.data]), packed.batch_sizes)
        y = self.lstm(x)[0]
        return self.classifier(self.dropout(y.data)), packed.batch_sizes
