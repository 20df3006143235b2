"""Measures what each lever of training brings: a trained network goes on without it, and is tested on a fold it did not hear.

    python training/levers.py --data DATA --debian DEBIAN/train --cache CACHE --start CACHE/fine-3 --sets SETS --out CACHE/levers

Every run starts from the same network, which learned without fold 3, takes the same steps and lacks one thing; what it
then does worse than the run that lacks nothing, the lever brings. SETS has a folder for each condition that
`test_sets.py --fold 3` made, with `clips.csv` and `features/` of it by `npm run features`. OUT gets a folder a run, and
`levers.json`. Runs that are there are not made again.
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

HOLD_OUT = "3"
NOTHING = np.zeros((1, 1), np.float16)

# Of the sets: microphones as they are, and each way in which they get worse.
CONDITIONS = ("clean", "mixture-2", "babble-10", "white-10", "room-large", "band-4k-gain-30")


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
    for name in ("data", "debian", "cache", "start", "sets", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=800)
    arguments = parser.parse_args()
    conditions = {name: read_set(arguments.sets / name) for name in CONDITIONS}

    table = []
    for lever in ("nothing", "teacher", "opinion", *LEVERS):
        run = arguments.out / lever.replace(" ", "-")
        if not (run / "checkpoint.pt").exists():
            command = [sys.executable, Path(__file__).parent / "train.py", "--data", arguments.data]
            command += ["--debian", arguments.debian, "--cache", arguments.cache, "--hold-out", HOLD_OUT]
            command += ["--start", arguments.start, "--steps", arguments.steps, "--decay-steps", arguments.steps, "--out", run]
            command += [] if lever == "nothing" else ["--without", lever]
            subprocess.run(list(map(str, command)), check=True)
        trained = json.loads((run / "run.json").read_text())
        for weights in ("averaged", "model") if lever == "nothing" else ("averaged",):
            network = load(run, weights, len(trained["labels"]))
            figures = {}
            for condition, clips in conditions.items():
                measured = evaluate(network, clips, trained["labels"], trained["spec"])
                figures[condition] = {name: round(value, 4) for name, value in measured.items()}
            table.append({"leftOut": lever if weights == "averaged" else "averaging of weights", "conditions": figures})
            print(json.dumps(table[-1]), flush=True)
    result = {"testedOn": "fold 3", "steps": arguments.steps, "runs": table}
    (arguments.out / "levers.json").write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
