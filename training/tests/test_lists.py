"""The lists in training/lists are valid, and agree with one another and with the shipped model."""

import json
import re
from pathlib import Path

import pytest

from training.clips import LISTS, OUTSIDE_SOURCES, read_label_ids, read_rows

MODEL = Path("public/models/earmark-52")
RUNS = sorted(Path("training/runs").glob("earmark-52-fold-*.json"))
PATTERNS = ["debian-sounds.csv", "extra-labels.csv", "extra-training-labels.csv"]


def test_the_model_that_ships_has_the_labels_of_the_list_in_its_order() -> None:
    assert len(set(read_label_ids())) == 52
    assert [label["id"] for label in json.loads((MODEL / "labels.json").read_text())] == read_label_ids()


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.stem)
def test_a_network_that_ships_held_out_the_fold_of_its_name(path: Path) -> None:
    run = json.loads(path.read_text())
    assert run["holdOut"] == path.stem.removeprefix("earmark-52-fold-")
    assert run["labels"] == read_label_ids()


def test_there_is_a_run_for_each_fold() -> None:
    assert len(RUNS) == 4


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_can_be_read_and_give_labels_that_there_are(name: str) -> None:
    rows = read_rows(LISTS / name)
    assert len(rows) > 10
    for row in rows:
        re.compile(row["pattern"])
        assert set(row["labels"].split(";")) <= {*read_label_ids(), ""}


def test_no_package_is_both_learned_from_and_tested_on() -> None:
    rows = read_rows(LISTS / "debian-sounds.csv")
    used_for = {use: {row["package"] for row in rows if row["use"] == use} for use in ("train", "outside")}
    assert min(map(len, used_for.values())) > 5
    assert used_for["train"] & used_for["outside"] == set()


def test_names_give_labels_to_no_source_of_the_outside_test() -> None:
    assert {row["source"] for row in read_rows(LISTS / "extra-training-labels.csv")} & set(OUTSIDE_SOURCES) == set()


def test_yamnets_classes_are_named_for_every_label() -> None:
    rows = read_rows(LISTS / "yamnet-labels.csv")
    assert [row["label"] for row in rows] == read_label_ids()
    assert all(row["classes"] for row in rows)
