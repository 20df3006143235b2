"""From the data folder to the model folder that ships: the network that started from `mn04_as`.

    python -m training.make_mobilenet --data DATA --cache CACHE

Runs from the repository's root. What is already in CACHE is not made again, and an interrupted training resumes from its
last checkpoint. The tested network hears neither one fold nor one half of the sources of `more.csv`, from its first step on;
the shipped one goes on from it with everything. Then ship.py writes public/models/NAME. With `--leave-out 2`, only the tested
network is made: figures, calibration and thresholds are those of fold 4. `--most` limits how many clips of each source of
`more.csv` are used, to save time.
"""

import argparse
import csv
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from training.clips import NON_COMMERCIAL, TESTED_SOURCES, read_clip_rows, read_rows
from training.labels import UnusableLabelsError, read_list
from training.make_model import npm, python
from training.ship import FOLD

# What a network for tests does not hear: a fold, and a half of `more.csv` (lists/more-halves.csv).
LEFT_OUT = {"4": ("4", "a"), "2": ("2", "b")}
SPEC = Path("training/network/window_features.json")
# The lists of the data folder, and the columns that are read of them.
LISTS_READ = {
    "clips.csv": ["file", "source", "fold", "labels", "licence"],
    "extra.csv": ["file", "source", "labels", "licence"],
    "more.csv": ["file", "source", "labels", "licence"],
}
SEED = 2017
LABELS = Path("training/checkpoints/earmark-120-labels.txt")
BATCH = 32
ADAPT_STEPS, LABEL_STEPS, STEPS_ON_EVERYTHING, STEPS_AFTER_MOVING = 5_000, 11_600, 2_200, 3_000
NEW_HEADS_STEPS = 300
# How far a network moves back to its teacher before the steps after moving, and at the end, where the first layers stay.
TEACHER_SHARE_BETWEEN, TEACHER_SHARE_AT_END, FIRST_LAYER_AT_END = 0.4, 0.2, 9


def some_of_each_source(rows: list[dict[str, str]], most: int) -> list[dict[str, str]]:
    """At most this many clips of one source, drawn at random."""
    drawn = list(rows)
    random.Random(SEED).shuffle(drawn)
    taken: Counter[str] = Counter()
    kept = []
    for row in drawn:
        taken[row["source"]] += 1
        if taken[row["source"]] <= most:
            kept.append(row)
    return kept


def write_list(path: Path, rows: list[dict[str, str]]) -> Path:
    """Writes a list of clips."""
    with path.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lists(data: Path, cache: Path, most: int) -> dict[str, Path]:
    """Lists of all training data, by the name of their features and teacher outputs: nothing from `tests.csv`."""
    more = [row for row in read_rows(data / "more.csv") if row["source"] not in TESTED_SOURCES]
    folds = [row for row in read_clip_rows(data / "clips.csv") if NON_COMMERCIAL not in row["licence"]]
    extra = [row for row in read_rows(data / "extra.csv") if row["source"] == "cc-sounds"]
    return {
        "clips": write_list(cache / "folds.csv", folds),
        "extra": write_list(cache / "extra-cc.csv", extra),
        "more": write_list(cache / "more-heard.csv", some_of_each_source(more, most)),
    }


def hear(name: str, clips: Path, root: Path, data: Path, cache: Path) -> None:
    """Features and teacher outputs of one list, unless they exist."""
    features, heard = cache / "features" / f"{name}-0", cache / "teacher" / f"{name}.npz"
    if not (features / "index.json").exists():
        npm("features", "--clips", clips, "--root", root, "--out", features, "--spec", SPEC)
    if not heard.exists():
        heard.parent.mkdir(parents=True, exist_ok=True)
        weights = data / "teacher" / "mn04_as.npz"
        python("teachers.mn04", "--clips", clips, "--root", root, "--weights", weights, "--out", heard)


