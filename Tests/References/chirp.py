"""Reference weights by a formula, so that fixtures hold results only; the twin of Tests/Support/Chirp.swift."""
import torch


def chirp(shape, phase, scale=0.4):
    """Element n of a tensor: scale cos(0.7 n^2 + phase), in double precision."""
    shape = torch.Size(shape)
    n = torch.arange(shape.numel(), dtype=torch.float64)
    return (scale * torch.cos(0.7 * (n * n) + phase)).reshape(shape)


def phase_of(name):
    """The phase of a named tensor: the sum of its name's bytes."""
    return float(sum(name.encode()))


def numbers(tensor, digits=6):
    """The elements, row after row, rounded to so many significant digits."""
    return [float(f"{x:.{digits}g}") for x in tensor.detach().flatten().tolist()]
