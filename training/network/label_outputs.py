"""What a network's label outputs mean: their AudioSet classes as indices, and their place in the hierarchy."""

from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import numpy as np

from training.clips import LISTS, read_rows
from training.labels import read_candidates


@dataclass(frozen=True)
class LabelOutputs:
    """Labels in the order of the outputs; classes are indices of AudioSet's 527 outputs."""

    ids: list[str]
    own_classes: list[list[int]]  # a head starts from these
    classes: list[list[int]]  # those of the label and of everything below it
    ancestors: list[list[int]]  # indices of the labels above each label
    children_first: list[tuple[int, int]]  # (child, parent) pairs, in an order in which values can be passed up

    def index(self, label_id: str) -> int:
        """Position of a label's output."""
        return self.ids.index(label_id)

    def raise_parents(self, values: np.ndarray) -> np.ndarray:
        """Values [..., labels] in which no parent is below its child."""
        raised = values.copy()
        for child, parent in self.children_first:
            raised[..., parent] = np.maximum(raised[..., parent], raised[..., child])
        return raised


def read_label_outputs(data: Path) -> LabelOutputs:
    """The labels of `candidate-labels.json` that have classes; those of no class of their own mean what `yamnet-labels.csv` says.

    A label that no class means (an elephant, a shower) has no teacher, and too few recordings to be learned from.
    """
    rows = read_candidates()
    outputs = read_rows(data / "teacher" / "audioset_class_labels.csv")
    index_of_mid = {row["mid"]: i for i, row in enumerate(outputs)}
    index_of_name = {row["display_name"]: i for i, row in enumerate(outputs)}
    similar = {row["label"]: row["classes"].split(";") for row in read_rows(LISTS / "yamnet-labels.csv")}
    meant = {
        row["id"]: [index_of_mid[mid] for mid in row.get("audioSet", [])]
        or [index_of_name[name] for name in similar.get(row["id"], []) if name in index_of_name]
        for row in rows
    }
    known = [row for row in rows if meant[row["id"]]]
    own_classes = [meant[row["id"]] for row in known]
    return outputs_of_labels([row["id"] for row in known], own_classes, [row.get("parents", []) for row in known])


def outputs_of_labels(ids: list[str], own_classes: list[list[int]], parents: list[list[str]]) -> LabelOutputs:
    """Labels from the classes and the parents of each. Raises graphlib.CycleError and KeyError for impossible parents."""
    position = {label_id: i for i, label_id in enumerate(ids)}
    above = {i: [position[parent] for parent in of_label] for i, of_label in enumerate(parents)}
    parents_first = list(TopologicalSorter(above).static_order())
    ancestors: dict[int, list[int]] = {}
    for i in parents_first:
        ancestors[i] = sorted({j for parent in above[i] for j in [parent, *ancestors[parent]]})
    classes = [set(of_label) for of_label in own_classes]
    for i, of_label in enumerate(own_classes):
        for ancestor in ancestors[i]:
            classes[ancestor].update(of_label)
    upwards = [(i, parent) for i in reversed(parents_first) for parent in above[i]]
    return LabelOutputs(
        ids, own_classes, [sorted(c) for c in classes], [ancestors[i] for i in range(len(ids))], upwards
    )
