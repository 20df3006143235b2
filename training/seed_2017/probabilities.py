"""Measures why the network of the question gave only 0 or 1, and draws the figures of docs/probabilities.md.

    python -m training.seed_2017.probabilities --data DATA --cache CACHE --out docs/figures

Passes windows of fold 4 through the network at full width, with weights from N(0, 1) and with He's initialisation, and
writes `probabilities.json` and `probabilities-spread.svg`. Needs 2 GB of memory; nothing is trained.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import torch

from training.clips import read_clips
from training.network.train import evaluation_windows, shipped_spec
from training.seed_2017.architecture import Seed2017, initialise

matplotlib.use("svg")
from matplotlib import pyplot as plt

LABELS = 52
CLIPS = 12
SEED = 2017
METHODS = {"normal": "weights from N(0, 1)", "he": "He initialisation"}


def windows_of_fold_4(data: Path, cache: Path) -> torch.Tensor:
    """The middle window of some clips of ESC-50, [CLIPS, 1, frames, bands]."""
    clips, spec = read_clips(
        [data / "clips.csv"], sorted((cache / "features").glob("clips-[0-9]")), sorted(cache.glob("teacher-clips.npz"))
    )
    spec = shipped_spec(spec)
    chosen = [clip for clip in clips if clip.fold == "4" and clip.source == "esc50"][:: 400 // CLIPS][:CLIPS]
    return torch.cat([evaluation_windows(clip, spec)[3:4] for clip in chosen])


@torch.inference_mode()
def measure(model: Seed2017, windows: torch.Tensor) -> dict[str, Any]:
    """Spread of each layer's output before its activation, and the sigmoid of the logits."""
    activations = model.eval().activations(windows)
    probability = torch.sigmoid(activations[-1])
    return {
        "fanIn": [layer.weight[0].numel() for layer in model.layers()],
        "standardDeviations": [float(a.std()) for a in activations],
        "shareOutside": float(((probability < 0.01) | (probability > 0.99)).float().mean()),
        "shareExactly0Or1": float(((probability == 0) | (probability == 1)).float().mean()),
        "probabilities": probability.flatten().tolist(),
    }


def draw(found: dict[str, dict[str, Any]], path: Path) -> None:
    """Left: how the spread grows from layer to layer. Right: the resulting probabilities."""
    figure, (spread, outputs) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    names = ["conv 1", "conv 2", "conv 3", "dense", "logits"]
    for method, figures in found.items():
        spread.semilogy(names, figures["standardDeviations"], marker="o", label=METHODS[method])
        outputs.hist(figures["probabilities"], bins=np.linspace(0, 1, 41), alpha=0.6, label=METHODS[method])
    spread.set_ylabel("standard deviation before the activation")
    outputs.set_xlabel("sigmoid of the logits, untrained")
    outputs.set_ylabel("outputs")
    for axes in (spread, outputs):
        axes.legend(frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    windows = windows_of_fold_4(arguments.data, arguments.cache)
    found = {}
    for method in METHODS:
        torch.manual_seed(SEED)
        model = Seed2017(LABELS)
        initialise(model, method)
        found[method] = measure(model, windows)
        found[method]["parameters"] = sum(p.numel() for p in model.parameters())
    plt.rcParams["svg.hashsalt"] = "earmark"
    draw(found, arguments.out / "probabilities-spread.svg")
    for figures in found.values():
        del figures["probabilities"]
    (arguments.out / "probabilities.json").write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
