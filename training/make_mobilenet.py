"""From the data folder to a model folder with the network that started from `mn04_as`, in CACHE/models.

    python -m training.make_mobilenet --data DATA --cache CACHE --leave-out 4

Runs from the repository's root. What is already in CACHE is not made again, and an interrupted training resumes from its
last checkpoint. A network for tests hears neither one fold nor one half of the sources of `more.csv`, from its first step
on; without `--leave-out`, a network hears everything. `--most` limits how many clips of each source of `more.csv` are used, to
save time. None of this ships until its figures are better than those of the shipped model.
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

# What a network for tests does not hear: a fold, and a half of `more.csv` (lists/more-halves.csv).
LEFT_OUT = {"4": ("4", "a"), "2": ("2", "b"), None: ()}
SPEC = Path("training/network/window_features.json")
# The lists of the data folder, and the columns that are read of them.
LISTS_READ = {
    "clips.csv": ["file", "source", "fold", "labels", "licence"],
    "extra.csv": ["file", "source", "labels", "licence"],
    "more.csv": ["file", "source", "labels", "licence"],
}
SEED = 2017


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


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--leave-out", choices=("2", "4"), help="fold that is not heard, with its half of more.csv")
    parser.add_argument("--most", type=int, default=10_000, help="clips of one source of more.csv")
    parser.add_argument("--adapt-steps", type=int, default=5_000)
    parser.add_argument("--label-steps", type=int, default=3_600)
    parser.add_argument("--start", type=Path, help="a checkpoint to adapt from, in place of the teacher")
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
        folders = ["--data", data, "--cache", cache]
        left_out, name = LEFT_OUT[arguments.leave_out], arguments.leave_out or "all"
        adapted, kept = cache / f"adapted-{name}", cache / f"adapted-{name}.npz"
        steps = [
            "--variant",
            "resampled",
            "--steps",
            arguments.adapt_steps,
            "--decay-steps",
            arguments.adapt_steps // 3,
        ]
        beginning = ["--start", arguments.start] if arguments.start else []
        python("network.adapt", *folders, "--leave-out", *left_out, *steps, *beginning, "--out", adapted)
        python("network.checkpoint", adapted, kept)
        run = cache / f"labels-{name}"
        label_steps = ["--steps", arguments.label_steps]
        python("network.label_heads", *folders, "--start", kept, "--leave-out", *left_out, *label_steps, "--out", run)
        python("network.export_mobilenet", run, run)
        npm("export-model", "--run", run, "--name", f"earmark-mobilenet-{run.name}", "--into", cache / "models")
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: “{' '.join(error.cmd[:4])} …” ended with {error.returncode}; its own message stands above")


if __name__ == "__main__":
    main()
