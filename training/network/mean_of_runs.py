"""Makes a run from the mean of two runs' averaged weights (Wortsman et al. 2022, “Robust fine-tuning”).

    python -m training.network.mean_of_runs CACHE/before-4 CACHE/after-4 --out CACHE/mean-4

The second run must have started from the first. Then every interpolation between them works, and the mean keeps some of
what the second run forgot. OUT gets `checkpoint.pt`, `run.json` and `weights.npz`, like the second run.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training.network.export import folded_weights
from training.network.train import load_checkpoint, load_network


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    before, after = load_checkpoint(arguments.before), load_checkpoint(arguments.after)
    mean = {
        name: (before["averaged"][name] + tensor) / 2 if tensor.is_floating_point() else tensor
        for name, tensor in after["averaged"].items()
    }
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save(after | {"averaged": mean}, arguments.out / "checkpoint.pt")
    run = json.loads((arguments.after / "run.json").read_text())
    run |= {"meanWith": arguments.before.name, "history": []}
    (arguments.out / "run.json").write_text(json.dumps(run, indent=1))
    np.savez(arguments.out / "weights.npz", **folded_weights(load_network(arguments.out)))  # type: ignore[arg-type]  # names of weights


if __name__ == "__main__":
    main()
