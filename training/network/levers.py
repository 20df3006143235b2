"""Measures the effect of each lever of training, on a fold that the networks were not trained on.

    python -m training.network.levers --data DATA --debian DEBIAN/train --cache CACHE --start CACHE/fine-3 --sets SETS --out CACHE/levers

A network trained without fold 3 is trained further in several runs, each without one lever. A lever's effect is the
difference from the run that leaves nothing out. The architecture and the fall of the learning rate cannot be changed in a
trained network, so they are compared on networks trained from scratch, as is distillation from an ensemble of these.
SETS has a folder for each condition that `test_sets.py --fold 3` made, with its `clips.csv` and its `features/` from
`npm run features`. OUT gets a folder per run, and `levers.json`. Finished runs are not repeated.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from torch import nn

from training.clips import Clip, read_features, read_rows
from training.make_model import steps_done
from training.network.architecture import Ensemble
from training.network.augment import LEVERS
from training.network.train import evaluate, load_network

HOLD_OUT = "3"
NOTHING = np.zeros((1, 1), np.float16)

# Conditions of the test sets: unchanged, and one of each degradation.
CONDITIONS = ("clean", "mixture-2", "babble-10", "white-10", "room-large", "band-4k-gain-30")


def read_set(folder: Path) -> list[Clip]:
    """The clips of one condition."""
    columns_of, _ = read_features([folder / "features"])
    rows = read_rows(folder / "clips.csv")
    return [
        Clip(
            row["file"],
            columns_of[row["file"]],
            tuple(row["labels"].split(";")),
            True,
            "esc50",
            "3",
            "",
            NOTHING,
            NOTHING,
        )
        for row in rows
    ]


def runs_from_nothing(out: Path) -> dict[str, list[str]]:
    """Name to options of train.py; the ensemble consists of the three architectures, which have the same cost."""
    architectures = [str(out / f"from-nothing-{name}") for name in ("shipped", "shallow", "deep")]
    return {
        "shipped": [],
        "shallow": ["--architecture", "shallow"],
        "deep": ["--architecture", "deep"],
        "cosine": ["--fall", "cosine"],
        "ensemble": ["--ensemble", *architectures],
    }


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "debian", "cache", "start", "sets", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=800, help="of the runs that leave something out")
    parser.add_argument("--steps-from-nothing", type=int, default=4000)
    arguments = parser.parse_args()
    conditions = {name: read_set(arguments.sets / name) for name in CONDITIONS}

    def train(name: str, steps: int, options: list[str]) -> Path:
        run: Path = arguments.out / name
        if steps_done(run) < steps:
            command = [sys.executable, "-m", "training.network.train", "--data", arguments.data]
            command += ["--debian", arguments.debian, "--cache", arguments.cache, "--hold-out", HOLD_OUT]
            command += ["--steps", steps, "--decay-steps", steps, *options, "--out", run]
            subprocess.run(list(map(str, command)), check=True)
        return run

    def measured(network: nn.Module, run: Path) -> dict[str, dict[str, float]]:
        trained = json.loads((run / "run.json").read_text())
        figures = {}
        for condition, clips in conditions.items():
            of_condition = evaluate(network, clips, trained["labels"], trained["spec"])
            figures[condition] = {name: round(value, 4) for name, value in of_condition.items()}
        print(run.name, figures, flush=True)
        return figures

    left_out = {}
    for lever in ("nothing", "teacher", "opinion", *LEVERS):
        options = ["--start", str(arguments.start)] + ([] if lever == "nothing" else ["--without", lever])
        run = train(lever.replace(" ", "-"), arguments.steps, options)
        left_out[lever] = measured(load_network(run), run)
        if lever == "nothing":
            left_out["averaging of weights"] = measured(load_network(run, "model"), run)

    from_nothing = {}
    for name, options in runs_from_nothing(arguments.out).items():
        run = train(f"from-nothing-{name}", arguments.steps_from_nothing, options)
        if name == "ensemble":
            students = Ensemble([load_network(Path(student)) for student in options[1:]])
            from_nothing["the three together"] = measured(students, run)
        from_nothing[name] = measured(load_network(run), run)

    result = {
        "testedOn": "fold 3",
        "leftOut": {"steps": arguments.steps, "runs": left_out},
        "fromNothing": {"steps": arguments.steps_from_nothing, "runs": from_nothing},
    }
    (arguments.out / "levers.json").write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
