"""Column files: which column holds what, comments, headers, invisible bytes, and sentences that do not end."""

from . import Case

READ = "--operations none --n-iter 0 --with-original --threads 1 -q"
"""`augment` with these writes the corpus as it was read."""

CASES = [
    Case("a token that begins with # is a word", f"augment c.conll {READ}",
         files={"c.conll": "#storm\tO\n#\tO\n2\tO\nMira\tB-PER\n\n#\tO\nNOW\tO\n"},
         output="#storm O\n# O\n2 O\nMira B-PER\n\n# O\nNOW O\n\n"),
    Case("words that are numbers are no index", f"augment c.conll {READ}",
         files={"c.conll": "1 O\n2 O\n3 O\n\nMira B-PER\n4 O\n"},
         output="1 O\n2 O\n3 O\n\nMira B-PER\n4 O\n\n"),
]
