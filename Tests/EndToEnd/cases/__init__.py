"""Inputs as real files have them, a module for each kind; cases.py runs all modules that it finds here.

A module lists its cases in CASES:

    from . import Case

    CASES = [
        Case("words without tags", "augment c.conll --operations mask", 0, files={"c.conll": "Ada\\nran\\n\\n"},
             says=["2 words"]),
    ]
"""

from dataclasses import dataclass, field
from typing import Callable, Optional


@dataclass
class Case:
    name: str
    command: str
    """A command line for bash; augment, distill-bilstm and compare-students are found by their names."""
    code: int = 0
    """The exit code."""
    output: Optional[str] = None
    """The whole standard output; None where it is not compared."""
    files: dict = field(default_factory=dict)
    """Files to make, by name: text, bytes, or anything else as JSON. `tiny_models` makes teachers and students."""
    says: tuple = ()
    """What must be somewhere in the output or the messages."""
    never: tuple = ()
    """What must be in neither."""
    check: Optional[Callable] = None
    """Called with the process that has ended and its folder; returns what is wrong, or None."""
