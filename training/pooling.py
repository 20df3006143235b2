"""Measures how a clip's score is best made from its windows: their mean, their maximum, or half of each.

    python training/pooling.py --logits CACHE/fold-3/logits --out training/runs/pooling.json

LOGITS is what `npm run logits` wrote of one fold's test sets. Prints macro AUC and mAP over the labels that a set has.
Never of `outside`: a lever is not chosen by that test.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from metrics import average_precision, roc_auc

POOLINGS = {
    "mean": lambda windows: windows.mean(0),
    "half mean, half maximum": lambda windows: (windows.mean(0) + windows.max(0)) / 2,
    "maximum": lambda windows: windows.max(0),
}
SETS = ("clean", "mixture-2", "mixture-3", "babble-10", "white-10", "band-8k", "band-4k", "gain-30", "room-small", "room-large")


def figures(truth: np.ndarray, score: np.ndarray) -> dict[str, float]:
    """Of scores [clips, labels] against boolean truth of the same shape."""
    present = np.flatnonzero(truth.any(0))
    return {
        "macroAuc": round(float(np.mean([roc_auc(truth[:, i], score[:, i]) for i in present])), 4),
        "mAP": round(float(np.mean([average_precision(truth[:, i], score[:, i]) for i in present])), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logits", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    table = {}
    for name in SETS:
        told = json.loads((arguments.logits / f"{name}.json").read_text())
        truth = np.array([[label in clip["labels"] for label in told["labels"]] for clip in told["clips"]])
        windows = [1 / (1 + np.exp(-np.array(clip["logits"]))) for clip in told["clips"]]
        table[name] = {pooling: figures(truth, np.array([pool(w) for w in windows])) for pooling, pool in POOLINGS.items()}
        print(name, json.dumps(table[name]))
    arguments.out.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
