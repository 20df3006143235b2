"""Counts the clips with false alarms, labels that are recognised but not in the clip.

    python -m training.evaluation.false_alarms CACHE/instruments/test.json …

Each file is what `npm run logits` wrote for one set. A label counts as recognised if its score, half the mean and half the
maximum over a clip's windows, is above one half before calibration.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from training.evaluation.pooling import POOLINGS

HEARD = 0.5


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logits", type=Path, nargs="+")
    pool = POOLINGS["half mean, half maximum"]
    for path in parser.parse_args().logits:
        told = json.loads(path.read_text())
        windows = [1 / (1 + np.exp(-np.array(clip["logits"]))) for clip in told["clips"]]
        heard = np.array([pool(of_clip) > HEARD for of_clip in windows])
        absent = np.array([[label not in clip["labels"] for label in told["labels"]] for clip in told["clips"]])
        counts = (heard & absent).sum(0)
        false = [f"{told['labels'][i]} {counts[i]}" for i in np.argsort(-counts, kind="stable") if counts[i]]
        print(f"{path}: {len(windows)} clips; {', '.join(false) or 'no false alarm'}")


if __name__ == "__main__":
    main()
