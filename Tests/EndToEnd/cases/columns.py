"""Column files: which column holds what, comments, headers, invisible bytes, bad lines, and sentences that do not end."""

from tiny_models import student

from . import Case

READ = "--operations none --n-iter 0 --with-original --threads 1"
"""`augment` with these writes the corpus as it was read."""

MIRA = "Mira B-PER\nslept O\n\n"


def case(name, content, output=None, says=(), options="", file="c.conll", code=0, never=()):
    """A file that is read and written again; `says` is looked for in the log too."""
    return Case(name, f"augment {file} {options} {READ}", code, output, {file: content}, says, never)


def refused(name, content, *says, options="", file="c.conll"):
    return case(name, content, "", says, options, file, 65)


def round_trip(name, *sentences):
    """What `augment` makes of JSON Lines in columns reads as the same words."""
    return Case(
        name, f"augment c.jsonl {READ} -q -o a.conll && augment a.conll {READ} -q --format jsonl -o b.jsonl && "
        f"augment c.jsonl {READ} -q --format jsonl | cmp - b.jsonl",
        files={"c.jsonl": "".join(line + "\n" for line in sentences)})


TWO_COLUMNS = "Mira B-PER\nslept O\nin O\nOslo B-LOC\n. O\n\nRuben B-PER\nlaughed O\nin O\nParis B-LOC\n. O\n"


def swaps_names(done, folder):
    """Names stand in for names and verbs for verbs, beside the tags of their places; there is no third column."""
    rows = {line for line in done.stdout.decode().splitlines() if line}
    wanted = {"Ruben B-LOC", "Oslo B-PER", "laughed O"}
    if not wanted <= rows:
        return f"{sorted(wanted - rows)} are missing"
    wrong = {"slept B-PER", "Mira O", ". B-LOC", "in B-PER"} & rows
    return f"{sorted(wrong)} are no swaps" if wrong else None


