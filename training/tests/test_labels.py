"""The labels that a network may have: their list, their hierarchy, and what bad input is told."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from training.clips import LISTS, read_rows
from training.labels import (
    LEAST_CLIPS,
    LEAST_SOURCES,
    Label,
    UnusableLabelsError,
    is_supported,
    labels_above,
    labels_by_class,
    labels_of_clip,
    read_candidates,
    recordings,
    select,
)

DATA = Path(os.environ.get("EARMARK_DATA", "../shared/data"))
needs_data = pytest.mark.skipif(not (DATA / "tests.csv").exists(), reason=f"there is no data set at {DATA}")

# Labels of ESC-50 that AudioSet has no class for.
WITHOUT_CLASS = {"drinking_sipping", "mouse_click", "can_opening", "washing_machine"}
# What AudioSet's classes mean besides, in the words of the lists: a class there, but no label.
NO_LABEL = {"Bleat"}  # a sheep or a goat


def label(of: str, *parents: str) -> Label:
    """A label with these parents."""
    given: Label = {"id": of, "name": of, "group": "animals"}
    return {**given, "parents": list(parents)} if parents else given


ANIMALS = [label("animal"), label("dog", "animal"), label("bark", "dog")]


def test_the_candidates_begin_with_the_labels_of_the_model_that_ships() -> None:
    shipped = json.loads((LISTS / "labels.json").read_text())
    candidates = read_candidates()
    assert [(one["id"], one["name"]) for one in candidates[:52]] == [(one["id"], one["name"]) for one in shipped]
    for field in ("id", "name"):
        values = [one[field] for one in candidates]
        assert len(set(values)) == len(values)


def test_every_parent_is_a_label_and_none_is_above_itself() -> None:
    candidates = read_candidates()
    ids = {one["id"] for one in candidates}
    above = labels_above(candidates)
    assert all(found <= ids for found in above.values())
    assert [of for of, found in above.items() if of in found] == []
    assert above["bark"] == {"dog", "animal"}
    assert above["saxophone"] == {"woodwind", "musical_instrument", "music"}
    assert above["door_slam"] == {"door"}


def test_a_class_means_one_label() -> None:
    candidates = read_candidates()
    used = Counter(mid for one in candidates for mid in one.get("audioSet", []))
    assert [mid for mid, count in used.items() if count > 1] == []
    without = {one["id"] for one in candidates[:52] if "audioSet" not in one}
    assert without == WITHOUT_CLASS


def test_a_clip_has_the_labels_above_its_own() -> None:
    above = labels_above(ANIMALS)
    by_class = {"Dog": "dog", "Bark": "bark"}
    assert labels_of_clip(["Bark"], by_class, above) == {"bark", "dog", "animal"}
    assert labels_of_clip(["Dog", "Rumble"], by_class, above) == {"dog", "animal"}
    assert labels_of_clip(["Animal"], by_class, above) == {"animal"}


def test_a_label_that_is_left_out_hands_its_children_to_its_parents() -> None:
    assert select(ANIMALS, {"animal", "bark"}) == [label("animal"), label("bark", "animal")]
    assert select(ANIMALS, {"dog", "bark"}) == [label("dog"), label("bark", "dog")]
    with pytest.raises(UnusableLabelsError, match="no label “unicorn”"):
        select(ANIMALS, {"dog", "unicorn"})


def test_five_clips_of_two_sources_support_a_label() -> None:
    assert is_supported({"a": 4, "b": 1})
    assert not is_supported({"a": 3, "b": 1})
    assert not is_supported({"a": 50})


@needs_data
def test_whatever_enough_people_recorded_is_a_candidate() -> None:
    candidates = read_candidates()
    by_class = labels_by_class(DATA, candidates)
    ids = {one["id"] for one in candidates}
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for name in ("tests.csv", "more.csv"):
        for row in read_rows(DATA / name):
            for of in set(row["labels"].split(";")):
                sources[of][row["source"]] += 1
    enough = {of for of, found in sources.items() if found.total() >= LEAST_CLIPS and len(found) >= LEAST_SOURCES}
    assert len(enough) > 150
    assert {of for of in enough if by_class.get(of, of.lower().replace(" ", "_")) not in ids} == NO_LABEL


@needs_data
def test_every_new_candidate_was_recorded_by_enough_people() -> None:
    candidates = read_candidates()
    clips = recordings(DATA, candidates)
    assert [one["id"] for one in candidates[52:] if not is_supported(clips[one["id"]])] == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: (data / "tests.csv").unlink(), "tests.csv cannot be read: No such file or directory"),
        (
            lambda data: (data / "more.csv").write_text("file,source\na,b\n"),
            "more.csv cannot be used: it has no column “labels”",
        ),
        (lambda data: (data / "more.csv").write_bytes(b"file,\xff\n"), "more.csv cannot be read: it is not UTF-8"),
        (lambda data: (data / "tests.csv").write_text(""), "tests.csv cannot be used"),
        (
            lambda data: (data / "teacher" / "audioset_class_labels.csv").write_text("mid,display_name\n/m/1,Dog\n"),
            "audioset_class_labels.csv: it has no class /m/0bt9lr, which means dog",
        ),
    ],
)
@needs_data
def test_a_data_folder_without_its_lists_is_named_in_one_sentence(
    damage: Callable[[Path], object], told: str, tmp_path: Path
) -> None:
    (tmp_path / "teacher").mkdir()
    for name in ("tests.csv", "more.csv", "teacher/audioset_class_labels.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    damage(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-m", "training.labels", "--data", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.strip().split("\n")) == 1
    assert told in ended.stderr
    assert str(tmp_path) in ended.stderr


def test_labels_that_there_are_not_leave_the_list_unwritten(tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text("dog\nunicorn\n")
    command = [sys.executable, "-m", "training.labels", "--only", "ids.txt", "--out", "labels.json"]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "candidate-labels.json has no label “unicorn”\n"
    assert not (tmp_path / "labels.json").exists()
    (tmp_path / "ids.txt").write_text("dog\nanimal\n")
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    written = json.loads((tmp_path / "labels.json").read_text())
    assert [(one["id"], one.get("parents")) for one in written] == [("dog", ["animal"]), ("animal", None)]
