"""Figures from the output of `npm run logits`: a clip's score is half the mean, half the maximum over its windows, uncalibrated.

    python -m training.evaluation.of_logits [--esc50] LOGITS.json ...

Accuracy and top-3 are among all labels of the model; `--esc50` leaves out speech and music, which ESC-50 does not have. AUC
and mAP are means over the labels that some clips have and some lack.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from training.evaluation.metrics import macro_figures

NOT_OF_ESC50 = ("speech", "music")


def figures(logits: dict[str, Any], esc50: bool = False) -> dict[str, float]:
    """Accuracy, top-3, macro AUC and mAP of one file."""
    labels = [label for label in logits["labels"] if not (esc50 and label in NOT_OF_ESC50)]
    indices = [logits["labels"].index(label) for label in labels]
    probabilities = [1 / (1 + np.exp(-np.array(clip["logits"])[:, indices])) for clip in logits["clips"]]
    scores = np.stack([(windows.mean(0) + windows.max(0)) / 2 for windows in probabilities])
    truth = np.array([[label in clip["labels"] for label in labels] for clip in logits["clips"]])
    best = np.where(truth, scores, -1).max(1, keepdims=True)
    rank = (scores > best).sum(1)
    measured = truth.any(0) & ~truth.all(0)
    shares = {"accuracy": float((rank < 1).mean()), "top3": float((rank < 3).mean())}
    return {**shares, **macro_figures(truth[:, measured], scores[:, measured])}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logits", type=Path, nargs="+", metavar="LOGITS.json")
    parser.add_argument("--esc50", action="store_true", help="leave speech and music out")
    arguments = parser.parse_args()
    for path in arguments.logits:
        found = figures(json.loads(path.read_text()), arguments.esc50)
        print(f"{path}: " + "  ".join(f"{name} {value:.4f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