CASES = [
    # What each column holds.
    case("a token that begins with # is a word", "#storm\tO\n#\tO\n2\tO\nMira\tB-PER\n\n#\tO\nNOW\tO\n",
         "#storm O\n# O\n2 O\nMira B-PER\n\n# O\nNOW O\n\n"),
    case("words that are numbers are no index", "1 O\n2 O\n3 O\n\nMira B-PER\n4 O\n",
         "1 O\n2 O\n3 O\n\nMira B-PER\n4 O\n\n"),
    case("an index is no word", "1\tMira\tB-PER\n2\tslept\tO\n\n1\tOslo\tB-LOC\n", MIRA + "Oslo B-LOC\n\n",
         ["column 0 counts the words; read as --columns word=1,tag=2"]),
    case("an index that starts at 0", "0 Mira NNP B-PER\n1 slept VBD O\n\n0 Oslo NNP B-LOC\n",
         "Mira NNP B-PER\nslept VBD O\n\nOslo NNP B-LOC\n\n", ["column 0 counts"]),
    refused("an index before two layers of tags", "1\tTurun\tB-ORG\tB-LOC\n2\tliitto\tI-ORG\tO\n", "--columns word=1,tag=2",
            "--columns word=1,tag=3"),
    refused("two layers of tags", "Turun\tB-ORG\tB-LOC\nliitto\tI-ORG\tO\n", "the columns 1 and 2", "--columns word=0,tag=1"),
    case("one of two layers by its name", "Turun\tB-ORG\tB-LOC\nliitto\tI-ORG\tO\n", "Turun B-ORG\nliitto I-ORG\n\n",
         options="--columns word=0,tag=1"),
    case("chunks beside the tags, as in CoNLL-2003", "Mira NNP B-NP B-PER\nslept VBD B-VP O\n",
         "Mira NNP B-PER\nslept VBD O\n\n", never=["read as"]),
    case("a document mark before words", "-DOCSTART- -X- -X- O\n\nMira NNP B-NP B-PER\n", "Mira NNP B-PER\n\n"),
    case("offsets and a document's number, as in BC5CDR", "Aspirin\t2275\t0\tB-Chemical\nhelps\t2275\t8\tO\n",
         "Aspirin B-Chemical\nhelps O\n\n", ["column 1 holds numbers"]),
    case("a lemma before the part of speech, as in German CoNLL-2003",
         "Die die ART I-NC O\nUhr Uhr NN I-NC O\nvon von APPR I-PC O\nMira Mira NE I-NC I-PER\n",
         "Die O\nUhr O\nvon O\nMira B-PER\n\n", ["column 1 has nearly as many values as there are words"]),
    case("a confidence after the tag", "Mira B-PER 0.98\nslept O 0.99\n", MIRA, ["column 1 holds the entity tags"]),
    refused("a document's name before the words", "d7 Mira B-PER\nd7 slept O\nd7 in O\nd7 Oslo B-LOC\n",
            "column 0 with \"d7\"", "--columns word=1,tag=2"),
    case("three columns in ISO 8859-1, as in CoNLL-2002", "Nuñez NC B-PER\nduerme VMI O\n".encode("latin1"),
         "Nuñez NC B-PER\nduerme VMI O\n\n", options="--encoding latin1"),
    Case("a placeholder is no part of speech", "augment c.conll --operations pos --p-pos 0.9 --threads 1", 0, None,
         {"c.conll": "Mira _ _ B-PER\nslept _ _ O\n\nRuben _ _ B-PER\nlaughed _ _ O\n"},
         ["column 1 holds nothing but \"_\"", "c.conll has no parts of speech; they come from the bundled tagger"]),
    Case("word swaps without parts of speech", "augment c.conll --threads 1 -o a.conll && cat a.conll",
         files={"c.conll": TWO_COLUMNS}, says=["c.conll has no parts of speech; they come from the bundled tagger"],
         check=swaps_names),
    Case("no tagger without word swaps", "augment c.conll --operations mask,ngram --threads 1", files={"c.conll": TWO_COLUMNS},
         never=["parts of speech"]),
    Case("one part of speech for all words", "augment c.jsonl --operations pos --threads 1", 65, "",
         {"c.jsonl": '{"tokens": ["Mira", "slept"], "pos": ["NN", "NN"], "tags": ["B-PER", "O"]}\n'},
         ["the one part of speech \"NN\" for all words"]),
    Case("--p-pos 1 without the operation mask", "augment c.conll --operations pos --p-pos 1 --n-iter 1 --threads 1 -q",
         files={"c.conll": "Mira NNP B-PER\nslept VBD O\n\nRuben NNP B-PER\nran VBD O\n"}),
    Case("--p-pos 1 beside the operation mask", "augment c.conll --p-pos 1", 64, "", {"c.conll": MIRA}, ["p_mask + p_pos"]),

    # Comments, names and document marks.
    case("comments as in GermEval", "#\thttp://a.example\t[2011-02-03]\t\n1\tMira\tB-PER\tO\n2\tschlief\tO\tO\n",
         "Mira B-PER\nschlief O\n\n", options="--columns word=1,tag=2"),
    case("comments as in MultiCoNER", "\n# id 3c-1 domain=de\nmira _ _ B-PER\n\n\n# id 3c-2 domain=de\nslept _ _ O\n",
         "mira B-PER\n\nslept O\n\n", options="--columns word=0,tag=-1"),
    case("comments of CoNLL-U before five columns",
         "# sent_id = a-1\n# text = Mira slept\n1\tMira\tB-PER\t-\tkl\n2\tslept\tO\t-\tkl\n", MIRA, options="--columns word=1,tag=2"),
    case("CoNLL-U with a header", "# newdoc\n# sent_id = 1\n1\tMira\tMira\tPROPN\t_\t_\t0\troot\t_\tNER=B-PER\n",
         "Mira PROPN B-PER\n\n"),
    case("CoNLL-U Plus", "# global.columns = ID FORM NE\n# text = Mira slept\n1\tMira\tB-PER\n2\tslept\tO\n", MIRA),
    case("a row of names", "token\tner_tag\nMira\tB-PER\nslept\tO\n", MIRA, ["line 1 names the columns"]),
    case("a row of names in another order", "idx Tag Word\n7 B-PER Mira\n7 O slept\n", MIRA),
    refused("commas between columns", "Sentence #,Word,POS,Tag\nSentence: 1,Mira,NNP,B-PER\n,slept,VBD,O\n",
            "columns with \",\" between them", "expected a tab"),
    refused("words with tags, a sentence a line, as in WikiNER", "Mira|NNP|B-PER slept|VBD|O\nOslo|NNP|B-LOC\n", "sed "),
    Case("the command for words with tags works", "sed 's/$/ /; s/ /\\n/g; s/|/\\t/g' w | augment - " + READ + " -q",
         output="Mira NNP B-PER\nslept VBD O\n\nOslo NNP B-LOC\n\n",
         files={"w": "Mira|NNP|B-PER slept|VBD|O\nOslo|NNP|B-LOC\n"}),

    # Invisible bytes.
    refused("line ends of CR alone", "Mira B-PER\rslept O\r", "carriage return", "tr '\\r' '\\n'"),
    case("two CRs before an LF", "Mira\tB-PER\r\r\nslept\tO\r\r\n", MIRA),
    case("Windows line ends without the last", "Mira B-PER\r\n\r\nslept O", "Mira B-PER\n\nslept O\n\n"),
    case("tabs at the ends of lines cut at spaces", "Mira _ O I-PER\t\t\nslept _ O O\t\n", MIRA),
    case("byte order marks inside joined files", "\ufeffMira B-PER\nslept O\n\n\ufeffOslo B-LOC\n\n\ufeff",
         MIRA + "Oslo B-LOC\n\n"),
    refused("Windows-1252 as ISO 8859-1", b"\x93Mira\x94 B-PER\n", "the byte 0x93", "--encoding windows-1252",
            options="--encoding latin1"),
    case("Windows-1252", b"\x93Mira\x94 B-PER\n", "“Mira” B-PER\n\n", options="--encoding windows-1252"),
    refused("UTF-16", MIRA.encode("utf-16"), "UTF-16", "iconv -f utf-16"),
    refused("UTF-16 without a mark, as ISO 8859-1", MIRA.encode("utf-16-be"), "iconv -f utf-16", options="--encoding latin1"),

    # Bad lines, and sentences without an end.
    refused("two bad lines of many", MIRA * 3 + " \tO\n\n" + MIRA + "a b c\n\n", "c.conll:10: 1 column in",
            "2 of 6 sentences cannot be read (lines 10, 15): --bad-lines skip"),
    case("bad lines are left out", MIRA + " \tO\nslept O\n\n" + MIRA + "a b c\n", MIRA * 2,
         ["left out 2 sentences", "lines 4, 10"], options="--bad-lines skip"),
    Case("bad lines are left out of what is evaluated", "distill-bilstm evaluate c.conll --predictions c.conll --bad-lines skip",
         files={"c.conll": MIRA + "Mira X\n\n" + MIRA}, says=["left out 1 sentence ", "line 4"]),
    case("a file without empty lines", "Mira B-PER\nslept O\n" * 1000, says=["one sentence of 2000 words", "empty line"]),
    Case("a pipe is read", "cat c.conll | augment - " + READ + " -q", output=MIRA, files={"c.conll": MIRA}),
    Case("a stream is answered before it ends",
         "mkfifo in; distill-bilstm tag in --input conll --format conll --model student > out & exec 3> in; "
         "printf -- '-DOCSTART- O\n\nAda O\n\n' >&3; "
         "for i in $(seq 100); do grep -q Ada out && break; sleep 0.1; done; grep -c Ada out; exec 3>&-; wait",
         output="1\n", files=student()),

    # What augment writes.
    round_trip("words that look like something else", *[
        '{"tokens": ["%s", "Oslo", "%s"], "tags": ["B-X}", "O", "B-X"], "pos": ["NN", "NN", "NN"]}' % (word, word)
        for word in ["a\\u0000b", "\\ufeff", "{\\\"a\\\":", "#", "# sent_id", "-DOCSTART-", "New  Oslo", "\\u000b", "1,O"]]),
    round_trip("words without tags that look like something else", *[
        '{"tokens": ["%s", "Oslo"]}' % word for word in ["\\u0000", "\\ufeff", "{\\\"a\\\":1}", "#", "# x", "New Oslo"]]),
    round_trip("parts of speech without tags", '{"tokens": ["Mira", "slept"], "pos": ["name", "verb"]}'),
    round_trip("words that count", '{"tokens": ["1", "2", "3"], "pos": ["a", "b", "c"], "tags": ["O", "O", "B-X"]}'),
]
