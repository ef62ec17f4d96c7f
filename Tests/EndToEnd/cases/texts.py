"""Texts and pairs with a label each: what a file is taken for, CSV, JSON, bad rows, and augment reading what it wrote."""

from . import Case

READ = "--operations none --n-iter 0 --with-original --threads 1"
"""`augment` with these writes the corpus as it was read."""


def case(name, content, output=None, says=(), options="", file="c.tsv", code=0):
    """A file that is read and written again; `says` is looked for in the log too."""
    return Case(name, f"augment {file} {options} {READ}", code, output, {file: content}, says)


def refused(name, content, *says, options="", file="c.tsv"):
    return case(name, content, "", says, options, file, 65)


def round_trip(name, file, content, form):
    """What `augment` makes of a corpus reads as the same rows."""
    return Case(
        name, f"augment {file} {READ} -q --format {form} -o a.{form} && augment a.{form} {READ} -q --format {form} | cmp - a.{form}",
        files={file: content})


SICK = "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n"
SICK_ROWS = SICK + "".join(f"{n}\tA dog runs\tNo dog runs\t{1 + n / 10}\tCONTRADICTION\n" for n in range(20))
PAIR = "label\tsentence1_words\tsentence2_words\n"

CASES = [
    case("GLUE's header", "sentence\tlabel\nit isn't \"bad\" .\t1\n",
         'label\tsentence_words\n1\tit is n\'t " bad " .\n',
         ["sentences with a label each; text is column sentence, label is column label"]),
    case("MRPC's header with a byte order mark and CRLF",
         "\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\r\n1\t8\t9\tHe \"ran\".\tShe did.\r\n",
         PAIR + '1\tHe " ran " .\tShe did .\n', ["the texts are column #1 String and column #2 String"]),
    case("SICK's label", SICK + "7\tA dog\tNo dog\t3.3\tNEUTRAL\n", PAIR + "NEUTRAL\tA dog\tNo dog\n"),
    refused("SICK's score", SICK_ROWS, "decimal numbers in column relatedness_score", "4 (entailment_judgment)",
            "--columns text_a=sentence_A,text_b=sentence_B", options="--columns label=relatedness_score"),
    case("columns by name and by number", SICK + "7\tA dog\tNo dog\t3.3\tNEUTRAL\n", "label\tsentence_words\nNEUTRAL\tNo dog\n",
         options="--columns text=sentence_B,label=-1"),
    refused("a column that is not there", SICK + "7\tA dog\tNo dog\t3.3\tNEUTRAL\n", "a column mood", "0 (pair_ID)",
            options="--columns text=sentence_B,label=mood"),
    case("a label, a tab and a text", "good\tI like it.\nbad\tI do not.\n",
         "label\tsentence_words\ngood\tI like it .\nbad\tI do not .\n", ["text is column 1, label is column 0"]),
    case("CSV with quotes", 'label,text\r\n"a, b","He said ""no"".\r\nThen: yes"\r\n',
         'label\tsentence_words\na, b\tHe said " no " . Then : yes\n', file="c.csv"),
    refused("CSV with an open quote", 'label,text\nx,"a\nb\n', "c.csv:2", "within a quoted field", file="c.csv"),
    case("fastText", "__label__good I like it\n", "label\tsentence_words\ngood\tI like it\n", file="c.txt"),
    case("JSON Lines", '{"text": "I like it.", "label": 1, "label_text": "good"}\n',
         "label\tsentence_words\ngood\tI like it .\n", ["text is text, label is label_text"], file="c.jsonl"),
    case("pairs in JSON Lines", '{"premise": "a b", "hypothesis": "c", "label": 2}\n', PAIR + "2\ta b\tc\n", file="c.jsonl"),
    refused("a label that is a decimal number", '{"text": "a", "label": 0.5}\n', "c.jsonl:1", "0.5", file="c.jsonl"),
    refused("a row of too few columns", "label\tsentence\nx\ta\nb\nx\tc\nx\td\n", "c.tsv:3", "2 as in line 1", "--bad-lines skip"),
    case("a bad row that is left out", "label\tsentence\nx\ta\nb\nx\tc\nx\td\n",
         "label\tsentence_words\nx\ta\nx\tc\nx\td\n", ["left out 1 example that cannot be read, at line 3"],
         options="--bad-lines skip"),
    refused("names that words in columns have too", "text\tlabel\nfine\tgood\nbad\tbad\n", "--task sentence", "--task tag"),
    case("what is asked for", "text\tlabel\nfine\tgood\nbad\tbad\n", "label\tsentence_words\ngood\tfine\nbad\tbad\n",
         options="--task sentence"),
    refused("names that are not known", "Mood\tSaid\na\tI like it\nb\tI do too\na\tthis is fine\n", "--columns text=Said,label=Mood"),
    Case("columns of words for texts", f"augment c.tsv --task sentence --columns word=0 {READ}", 64, "", {"c.tsv": "a\tb\n"},
         ["--columns word=0 does not go with --task sentence"]),
    Case("a format of another task", f"augment c.tsv {READ} --format conll", 65, "", {"c.tsv": "label\tsentence\nx\ta\n"},
         ["give --format tsv or jsonl"]),
    Case("word swaps in texts", "augment c.tsv --operations pos --p-pos 0.5 --threads 1",
         files={"c.tsv": "label\tsentence\ngood\tthe film was long .\nbad\tthe soup was cold .\n"},
         says=["c.tsv has no parts of speech; they come from the bundled tagger", "good\tthe soup was long .\n"]),
    Case("word swaps in pairs, the same on any number of threads",
         "augment --corpus echo --n-iter 1 -o 1.tsv --threads 1 && augment --corpus echo --n-iter 1 --threads 3 | cmp - 1.tsv",
         says=["echo.train has no parts of speech; they come from the bundled tagger"]),
    Case("a bundled corpus and a file", "augment c.tsv --corpus echo", 64, "", {"c.tsv": "a\n"}, ["--corpus names a bundled corpus"]),
    round_trip("words with spaces and backslashes as TSV", "c.jsonl",
               '{"tokens": ["New York", "\\\\s", "\\"", "[MASK]"], "label": "very good"}\n', "tsv"),
    round_trip("pairs as JSON Lines", "c.jsonl",
               '{"tokens1": ["New York"], "tokens2": ["\\u0001", "é"], "pos1": ["X"], "pos2": ["Y", "Z"], "label": "x"}\n', "jsonl"),
]
