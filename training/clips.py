"""Clips as log-mel power, as `npm run features` wrote them, with labels, folds and YAMNet's outputs."""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np

# Patterns, labels and the clips reserved for tests.
LISTS = Path(__file__).parent / "lists"

NON_COMMERCIAL = "NC"
UNKNOWN_LICENCE = "?"
# Of the clips without a fold, these are the test on recordings from elsewhere: no training may use them.
OUTSIDE_SOURCES = ("minetest-sounds", "donateacry", "tuxpaint-stamps-default")
# Sources of `more.csv` that `tests.csv` draws from as well: no training may use them.
TESTED_SOURCES = ("adrianagaler/Snoring-Detection",)
# The columns of a list of clips, as the labelled data has them.
CLIP_COLUMNS = ["file", "source", "fold", "labels", "esc10", "licence", "attribution", "original"]
# The source of computed sounds (made_sounds.py).
MADE = "made"
# The source of single instruments (soundfont.py).
INSTRUMENTS = "fluid-soundfont-gm"


class FeatureSpec(TypedDict):
    """How samples become columns: the `FeatureSpec` of src/shared/contracts/model/feature-spec.ts."""

    sampleRateHz: int
    fftSize: int
    hopSamples: int
    melBands: int
    minHz: float
    maxHz: float
    frames: int
    powerFloor: float
    logMean: float
    logStandardDeviation: float


@dataclass
class Clip:
    """A clip's columns, and what is known about it."""

    file: str
    log_power: np.ndarray  # [columns, bands], log10 of power
    labels: tuple[str, ...]  # empty for a clip without labels
    labelled: bool
    source: str
    fold: str
    licence: str
    teacher_scores: np.ndarray  # [windows, 521]
    teacher_embeddings: np.ndarray  # [windows, 1024]

    @property
    def may_train(self) -> bool:
        """Whether the shipped weights may be trained on it."""
        return may_ship(self.licence)


def may_ship(licence: str) -> bool:
    """Whether shipped weights and exemplars may use a recording: not if its licence is non-commercial or unknown."""
    return NON_COMMERCIAL not in licence and licence != UNKNOWN_LICENCE


def read_features(folders: list[Path]) -> tuple[dict[str, np.ndarray], FeatureSpec]:
    """Columns by file, and the feature spec they were made with; raises ValueError if there is no folder."""
    if not folders:
        raise ValueError("no folder of features: `npm run features` writes them")
    columns_of: dict[str, np.ndarray] = {}
    for folder in folders:
        index = json.loads((folder / "index.json").read_text())
        spec: FeatureSpec = index["spec"]
        columns = np.fromfile(folder / "columns.f32", np.float32).reshape(-1, spec["melBands"])
        start = 0
        for clip in index["clips"]:
            columns_of[clip["file"]] = columns[start : start + clip["columns"]]
            start += clip["columns"]
    return columns_of, spec


def read_teacher(paths: list[Path]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """YAMNet's (scores, embeddings) by file."""
    found = {}
    for path in paths:
        with np.load(path) as archive:
            ends = np.cumsum(archive["windows"])
            scores, embeddings = archive["scores"], archive["embeddings"]
            for file, start, end in zip(archive["files"], np.concatenate([[0], ends[:-1]]), ends, strict=True):
                found[str(file)] = (scores[start:end], embeddings[start:end])
    return found


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV with a header."""
    with path.open() as handle:
        return list(csv.DictReader(handle))


def read_clip_rows(path: Path) -> list[dict[str, str]]:
    """A list's rows, without the files that it names more than once: their fold and their owner are unknown."""
    rows = read_rows(path)
    named = Counter(row["file"] for row in rows)
    return [row for row in rows if named[row["file"]] == 1]


def classes_of_labels(class_map: Path) -> dict[str, list[int]]:
    """The YAMNet outputs that mean each of our labels."""
    index_of = {row["display_name"]: int(row["index"]) for row in read_rows(class_map)}
    rows = read_rows(LISTS / "yamnet-labels.csv")
    return {row["label"]: [index_of[name] for name in row["classes"].split(";")] for row in rows}


def labels_by_name(row: dict[str, str], patterns: list[dict[str, str]]) -> str:
    """The labels of the first pattern that matches the clip's original path; '' if none does."""
    for pattern in patterns:
        if pattern["source"] == row["source"] and re.search(pattern["pattern"], row["original"]):
            return pattern["labels"]
    return ""


def read_clips(lists: list[Path], features: list[Path], teachers: list[Path]) -> tuple[list[Clip], FeatureSpec]:
    """Every clip of the lists that has features; without `teachers`, YAMNet's outputs are unknown.

    A clip without a label in its list gets labels from its name (`extra-training-labels.csv`).
    """
    patterns = read_rows(LISTS / "extra-training-labels.csv")
    columns_of, spec = read_features(features)
    teacher_of = read_teacher(teachers)
    clips = []
    for path in lists:
        for row in read_clip_rows(path):
            fold = row.get("fold", "")
            if row["file"] not in columns_of or (fold == "" and row["source"] in OUTSIDE_SOURCES):
                continue
            labels = tuple(label for label in (row["labels"] or labels_by_name(row, patterns)).split(";") if label)
            scores, embeddings = teacher_of[row["file"]] if teachers else (np.empty((0, 521)), np.empty((0, 1024)))
            clips.append(
                Clip(
                    row["file"],
                    columns_of[row["file"]],
                    labels,
                    bool(labels),
                    row["source"],
                    fold,
                    row["licence"],
                    scores,
                    embeddings,
                )
            )
    return clips, spec


def read_reserved(path: Path) -> set[str]:
    """Files of fold 4 that no training may use: the tests play them as microphone input."""
    return {line for line in path.read_text().splitlines() if line}


def read_label_ids() -> list[str]:
    """The labels of the shipped network, in the order of its outputs."""
    return [label["id"] for label in json.loads((LISTS / "labels.json").read_text())]


def sounding_starts(log_power: np.ndarray, frames: int) -> np.ndarray:
    """Starts of crops that contain a third of a second of the clip's sound, or half of the most that any crop can contain."""
    loudness_db = 10 * np.log10((10.0**log_power).sum(1))
    active = (loudness_db > loudness_db.max() - 30).astype(np.int64)
    # Crops may begin before the clip and end after it: a live window slides over a sound from both sides.
    margin = frames // 2
    sums = np.concatenate([[0], np.cumsum(np.pad(active, margin))])
    held = sums[frames:] - sums[:-frames]
    enough = min(20, held.max() / 2)
    return np.flatnonzero(held >= enough) - margin
