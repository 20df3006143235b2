"""How lists, features and YAMNet's scores become clips."""

import json
from pathlib import Path

import numpy as np
import pytest

from training.clips import (
    CLIP_COLUMNS,
    LISTS,
    FeatureSpec,
    classes_of_labels,
    labels_by_name,
    may_ship,
    read_clip_rows,
    read_clips,
    read_features,
    read_label_ids,
    read_reserved,
    read_rows,
    read_teacher,
    sounding_starts,
)


def write_list(path: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(row.get(column, "") for column in CLIP_COLUMNS) for row in rows]
    path.write_text("\n".join([",".join(CLIP_COLUMNS), *lines]) + "\n")
    return path


def write_features(folder: Path, spec: FeatureSpec, columns_of: dict[str, np.ndarray]) -> Path:
    folder.mkdir()
    np.concatenate(list(columns_of.values())).astype(np.float32).tofile(folder / "columns.f32")
    clips = [{"file": file, "columns": len(columns)} for file, columns in columns_of.items()]
    (folder / "index.json").write_text(json.dumps({"spec": spec, "clips": clips}))
    return folder


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("CC0", True),
        ("CC-BY", True),
        ("CC-BY-NC", False),
        ("CC-BY-NC-SA 3.0", False),
        ("see lmms-common's debian/copyright", True),
        ("?", False),
    ],
)
def test_only_free_and_known_licences_may_ship(licence: str, allowed: bool) -> None:
    assert may_ship(licence) is allowed


def test_a_file_that_a_list_names_twice_is_left_out(tmp_path: Path) -> None:
    listed = write_list(
        tmp_path / "clips.csv",
        {"file": "a.wav", "fold": "1"},
        {"file": "twice.wav", "fold": "1"},
        {"file": "twice.wav", "fold": "2"},
    )
    assert [row["file"] for row in read_clip_rows(listed)] == ["a.wav"]


def test_the_first_pattern_of_the_source_that_fits_gives_the_labels() -> None:
    patterns = [
        {"source": "other", "pattern": "bark", "labels": "rooster"},
        {"source": "pack", "pattern": r"dog/bark", "labels": "dog"},
        {"source": "pack", "pattern": r"bark", "labels": "footsteps"},
    ]
    assert labels_by_name({"source": "pack", "original": "dog/bark1.ogg"}, patterns) == "dog"
    assert labels_by_name({"source": "pack", "original": "tree/bark1.ogg"}, patterns) == "footsteps"
    assert labels_by_name({"source": "pack", "original": "rain.ogg"}, patterns) == ""


def test_features_are_cut_apart_as_their_index_says(tmp_path: Path, spec: FeatureSpec) -> None:
    one, two = np.full((2, 120), 1.0), np.full((3, 120), 2.0)
    three = np.full((1, 120), 3.0)
    folders = [
        write_features(tmp_path / "clips-0", spec, {"one": one, "two": two}),
        write_features(tmp_path / "extra-0", spec, {"three": three}),
    ]
    columns_of, read_spec = read_features(folders)
    assert {file: (len(columns), set(columns.flat)) for file, columns in columns_of.items()} == {
        "one": (2, {1.0}),
        "two": (3, {2.0}),
        "three": (1, {3.0}),
    }
    assert read_spec == spec


def test_no_folder_of_features_is_said_at_once() -> None:
    with pytest.raises(ValueError, match="npm run features"):
        read_features([])


def test_yamnets_windows_are_given_to_their_clips(tmp_path: Path) -> None:
    scores, embeddings = np.arange(5)[:, None] * np.ones((1, 521)), np.arange(5)[:, None] * np.ones((1, 1024))
    np.savez(
        tmp_path / "teacher-a.npz",
        files=np.array(["one", "two"]),
        windows=np.array([2, 3]),
        scores=scores,
        embeddings=embeddings,
    )
    found = read_teacher([tmp_path / "teacher-a.npz"])
    assert found["one"][0][:, 0].tolist() == [0, 1]
    assert found["two"][0][:, 520].tolist() == [2, 3, 4]
    assert found["two"][1][:, 1023].tolist() == [2, 3, 4]


