"""Measures what each lever of training brings: short runs that differ in one thing each, on a fold that reports nothing.

    python training/levers.py --data DATA --debian DEBIAN/train --cache CACHE --broad CACHE/broad --sets SETS --out CACHE/levers

Every run learns from folds 1 and 2 and is tested on fold 3; fold 4, which the shipped model is tested on, is not heard.
SETS has a folder for each condition that `test_sets.py --fold 3` made, with `clips.csv` and `features/` of it by
`npm run features`. OUT gets a folder a run, and `levers.json`. Runs that are there are not made again.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from torch import nn

from augment import LEVERS
from data import Clip, read_features, read_rows
from network import Student
from train import averaged_weights, evaluate, load_checkpoint

HOLD_OUT = "3,4"
NOTHING = np.zeros((1, 1), np.float16)


def runs(broad: Path) -> dict[str, list[str]]:
    """What is left out, and the arguments that leave it out."""
    start = ["--start", str(broad)]
    return {
        "nothing": start,
        "the broad start": [],
        **{lever: [*start, "--without", lever] for lever in ("teacher", "opinion", *LEVERS)},
    }


def read_set(folder: Path) -> list[Clip]:
    """The clips of one condition."""
    columns_of, _ = read_features([folder / "features"])
    rows = read_rows(folder / "clips.csv")
    return [
        Clip(row["file"], columns_of[row["file"]], tuple(row["labels"].split(";")), True, "esc50", "3", "", NOTHING, NOTHING)
        for row in rows
    ]


def load(run: Path, name: str, labels: int) -> nn.Module:
    """A finished run's network: with `averaged` or with plain weights."""
    state = load_checkpoint(run)[name]
    state = averaged_weights(state) if name == "averaged" else state
    model = Student(labels, state["scores.weight"].shape[0], state["teacher_embedding.weight"].shape[0])
    model.load_state_dict(state)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "debian", "cache", "broad", "sets", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2000)
    arguments = parser.parse_args()
    conditions = {folder.parent.name: read_set(folder.parent) for folder in sorted(arguments.sets.glob("*/features"))}

    table = []
    for left_out, options in runs(arguments.broad).items():
        run = arguments.out / left_out.replace(" ", "-")
        if not (run / "checkpoint.pt").exists():
            command = [sys.executable, str(Path(__file__).parent / "train.py"), "--data", arguments.data]
            command += ["--debian", arguments.debian, "--cache", arguments.cache, "--hold-out", HOLD_OUT]
            command += ["--steps", str(arguments.steps), "--decay-steps", str(arguments.steps // 4), "--out", run, *options]
            subprocess.run(list(map(str, command)), check=True)
        trained = json.loads((run / "run.json").read_text())
        for weights in ("averaged", "model") if left_out == "nothing" else ("averaged",):
            network = load(run, weights, len(trained["labels"]))
            figures = {c: evaluate(network, clips, trained["labels"], trained["spec"]) for c, clips in conditions.items()}
            table.append({"leftOut": left_out if weights == "averaged" else "averaging of weights", "conditions": figures})
            print(json.dumps(table[-1]), flush=True)
    result = {"learnsFrom": "folds 1 and 2", "testedOn": "fold 3", "steps": arguments.steps, "runs": table}
    (arguments.out / "levers.json").write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
