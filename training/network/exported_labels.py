"""The labels that an exported network keeps."""

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.labels import Label, read_candidates, select, write_labels


def export_arguments(description: str) -> argparse.Namespace:
    """What a command that exports a network is given: `network`, `out` and `only`, a file of labels or None."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", type=Path, metavar="IDS.txt")
    return parser.parse_args()


@torch.no_grad()
def kept_outputs(head: nn.Linear, trained: list[str], kept: list[str]) -> nn.Linear:
    """A head without the outputs of all labels but some."""
    rows = [trained.index(label) for label in kept]
    smaller = nn.Linear(head.in_features, len(rows))
    smaller.weight.copy_(head.weight[rows])
    smaller.bias.copy_(head.bias[rows])
    return smaller


def kept_labels(facts: dict[str, Any], only: Path | None) -> list[Label]:
    """The labels that a file names, or all of the run. Raises UnusableLabelsError or OSError."""
    return select(read_candidates(), set(only.read_text().split() if only else facts["labels"]))


def write_labels_and_run(out: Path, labels: list[Label], facts: dict[str, Any]) -> None:
    """Makes the folder, with `labels.json` and `run.json`."""
    out.mkdir(parents=True, exist_ok=True)
    write_labels(out / "labels.json", labels)
    (out / "run.json").write_text(json.dumps(facts, indent=1))
