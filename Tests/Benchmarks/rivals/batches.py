"""The batches of an epoch, the very ones that the commands make."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "References"))

from random_stream import RandomStream  # noqa: E402

WINDOW = 32


def batches_of_epoch(costs, batch_size=32, seed=1, epoch=1):
    """The examples' numbers, batch by batch: shuffled, sorted by cost within 32 batches, the batches shuffled."""
    stream = RandomStream(seed, "shuffling", epoch)
    order = list(range(len(costs)))
    stream.shuffle(order)
    batches = []
    for start in range(0, len(order), batch_size * WINDOW):
        window = sorted(order[start:start + batch_size * WINDOW], key=lambda n: (costs[n], n))
        batches += [window[first:first + batch_size] for first in range(0, len(window), batch_size)]
    stream.shuffle(batches)
    return batches
