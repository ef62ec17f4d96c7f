"""A student directory in PyTorch on one thread: words per second in bulk, and the time of one sentence alone.

    python tag_pytorch.py STUDENT CORPUS PREDICTIONS
"""
import sys

import torch

import tagging

directory, path, predictions = sys.argv[1:]
torch.set_num_threads(1)
tagging.report(tagging.Tagger(directory), path, predictions)
