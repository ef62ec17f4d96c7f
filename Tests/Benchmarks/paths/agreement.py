"""Whether contestants give the same answers: a comparison of speed is worth nothing where they differ."""


def share(ours, theirs):
    """The share of words with the same label."""
    pairs = [pair for a, b in zip(ours, theirs, strict=True) for pair in zip(a, b, strict=True)]
    return sum(a == b for a, b in pairs) / max(len(pairs), 1)


def note(ours, theirs, rival, least=0.999):
    """A line for RESULTS.md; fails where too many words have another label."""
    equal = share(ours, theirs)
    if equal < least:
        raise RuntimeError(f"only {equal:.3%} of the words have the label that {rival} gives them")
    return f"{equal:.3%} of the words have the label that {rival} gives them."
