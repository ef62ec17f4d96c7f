"""A student directory in PyTorch on one thread: words per second in bulk, and the time of one sentence alone.

    python tag_pytorch.py STUDENT CORPUS PREDICTIONS fp32|int8

Nothing is compiled: torch.compile does not look into nn.LSTM and packed sequences, and beside them there is one linear
layer.
"""
import sys

import torch
from torch.ao.quantization import quantize_dynamic

import tagging

directory, path, predictions, precision = sys.argv[1:]
torch.set_num_threads(1)
tagger = tagging.Tagger(directory)
if precision == "int8":
    tagger.model = quantize_dynamic(tagger.model, {torch.nn.LSTM}, dtype=torch.qint8)
tagging.report(tagger, path, predictions)
