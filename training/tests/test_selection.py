"""Which clips a network learns from: folds never mix, and held-out clips stay out."""

import os
from collections import Counter
from pathlib import Path

import pytest

from training.clips import INSTRUMENTS, LISTS, MADE, may_ship, read_clip_rows, read_reserved
from training.network.selection import may_learn_from, sampling_weights
from training.sources.shippable import shippable

from .conftest import MakeClip

FOLDS = ("1", "2", "3", "4")
DATA = Path(os.environ.get("EARMARK_DATA", "../shared/data"))

needs_data = pytest.mark.skipif(
    not (DATA / "clips.csv").exists(), reason=f"the labelled clips are not there: no {DATA / 'clips.csv'}"
)


@pytest.mark.parametrize("hold_out", FOLDS)
def test_a_network_learns_from_no_clip_of_the_fold_that_tests_it(make_clip: MakeClip, hold_out: str) -> None:
    clips = [make_clip(f"{fold or 'none'}.wav", fold=fold) for fold in (*FOLDS, "")]
    learned = {clip.fold for clip in clips if may_learn_from(clip, hold_out, set())}
    assert learned == {*FOLDS, ""} - {hold_out}


def test_the_broad_start_learns_from_no_fold(make_clip: MakeClip) -> None:
    clips = [make_clip(fold=fold) for fold in (*FOLDS, "")]
    assert [clip.fold for clip in clips if may_learn_from(clip, "all", set())] == [""]


def test_with_no_fold_held_out_every_fold_is_heard(make_clip: MakeClip) -> None:
    assert all(may_learn_from(make_clip(fold=fold), "", set()) for fold in (*FOLDS, ""))


@pytest.mark.parametrize("licence", ["CC-BY-NC", "?"])
def test_non_commercial_and_unknown_recordings_are_not_learned(make_clip: MakeClip, licence: str) -> None:
    assert may_learn_from(make_clip(licence="CC-BY"), "4", set())
    assert not may_learn_from(make_clip(licence=licence), "4", set())


def test_reserved_clips_are_not_learned_even_where_no_fold_is_held_out(make_clip: MakeClip) -> None:
    assert not may_learn_from(make_clip("played.wav", fold="4"), "", {"played.wav"})


def test_what_ships_as_an_exemplar_is_free_not_reserved_and_of_another_fold() -> None:
    rows = [
        {"file": "free.wav", "fold": "1", "licence": "CC0"},
        {"file": "sold.wav", "fold": "1", "licence": "CC-BY-NC"},
        {"file": "held.wav", "fold": "4", "licence": "CC0"},
        {"file": "played.wav", "fold": "2", "licence": "CC0"},
    ]
    assert [row["file"] for row in shippable(rows, ["4"], {"played.wav"})] == ["free.wav"]


@needs_data
def test_of_the_labelled_clips_no_file_lies_in_two_folds() -> None:
    rows = read_clip_rows(DATA / "clips.csv")
    assert len(rows) > 2000
    assert len({row["file"] for row in rows}) == len(rows)


@needs_data
def test_of_one_recording_clips_of_one_label_lie_in_one_fold() -> None:
    folds_of: dict[tuple[str, str], set[str]] = {}
    for row in read_clip_rows(DATA / "clips.csv"):
        if row["source"] == "esc50":  # fold-RECORDING-take-class
            folds_of.setdefault((row["file"].split("-")[1], row["labels"]), set()).add(row["fold"])
    assert len(folds_of) > 1000
    assert [recording for recording, folds in folds_of.items() if len(folds) > 1] == []


@needs_data
def test_every_reserved_clip_is_a_clip_of_the_shipped_networks_test_fold() -> None:
    fold_of = {row["file"]: row["fold"] for row in read_clip_rows(DATA / "clips.csv")}
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    assert len(reserved) == 100
    assert {fold_of[file] for file in reserved} == {"4"}


@needs_data
def test_of_the_labelled_clips_none_that_is_kept_out_ships() -> None:
    rows = read_clip_rows(DATA / "clips.csv")
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    shipped = shippable(rows, ["4"], reserved)
    kept_out = Counter("NC" in row["licence"] for row in rows)
    assert kept_out[True] > 100
    assert len(shipped) > 1500
    assert {row["fold"] for row in shipped} == {"1", "2", "3"}
    assert [row for row in shipped if not may_ship(row["licence"]) or row["file"] in reserved] == []


def test_every_label_of_the_folds_is_drawn_alike_and_speech_less_often(make_clip: MakeClip) -> None:
    clips = [make_clip(labels=("dog",)), make_clip(labels=("rain",)), make_clip(labels=("speech",))]
    assert sampling_weights(clips) == [1.0, 1.0, 0.25]


def test_recordings_by_others_count_as_much_as_three_folds_of_their_label(make_clip: MakeClip) -> None:
    many = [make_clip(labels=("dog",), fold="", source="pack") for _ in range(48)]
    few = [make_clip(labels=("rain",), fold="", source="pack") for _ in range(3)]
    weights = sampling_weights(many + few)
    assert sum(weights[:48]) == pytest.approx(24)
    assert weights[48:] == [2, 2, 2]  # never more than twice as often as a clip of a fold


def test_computed_sounds_count_half_of_that_and_single_instruments_have_a_share_of_their_own(
    make_clip: MakeClip,
) -> None:
    made = [make_clip(labels=("rain",), fold="", source=MADE) for _ in range(80)]
    instruments = [make_clip(labels=("music",), fold="", source=INSTRUMENTS) for _ in range(224)]
    effects = [make_clip(labels=("dog",), fold="", source=INSTRUMENTS) for _ in range(24)]
    weights = sampling_weights(made + instruments + effects)
    assert sum(weights[:80]) == pytest.approx(12)
    assert sum(weights[80:304]) == pytest.approx(60)
    assert sum(weights[304:]) == pytest.approx(24)


def test_clips_without_a_label_are_drawn_seldom(make_clip: MakeClip) -> None:
    assert sampling_weights([make_clip(labels=(), fold="")]) == [0.09]
