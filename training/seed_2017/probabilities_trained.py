"""Measures the effect of initialisation and loss on the question's network at 1/8 width.

The figures are the trained half of docs/probabilities.md.

    python -m training.seed_2017.probabilities_trained --data DATA --cache CACHE --hold-out 4 --steps 300 --out docs/figures

Trains it four times, briefly, on the same examples: weights from N(0, 1) or He's, the loss on logits or, as a deliberate
mistake, on their sigmoid. Writes `probabilities-trained.json`, tested on the clips of ESC-50 in the fold that is held out.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training.clips import read_label_ids
from training.evaluation.metrics import calibration_error
from training.seed_2017.architecture import Seed2017, initialise
from training.seed_2017.train import (
    BATCH,
    SEED,
    SHARE,
    Crops,
    clip_probabilities,
    figures_of,
    read_labelled,
    train,
    training_clips,
)


def cross_entropy(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Sigmoid cross-entropy of a window, summed over its labels."""
    return F.binary_cross_entropy_with_logits(logits, targets, reduction="none").sum(1).mean()


LOSSES = {
    "loss on logits": cross_entropy,
    "sigmoid before the loss": lambda logits, targets: cross_entropy(torch.sigmoid(logits), targets),
}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--hold-out", default="4")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    labels = read_label_ids()
    clips, spec = read_labelled(arguments.data, arguments.cache)
    training = training_clips(clips, arguments.hold_out)
    testing = [clip for clip in clips if clip.fold == arguments.hold_out and clip.source == "esc50"]
    truth = np.array([[label in clip.labels for label in labels] for clip in testing])
    found = []
    for initialisation in ("normal", "he"):
        for loss_name, loss in LOSSES.items():
            torch.manual_seed(SEED)
            model = Seed2017(len(labels), SHARE)
            initialise(model, initialisation)
            name = f"{initialisation}, {loss_name}"
            losses = train(model, Crops(training, spec, labels, SEED), arguments.steps, loss, name)
            probability = clip_probabilities(model, testing, spec)
            found.append(
                {
                    "initialisation": initialisation,
                    "loss": loss_name,
                    "steps": arguments.steps,
                    "batch": BATCH,
                    **figures_of(probability, testing, labels),
                    "shareOutside": float(((probability < 0.01) | (probability > 0.99)).mean()),
                    "shareExactly0Or1": float(((probability == 0) | (probability == 1)).mean()),
                    "presentBelow0.001": float((probability[truth] < 0.001).mean()),
                    "absentAbove0.999": float((probability[~truth] > 0.999).mean()),
                    "absentMean": float(probability[~truth].mean()),
                    "calibrationError": calibration_error(probability, truth),
                    "firstLoss": float(np.mean(losses[:10])),
                    "lastLoss": float(np.mean(losses[-10:])),
                }
            )
            print(json.dumps(found[-1], indent=1), flush=True)
    (arguments.out / "probabilities-trained.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
