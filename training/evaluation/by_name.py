"""How many ESC-50 clips of a fold the untouched teacher classifies correctly, its classes mapped by name to the 50 labels.

    python -m training.evaluation.by_name --data DATA --teacher TEACHER.npz --fold 4

TEACHER.npz holds the outputs of teachers/mn04.py for the fold. A clip's score is half the mean, half the maximum over the
windows that start inside it; a label's score is that of its strongest class in `yamnet-labels.csv`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.clips import read_clip_rows
from training.evaluation.metrics import macro_figures
from training.network.adapt import classes_by_label, clip_scores
from training.network.adaptation_data import read_teacher_outputs
from training.teachers.mn04 import windows_inside


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--fold", required=True)
    arguments = parser.parse_args()
    heard = read_teacher_outputs([arguments.teacher])
    rows = [row for row in read_clip_rows(arguments.data / "clips.csv") if row["fold"] == arguments.fold]
    rows = [row for row in rows if row["source"] == "esc50" and row["file"] in heard]
    labels = sorted({row["labels"] for row in rows})
    classes = classes_by_label(arguments.data)
    scores = []
    for row in rows:
        of_clip = clip_scores(torch.tensor(windows_inside(heard[row["file"]][1])))
        scores.append([of_clip[classes[label]].max() for label in labels])
    truth = np.array([[label == row["labels"] for label in labels] for row in rows])
    right = (np.array(scores).argmax(1) == truth.argmax(1)).mean()
    figures = macro_figures(truth, np.array(scores))
    print(
        f"{len(rows)} clips of fold {arguments.fold}: accuracy {100 * right:.1f} %, "
        f"macro AUC {figures['macroAuc']:.3f}, mAP {figures['mAP']:.3f}"
    )


if __name__ == "__main__":
    main()
