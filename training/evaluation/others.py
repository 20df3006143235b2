"""How well AudioSet's classes are recognised in other people's recordings: our networks compared with the untouched teacher.

    python -m training.evaluation.others --data DATA --set development --features FEATURES --teacher TEACHER.npz --run RUN ...

FEATURES and TEACHER.npz are what `npm run features` and teachers/mn04.py made from the list that `--list` writes. A class is
measured if at least LEAST_CLIPS clips of the set have its name; the other clips are its negatives. `sealed` is not an option
here: it is run once, at the end.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from training.clips import LISTS, read_features, read_rows
from training.evaluation.metrics import roc_auc
from training.network.adapt import class_names, classes_by_label, clip_scores, outputs_of_clip
from training.network.adaptation_data import HeardClip, read_teacher_outputs
from training.network.checkpoint import load_network
from training.teachers.mn04 import windows_inside

SETS = ("development", "outside")
LEAST_CLIPS = 3


def rows_of_set(data: Path, name: str) -> list[dict[str, str]]:
    """Rows of `tests.csv` whose source is in a set."""
    set_of = {row["source"]: row["set"] for row in read_rows(LISTS / "test-sources.csv")}
    return [row for row in read_rows(data / "tests.csv") if set_of[row["source"]] == name]


def auc_by_class(rows: list[dict[str, str]], scores: np.ndarray, names: list[str]) -> dict[str, float]:
    """Area under the ROC curve of each class that enough clips have."""
    labels = [set(row["labels"].split(";")) for row in rows]
    found = {}
    for i, name in enumerate(names):
        positive = np.array([name in of_clip for of_clip in labels])
        if positive.sum() >= LEAST_CLIPS and not positive.all():
            found[name] = roc_auc(positive, scores[:, i])
    return found


def top_share(rows: list[dict[str, str]], scores: np.ndarray, names: list[str], most: int) -> float:
    """Of the clips with a class of ours, the share with one of these classes among the `most` strongest of the 527."""
    hits = []
    for row, of_clip in zip(rows, scores, strict=True):
        wanted = [i for i, name in enumerate(names) if name in row["labels"].split(";")]
        if wanted:
            rank = (of_clip > of_clip[wanted].max()).sum()
            hits.append(rank < most)
    return float(np.mean(hits))


def rows_with_labels(
    rows: list[dict[str, str]], classes: dict[str, list[int]], names: list[str]
) -> list[dict[str, str]]:
    """The same clips, with our labels for their classes; none if no label of ours fits."""

    def labels_of(row: dict[str, str]) -> str:
        indices = {names.index(name) for name in row["labels"].split(";") if name in names}
        return ";".join(label for label, meaning in classes.items() if indices & set(meaning))

    return [{**row, "labels": labels_of(row)} for row in rows]


def label_scores(scores: np.ndarray, classes: dict[str, list[int]]) -> np.ndarray:
    """A label is as probable as the strongest class that means it."""
    return np.stack([scores[:, indices].max(1) for indices in classes.values()], 1)


def scores_of_run(run: Path, columns_of: dict[str, np.ndarray], rows: list[dict[str, str]]) -> list[np.ndarray]:
    """A clip's scores from a network (a run or a checkpoint): the 527 classes and, if it has them, our labels."""
    network, facts = load_network(run)
    empty = np.empty((0, 0))
    found: list[list[np.ndarray]] = []
    for row in rows:
        clip = HeardClip(row["file"], row["source"], "", (), columns_of[row["file"]], empty, empty)
        found.append([clip_scores(logits) for logits in outputs_of_clip(network, clip, facts["spec"])[2:]])
    return [np.stack(scores) for scores in zip(*found, strict=True)]


def scores_of_teacher(path: Path, rows: list[dict[str, str]]) -> np.ndarray:
    """A clip's scores from the teacher's own windows, those that start inside the clip."""
    heard = read_teacher_outputs([path])
    return np.stack([clip_scores(torch.tensor(windows_inside(heard[row["file"]][1]))) for row in rows])


def write_table(
    rows: list[dict[str, str]], systems: dict[str, np.ndarray], names: list[str], write: Callable[[str], None]
) -> None:
    """Prints mean AUC, top-1 and top-3 of each system, then the AUC of each class or label."""
    by_system = {system: auc_by_class(rows, scores, names) for system, scores in systems.items()}
    for system, scores in systems.items():
        mean = np.mean(list(by_system[system].values()))
        shares = "  ".join(f"top-{most} {100 * top_share(rows, scores, names, most):.1f} %" for most in (1, 3))
        write(f"{system}: mean AUC of {len(by_system[system])} {mean:.3f}  {shares}")
    for name in next(iter(by_system.values())):
        write(f"  {name}: " + "  ".join(f"{by_system[system][name]:.3f}" for system in systems))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", choices=SETS, default="development")
    parser.add_argument("--list", type=Path, help="write the set's clips to this list, and end")
    parser.add_argument("--features", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--run", type=Path, nargs="*", default=[])
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    rows = rows_of_set(arguments.data, arguments.set)
    if arguments.list:
        with arguments.list.open("w", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return
    columns_of, _ = read_features([arguments.features])
    known = read_teacher_outputs([arguments.teacher])
    rows = [row for row in rows if row["file"] in columns_of and row["file"] in known]
    names = class_names(arguments.data)
    classes = classes_by_label(arguments.data)
    systems = {"mn04_as, untouched": scores_of_teacher(arguments.teacher, rows)}
    by_label = {"mn04_as, untouched, by name": label_scores(systems["mn04_as, untouched"], classes)}
    for run in arguments.run:
        systems[str(run)], *of_labels = scores_of_run(run, columns_of, rows)
        by_label[f"{run}, by name"] = label_scores(systems[str(run)], classes)
        by_label |= {f"{run}, its labels": scores for scores in of_labels}
    print(f"{len(rows)} clips of {arguments.set}, among the 527 classes")
    write_table(rows, systems, names, print)
    print(f"\nAmong our {len(classes)} labels")
    write_table(rows_with_labels(rows, classes, names), by_label, list(classes), print)


if __name__ == "__main__":
    main()
