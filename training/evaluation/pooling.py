"""Measures how best to pool a clip's windows into its score: their mean, their maximum, or half of each.

    python -m training.evaluation.pooling --logits CACHE/fold-3/logits --out training/runs/pooling.json

LOGITS is what `npm run logits` wrote for one fold's test sets. Prints macro AUC and mAP over the labels that a set has.
`outside` is never measured: no lever is chosen by that test.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.evaluation.metrics import macro_figures

POOLINGS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean": lambda windows: windows.mean(0),
    "half mean, half maximum": lambda windows: (windows.mean(0) + windows.max(0)) / 2,
    "maximum": lambda windows: windows.max(0),
}
SETS = (
    "clean",
    "mixture-2",
    "mixture-3",
    "babble-10",
    "white-10",
    "band-8k",
    "band-4k",
    "gain-30",
    "room-small",
    "room-large",
)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logits", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    table: dict[str, dict[str, dict[str, float]]] = {}
    for name in SETS:
        told = json.loads((arguments.logits / f"{name}.json").read_text())
        truth = np.array([[label in clip["labels"] for label in told["labels"]] for clip in told["clips"]])
        windows = [1 / (1 + np.exp(-np.array(clip["logits"]))) for clip in told["clips"]]
        present = truth.any(0)
        table[name] = {}
        for pooling, pool in POOLINGS.items():
            score = np.array([pool(clip) for clip in windows])
            figures = macro_figures(truth[:, present], score[:, present])
            table[name][pooling] = {figure: round(value, 4) for figure, value in figures.items()}
        print(name, json.dumps(table[name]))
    arguments.out.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
