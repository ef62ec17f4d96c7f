"""What a rival chose for itself, told in RESULTS.md."""
from collections import Counter


class Choices:
    """The faster way of each round."""

    def __init__(self, rival):
        self.rival, self.rounds = rival, []

    def add(self, done):
        """Keeps what a rival's script reported; returns it."""
        self.rounds.append(done)
        return done

    def modes(self):
        """Lines about eager and compiled."""
        notes = [f"{self.rival}, the faster of eager and torch.compile; rounds: {counted(d['mode'] for d in self.rounds)}."]
        if failures := sum(not d["compiles"] for d in self.rounds):
            notes.append(f"Rounds in which torch.compile failed: {failures} of {len(self.rounds)}.")
        return notes


def counted(choices):
    """Each choice and how often it was made, the most frequent first."""
    return ", ".join(f"{choice} ({times})" for choice, times in Counter(choices).most_common())
