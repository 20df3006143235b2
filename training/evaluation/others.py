"""How well our labels are recognised in other people's recordings: our networks beside the untouched teacher and YAMNet.

    python -m training.evaluation.others --data DATA --set development --list CLIPS.csv
    python -m training.evaluation.others --data DATA --set development --features FEATURES --teacher TEACHER.npz \
        --yamnet YAMNET.npz --only IDS.txt --run RUN ...

`--list` writes the set's clips; `npm run features`, teachers/mn04.py and teachers/yamnet.py make the other files from it.
`--only` names the labels to rank among, one a line. For a peer, a label is as probable as the strongest class that means it or
one below it. A clip is right if one of its labels, or one below them, is above all others; labels above them are left out of
the ranking. AUC is measured where LEAST_CLIPS clips of the set have a label. `sealed` is for networks that are final: what was
measured on it must not choose anything.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.clips import LISTS, read_features, read_rows
from training.evaluation.metrics import roc_auc
from training.labels import labels_above, labels_by_class, labels_of_clip, read_candidates
from training.network.adapt import class_names, clip_scores, outputs_of_clip
from training.network.adaptation_data import HeardClip, read_teacher_outputs
from training.network.checkpoint import load_any_network
from training.network.label_outputs import LabelOutputs, read_label_outputs
from training.teachers.mn04 import windows_inside

SETS = ("development", "outside")
EVERY_SET = (*SETS, "sealed")
LEAST_CLIPS = 3
LEAD = 0.02


@dataclass
class LabelledClips:
    """Clips of a set, and which of the labels they have: [clips, labels] each."""

    files: list[str]
    has: np.ndarray
    right: np.ndarray  # what counts as right: the clip's own labels and those below them
    ranked: np.ndarray  # all labels except those above the clip's own


def rows_of_set(data: Path, name: str) -> list[dict[str, str]]:
    """Rows of `tests.csv` whose source is in a set."""
    set_of = {row["source"]: row["set"] for row in read_rows(LISTS / "test-sources.csv")}
    return [row for row in read_rows(data / "tests.csv") if set_of[row["source"]] == name]


def labelled(rows: list[dict[str, str]], data: Path, ids: list[str]) -> LabelledClips:
    """The clips of a list that have one of these labels."""
    candidates = read_candidates()
    by_class, above = labels_by_class(data, candidates), labels_above(candidates)
    files, has, right, ranked = [], [], [], []
    for row in rows:
        full = labels_of_clip(row["labels"].split(";"), by_class, above)
        own = {label for label in full & set(ids) if not any(label in above[other] for other in full & set(ids))}
        if not own:
            continue
        higher = {up for label in own for up in above[label]}
        files.append(row["file"])
        has.append([label in full for label in ids])
        right.append([label in own or bool(own & above[label]) for label in ids])
        ranked.append([label not in higher for label in ids])
    return LabelledClips(files, np.array(has), np.array(right), np.array(ranked))


def ranks(clips: LabelledClips, scores: np.ndarray) -> np.ndarray:
    """How many wrong labels are above the best right one, by clip."""
    best = np.where(clips.right, scores, -1).max(1, keepdims=True)
    return (clips.ranked & ~clips.right & (scores > best)).sum(1)


def auc_by_label(clips: LabelledClips, scores: np.ndarray, ids: list[str]) -> dict[str, float]:
    """Area under the ROC curve of each label that enough clips have; clips of what is above it may have it, and are left out."""
    found = {}
    for i, label in enumerate(ids):
        positive, known = clips.has[:, i], clips.has[:, i] | clips.ranked[:, i] & ~clips.right[:, i]
        if positive.sum() >= LEAST_CLIPS and not positive[known].all():
            found[label] = roc_auc(positive[known], scores[known, i])
    return found


def scores_of_run(run: Path, columns_of: dict[str, np.ndarray], files: list[str]) -> list[np.ndarray]:
    """A clip's scores from a network (a run or a checkpoint): the 527 classes and, if it has them, our labels."""
    network, facts = load_any_network(run)
    empty = np.empty((0, 0))
    found: list[list[np.ndarray]] = []
    for file in files:
        clip = HeardClip(file, "", "", (), columns_of[file], empty, empty)
        found.append([clip_scores(logits) for logits in outputs_of_clip(network, clip, facts["spec"])[2:]])
    return [np.stack(scores) for scores in zip(*found, strict=True)]