def test_clips_of_the_outside_test_are_never_read_for_training(tmp_path: Path, spec: FeatureSpec) -> None:
    listed = write_list(
        tmp_path / "clips.csv",
        {"file": "fold.wav", "source": "tuxpaint-stamps-default", "fold": "2", "labels": "speech", "licence": "CC0"},
        {"file": "outside.wav", "source": "tuxpaint-stamps-default", "labels": "dog", "licence": "CC0"},
        {"file": "cry.wav", "source": "donateacry", "labels": "crying_baby", "licence": "CC0"},
        {"file": "mine.wav", "source": "minetest-sounds", "licence": "CC0"},
        {"file": "named.wav", "source": "cc-sounds", "original": "walk_grass_1.wav", "licence": "CC0"},
        {"file": "unnamed.wav", "source": "cc-sounds", "original": "thing.wav", "licence": "CC0"},
        {"file": "unheard.wav", "source": "cc-sounds", "licence": "CC0"},
    )
    heard = ["fold.wav", "outside.wav", "cry.wav", "mine.wav", "named.wav", "unnamed.wav"]
    features = write_features(tmp_path / "clips-0", spec, {file: np.zeros((1, 120)) for file in heard})
    clips, _ = read_clips([listed], [features], [])
    assert [(clip.file, clip.fold, clip.labels, clip.labelled) for clip in clips] == [
        ("fold.wav", "2", ("speech",), True),
        ("named.wav", "", ("footsteps",), True),
        ("unnamed.wav", "", (), False),
    ]


def test_reserved_clips_are_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "reserved.txt").write_text("a.wav\nb.wav\n\n")
    assert read_reserved(tmp_path / "reserved.txt") == {"a.wav", "b.wav"}


def test_a_label_means_all_classes_that_its_row_names(tmp_path: Path) -> None:
    named = [name for row in read_rows(LISTS / "yamnet-labels.csv") for name in row["classes"].split(";")]
    ordered = ["Silence", *dict.fromkeys(named)]
    lines = [f'{index},/m/{index},"{name}"' for index, name in enumerate(ordered)]
    (tmp_path / "map.csv").write_text("\n".join(["index,mid,display_name", *lines]) + "\n")
    classes = classes_of_labels(tmp_path / "map.csv")
    assert classes["dog"] == [1, 2, 3, 4, 5, 6, 7]
    assert classes["rooster"] == [8]
    assert list(classes) == read_label_ids()


def test_a_class_map_of_another_network_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text("index,mid,display_name\n0,/m/0,Speech\n")
    with pytest.raises(KeyError, match="Dog"):
        classes_of_labels(tmp_path / "map.csv")


def columns_with_sound(length: int, *sounding: slice) -> np.ndarray:
    log_power = np.full((length, 4), -12.0)
    for part in sounding:
        log_power[part] = -3
    return log_power


def test_crops_hold_a_third_of_a_second_of_a_long_sound() -> None:
    # 20 of the columns 100 to 199 lie in [start, start + 120) for the starts from 0 to 180.
    starts = sounding_starts(columns_with_sound(240, slice(100, 200)), 120)
    assert starts.tolist() == list(range(181))


def test_crops_hold_half_of_a_short_sound() -> None:
    # A click of ten columns, 100 to 109: five of them lie in [start, start + 120) for the starts from -15 to 105.
    starts = sounding_starts(columns_with_sound(240, slice(100, 110)), 120)
    assert starts.tolist() == list(range(-15, 106))


def test_what_is_30_db_below_the_loudest_is_no_sound() -> None:
    log_power = columns_with_sound(400, slice(0, 20))
    log_power[350:] = -6.1
    assert sounding_starts(log_power, 120).max() < 20
