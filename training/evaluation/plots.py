r"""Draws docs/figures from the output of `npm run evaluate:all`.

    python -m training.evaluation.plots --evaluation docs/figures/evaluation.json --seed-2017 docs/figures/evaluation-seed-2017.json \
        --model public/models/earmark-52 --out docs/figures

The second evaluation is the same command's output for `seed-2017-eighth`, whose ROC is shown beside the others. Writes
`roc.svg`, `reliability.svg`, `auc-by-label.svg` and `conditions.svg`. The same figures give the same bytes.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("svg")
from matplotlib import pyplot as plt

MODEL, PEER, BEFORE = "#1f6f8b", "#c8702a", "#999999"
SEED = BEFORE
TITLES = {"clean": "single clips", "mixture-2": "mixtures of two", "outside": "recordings from elsewhere"}
CONDITIONS = (
    "clean", "gain-20", "gain-30", "white-10", "babble-10", "band-8k", "band-4k", "band-4k-gain-30", "room-small", "room-large",
    "outside",
)  # fmt: skip


def save(figure: plt.Figure, path: Path) -> None:
    """Writes a figure, without the upper and right lines of the frame."""
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_roc(roc: dict[str, Any], seed_roc: dict[str, Any], path: Path) -> None:
    """Mean over the labels of the true-positive rate at each false-positive rate."""
    figure, panels = plt.subplots(1, len(roc), figsize=(3.6 * len(roc), 3.6), layout="constrained", squeeze=False)
    for axes, (name, curves) in zip(panels[0], roc.items(), strict=True):
        seed = seed_roc.get(name, {}).get("model")
        for curve, colour, label in (
            (seed, SEED, "seed-2017 at 1/8"),
            (curves["peer"], PEER, "YAMNet"),
            (curves["model"], MODEL, "Earmark"),
        ):
            if curve:
                axes.plot(np.linspace(0, 1, len(curve)), curve, color=colour, label=label)
        axes.plot([0, 1], [0, 1], color="#cccccc", linewidth=0.8)
        axes.set(title=TITLES[name], xlabel="false-positive rate", xlim=(0, 1), ylim=(0, 1.01))
    panels[0][0].set_ylabel("true-positive rate, mean over labels")
    panels[0][0].legend(frameon=False, loc="lower right")
    save(figure, path)


def draw_reliability(reliability: dict[str, Any], path: Path) -> None:
    """The share of correct outputs by predicted probability: a calibrated model lies on the diagonal."""
    figure, panels = plt.subplots(
        1, len(reliability), figsize=(3.6 * len(reliability), 3.6), layout="constrained", squeeze=False
    )
    for axes, (name, bins_of) in zip(panels[0], reliability.items(), strict=True):
        axes.plot([0, 1], [0, 1], color="#cccccc", linewidth=0.8)
        for when, colour in (("before", BEFORE), ("after", MODEL)):
            bins = [b for b in bins_of[when] if b["count"] > 0]
            x, y = [b["meanProbability"] for b in bins], [b["share"] for b in bins]
            axes.plot(x, y, marker="o", markersize=4, color=colour, label=f"{when} calibration")
        axes.set(title=TITLES[name], xlabel="probability", xlim=(0, 1), ylim=(0, 1))
    panels[0][0].set_ylabel("share that is right")
    panels[0][0].legend(frameon=False, loc="upper left")
    save(figure, path)


def draw_labels(figures: dict[str, Any], path: Path) -> None:
    """Each label's AUC with its confidence interval."""
    labels = sorted((label for label in figures["labels"] if label["auc"] is not None), key=lambda label: label["auc"])
    figure, axes = plt.subplots(figsize=(6.5, 0.17 * len(labels) + 0.9), layout="constrained")
    rows = range(len(labels))
    axes.hlines(
        rows, [label["aucLow"] for label in labels], [label["aucHigh"] for label in labels], color=MODEL, linewidth=1
    )
    axes.plot([label["auc"] for label in labels], rows, "o", markersize=3, color=MODEL)
    axes.set_yticks(rows, [label["id"].replace("_", " ") for label in labels], fontsize=7)
    axes.set_ylim(-1, len(labels))
    axes.set_xlabel(f"ROC-AUC with its 95 % interval, {figures['clips']:,} clips")
    save(figure, path)


def draw_conditions(summary: dict[str, Any], path: Path) -> None:
    """Clip accuracy under each condition, with the spread over the folds."""
    names = [name for name in CONDITIONS if name in summary]
    figure, axes = plt.subplots(figsize=(7.5, 0.42 * len(names) + 0.9), layout="constrained")
    for system, colour, offset, label in (("model", MODEL, -0.2, "Earmark"), ("peer", PEER, 0.2, "YAMNet")):
        rows = [(row, summary[name][system]["accuracy"]) for row, name in enumerate(names) if summary[name][system]]
        means = [100 * accuracy["mean"] for _, accuracy in rows]
        reach = [[100 * (a["mean"] - a["low"]) for _, a in rows], [100 * (a["high"] - a["mean"]) for _, a in rows]]
        axes.barh(
            [row + offset for row, _ in rows], means, 0.36, xerr=reach, color=colour, label=label, ecolor="#444444"
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("clip accuracy in %, mean over the folds, from the lowest to the highest")
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
    save(figure, path)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="model folder with figures.json")
    parser.add_argument("--seed-2017", type=Path, required=True, help="the evaluation of seed-2017-eighth")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    # Text stays text and ids are fixed: small files, identical on every run.
    plt.rcParams.update({"svg.hashsalt": "earmark", "svg.fonttype": "none", "font.size": 9})
    evaluation = json.loads(arguments.evaluation.read_text())
    figures = json.loads((arguments.model / "figures.json").read_text())
    seed_roc = json.loads(arguments.seed_2017.read_text())["drawn"]["roc"]
    draw_roc(evaluation["drawn"]["roc"], seed_roc, arguments.out / "roc.svg")
    draw_reliability(evaluation["drawn"]["reliability"], arguments.out / "reliability.svg")
    draw_labels(figures, arguments.out / "auc-by-label.svg")
    draw_conditions(evaluation["summary"], arguments.out / "conditions.svg")


if __name__ == "__main__":
    main()