def scores_of_teacher(path: Path, files: list[str]) -> np.ndarray:
    """A clip's scores from the teacher's own windows, those that start inside the clip."""
    heard = read_teacher_outputs([path])
    return np.stack([clip_scores(torch.tensor(windows_inside(heard[file][1]))) for file in files])


def scores_of_yamnet(path: Path, files: list[str], class_map: Path, names: list[str]) -> np.ndarray:
    """A clip's scores from YAMNet, in the order of the 527 classes; 0 for those that it lacks."""
    with np.load(path) as archive:
        ends = np.cumsum(archive["windows"])
        spans = dict(zip(map(str, archive["files"]), zip([0, *ends[:-1]], ends, strict=True), strict=True))
        probabilities = archive["scores"].astype(np.float32)
    index_of = {row["display_name"]: i for i, row in enumerate(read_rows(class_map))}
    scores = np.zeros((len(files), len(names)), np.float32)
    for row, file in zip(scores, files, strict=True):
        windows = probabilities[slice(*spans[file])]
        of_clip = (windows.mean(0) + windows.max(0)) / 2
        row[:] = [of_clip[index_of[name]] if name in index_of else 0 for name in names]
    return scores


def by_name(scores: np.ndarray, outputs: LabelOutputs) -> np.ndarray:
    """A label is as probable as the strongest class that means it, or one below it."""
    return np.stack([scores[:, indices].max(1) for indices in outputs.classes], 1)


def print_table(clips: LabelledClips, systems: dict[str, np.ndarray], ids: list[str], peers: list[str]) -> None:
    """Prints mean AUC, top-1 and top-3 of each system, and the AUC of each label."""
    aucs = {system: auc_by_label(clips, scores, ids) for system, scores in systems.items()}
    for system, scores in systems.items():
        rank = ranks(clips, scores)
        missed = (scores[clips.has] < 0.001).mean()
        led = [label for label, auc in aucs[system].items() if max(aucs[peer][label] for peer in peers) > auc + LEAD]
        print(
            f"{system}: mean AUC of {len(aucs[system])} {np.mean(list(aucs[system].values())):.3f}  "
            f"top-1 {100 * (rank < 1).mean():.1f} %  top-3 {100 * (rank < 3).mean():.1f} %  "
            f"present and below 0.001 {100 * missed:.1f} %  a peer leads in {len(led)}: {' '.join(led)}"
        )
    for label in next(iter(aucs.values())):
        print(f"  {label}: " + "  ".join(f"{aucs[system][label]:.3f}" for system in systems))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", choices=EVERY_SET, default="development")
    parser.add_argument("--list", type=Path, help="write the set's clips to this list, and end")
    parser.add_argument("--features", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--yamnet", type=Path)
    parser.add_argument("--only", type=Path, metavar="IDS.txt")
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
    outputs = read_label_outputs(arguments.data)
    ids = arguments.only.read_text().split() if arguments.only else outputs.ids
    kept = [outputs.index(label) for label in ids]
    clips = labelled([row for row in rows if row["file"] in columns_of], arguments.data, ids)
    names = class_names(arguments.data)
    systems = {"mn04_as, untouched": by_name(scores_of_teacher(arguments.teacher, clips.files), outputs)}
    if arguments.yamnet:
        class_map = arguments.data / "teacher" / "yamnet_class_map.csv"
        systems["YAMNet"] = by_name(scores_of_yamnet(arguments.yamnet, clips.files, class_map, names), outputs)
    peers = list(systems)
    for run in arguments.run:
        classes, of_labels = scores_of_run(run, columns_of, clips.files)
        systems[f"{run}, by name"] = by_name(classes, outputs)
        systems[str(run)] = outputs.raise_parents(of_labels)
    print(f"{len(clips.files)} clips of {arguments.set}, among {len(ids)} labels")
    print_table(clips, {system: scores[:, kept] for system, scores in systems.items()}, ids, peers)


if __name__ == "__main__":
    main()