class Networks:
    """The trainings, each from a checkpoint in the cache to another one."""

    def __init__(self, data: Path, cache: Path, left_out: str) -> None:
        self.data, self.cache, self.left_out = data, cache, left_out

    def make_tested(self) -> Path:
        """The network that did not hear the fold and its half."""
        own, unheard = self.left_out, LEFT_OUT[self.left_out]
        rates = ["--variant", "resampled", "--decay-steps", ADAPT_STEPS // 3]
        adapted = self.trained("network.adapt", f"adapted-{own}", unheard, ADAPT_STEPS, *rates)
        first = self.with_labels(f"labels-{own}", adapted, unheard, LABEL_STEPS, NEW_HEADS_STEPS)
        return self.finished(own, first, unheard)

    def make_shipped(self) -> Path:
        """The same network after it has heard everything but the reserved clips."""
        first = self.with_labels("labels-all", self.cache / f"labels-{self.left_out}.npz", (), STEPS_ON_EVERYTHING)
        return self.finished("all", first, ())

    def finished(self, name: str, first: Path, unheard: tuple[str, ...]) -> Path:
        """Moved back to the teacher, trained on, and moved back a little once more."""
        moved = self.moved(f"moved-{name}", [first], TEACHER_SHARE_BETWEEN, 0)
        again = self.with_labels(f"again-{name}", moved, unheard, STEPS_AFTER_MOVING)
        return self.moved(f"finished-{name}", [first, again], TEACHER_SHARE_AT_END, FIRST_LAYER_AT_END)

    def with_labels(self, name: str, start: Path, unheard: tuple[str, ...], steps: int, heads_steps: int = 0) -> Path:
        """Trained on labels; new heads learn alone first."""
        given = ["--start", start, "--heads-steps", heads_steps]
        return self.trained("network.label_heads", name, unheard, steps, *given)

    def trained(self, module: str, name: str, unheard: tuple[str, ...], steps: int, *options: object) -> Path:
        """The checkpoint of a run, which is resumed if it was interrupted."""
        run, kept = self.cache / name, self.cache / f"{name}.npz"
        if not kept.exists():
            folders = ["--data", self.data, "--cache", self.cache, "--leave-out", *unheard]
            python(module, *folders, "--steps", steps, "--batch", BATCH, *options, "--out", run)
            python("network.checkpoint", run, kept)
        return kept

    def moved(self, name: str, runs: list[Path], teacher_share: float, first_layer: int) -> Path:
        """The mean of networks with a share of the teacher."""
        out = self.cache / f"{name}.npz"
        if not out.exists():
            given = ["--data", self.data, "--share", 1 - teacher_share, "--from-layer", first_layer, "--out", out]
            python("network.towards_teacher", *runs, *given)
        return out


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument(
        "--leave-out", choices=LEFT_OUT, default=FOLD, help="fold that the tested network does not hear"
    )
    parser.add_argument("--most", type=int, default=10_000, help="clips of one source of more.csv")
    arguments = parser.parse_args()
    data, cache = arguments.data, arguments.cache
    try:
        for list_name, columns in LISTS_READ.items():
            read_list(data / list_name, columns)
    except UnusableLabelsError as error:
        sys.exit(str(error))
    cache.mkdir(parents=True, exist_ok=True)
    try:
        if not (cache / "noise").exists():
            python("sources.noise", cache / "noise")
        for clips_name, clips in write_lists(data, cache, arguments.most).items():
            hear(clips_name, clips, data / "clips", data, cache)
        hear("noise", cache / "noise" / "noise.csv", cache / "noise", data, cache)
        networks = Networks(data, cache, arguments.leave_out)
        tested = networks.make_tested()
        if arguments.leave_out == FOLD:
            made = ["--tested", tested, "--shipped", networks.make_shipped(), "--only", LABELS]
            python("ship", "--data", data, "--cache", cache, *made)
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: “{' '.join(error.cmd[:4])} …” ended with {error.returncode}; its own message stands above")


if __name__ == "__main__":
    main()
