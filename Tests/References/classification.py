"""Scores random labels with scikit-learn; feeds Tests/EvaluationTests/ClassificationScoreParityTests.swift.

    python3 Tests/References/classification.py > Tests/EvaluationTests/Fixtures/classification.txt

Needs scikit-learn 1.9. Case k has 2 to 7 labels and 1 to 60 examples drawn from the package's own random stream of seed k, so
that the file holds the expected figures alone. In many cases some labels never occur, as gold, as predicted or as both.

A line is a case: accuracy, macro F1, Matthews correlation, then the sums over labels i of (i + 1) precision, (i + 1) recall and
(i + 1) F1, then precision, recall and F1 of label k mod 2 where there are two labels; all in millionths.
"""

import warnings

from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef, precision_recall_fscore_support

from random_stream import RandomStream

CASES = 2000


def case(seed):
    """The number of labels, the gold and the predicted labels."""
    random = RandomStream(seed, "testing")
    labels = 2 + random.integer(6)
    examples = 1 + random.integer(60)
    first = random.integer(labels)
    gold_labels, predicted_labels = 1 + random.integer(labels), 1 + random.integer(labels)
    skill = random.uniform()
    gold, predicted = [], []
    for _ in range(examples):
        gold.append((first + random.integer(gold_labels)) % labels)
        is_right = random.uniform() < skill
        predicted.append(gold[-1] if is_right else (first + random.integer(predicted_labels)) % labels)
    return labels, gold, predicted


def figures(seed, labels, gold, predicted):
    per_label = precision_recall_fscore_support(gold, predicted, labels=range(labels), zero_division=0)[:3]
    found = [accuracy_score(gold, predicted), f1_score(gold, predicted, average="macro", zero_division=0),
             matthews_corrcoef(gold, predicted)]
    found += [sum((i + 1) * value for i, value in enumerate(values)) for values in per_label]
    if labels == 2:
        found += precision_recall_fscore_support(
            gold, predicted, pos_label=seed % 2, labels=[0, 1], average="binary", zero_division=0)[:3]
    return found


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="A single label was found")
    missing = alone = 0
    for seed in range(CASES):
        labels, gold, predicted = case(seed)
        missing += len(set(gold) | set(predicted)) < labels
        alone += len(set(gold)) == 1 or len(set(predicted)) == 1
        print(*[round(1e6 * float(value)) for value in figures(seed, labels, gold, predicted)])
    assert missing > 500 and alone > 300, (missing, alone)
