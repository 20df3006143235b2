"""The data for adaptation: which clips, which windows, and how mixtures are marked."""

import csv
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.clips import TESTED_SOURCES, FeatureSpec
from training.network.adaptation_data import (
    NOISE_SHARE,
    AdaptationAugmenter,
    HeardClip,
    build_window_library,
    drawing_weights,
    first_columns,
    may_adapt,
    read_teacher_outputs,
    sounding_windows,
)


def clip(source: str = "esc50", fold: str = "1", columns: int = 312, sounding: slice = slice(0, 312)) -> HeardClip:
    log_power = np.full((columns, 4), -14.0, np.float32)
    log_power[sounding] = -3
    windows = 22
    means, logits = np.zeros((windows, 384), np.float16), np.zeros((windows, 527), np.float16)
    return HeardClip(f"{source}-{fold}.opus", source, fold, ("dog",), log_power, means, logits)


def test_the_teachers_windows_start_at_whole_columns(spec: FeatureSpec) -> None:
    numbers = np.arange(4)
    assert first_columns(numbers, spec).tolist() == [-48, -32, -16, 0]
    assert first_columns(numbers, {**spec, "hopSamples": 320}).tolist() == [-75, -50, -25, 0]


def test_windows_hold_some_of_the_sound(spec: FeatureSpec) -> None:
    """Sound in columns 100 to 120: windows start at −48 + 16 k and span 120 columns; 10 of the 20 must be inside."""
    found = sounding_windows(clip(sounding=slice(100, 120)), spec)
    starts = first_columns(found, spec)
    assert starts.min() == 0  # the one before, at −16, ends at 104
    assert starts.max() == 96


def test_folds_reserved_clips_and_tested_sources_are_left_out() -> None:
    left_out = frozenset({"2", "4"})
    assert may_adapt(clip(fold="1"), left_out, set())
    assert not may_adapt(clip(fold="4"), left_out, set())
    assert not may_adapt(clip(fold="1"), left_out, {"esc50-1.opus"})
    assert not may_adapt(clip(source="adrianagaler/Snoring-Detection", fold=""), left_out, set())
    assert may_adapt(clip(source="KDE/plasma-mobile-sounds", fold=""), left_out, set())


def test_a_large_source_is_drawn_as_often_as_300_clips() -> None:
    clips = (
        [clip(source="coughs", fold="")] * 600
        + [clip(source="bells", fold="")] * 10
        + [clip(source="noise", fold="")] * 2
    )
    weights = drawing_weights(clips)
    assert weights[:600].sum() == pytest.approx(300)
    assert weights[600:610].sum() == pytest.approx(10)
    assert weights[610:].sum() / weights.sum() == pytest.approx(NOISE_SHARE)


def test_teacher_outputs_come_back_by_file(tmp_path: Path) -> None:
    means = np.arange(5 * 384, dtype=np.float16).reshape(5, 384)
    logits = np.ones((5, 527), np.float16)
    path = tmp_path / "outputs.npz"
    np.savez(path, files=np.array(["a", "b"]), windows=np.array([2, 3]), means=means, logits=logits)
    heard = read_teacher_outputs([path])
    assert np.array_equal(heard["a"][0], means[:2])
    assert np.array_equal(heard["b"][0], means[2:])
    assert heard["b"][1].shape == (3, 527)


def test_no_source_of_the_tests_is_heard_in_training() -> None:
    """Sources that are in both more.csv and tests.csv are named in TESTED_SOURCES."""
    data = Path(__file__).parents[3] / "shared" / "data"
    if not (data / "more.csv").exists():
        pytest.skip("needs the data folder beside the repository")

    def sources(name: str) -> set[str]:
        with (data / name).open() as handle:
            return {row["source"] for row in csv.DictReader(handle)}

    assert sources("more.csv") & sources("tests.csv") <= set(TESTED_SOURCES)


def spoken(label: str, probable: int) -> HeardClip:
    """A clip of our 4 bands in which the teacher is sure of one class."""
    heard = clip()
    heard.logits[:, probable] = 9
    return HeardClip(f"{label}.opus", "esc50", "1", (label,), heard.log_power, heard.means, heard.logits)


def test_voices_and_mixtures_have_the_classes_of_all_their_sounds(spec: FeatureSpec) -> None:
    spec = {**spec, "melBands": 4}
    torch.manual_seed(3)
    noise = torch.rand(400, 4) + 0.5
    library = build_window_library([spoken("dog", 0), spoken("speech", 1)], spec)
    augmenter = AdaptationAugmenter(
        library,  # type: ignore[arg-type]  # it has the fields that crop reads
        noise,
        noise,
        0,
        spec,
        torch.tensor([100.0, 500.0, 2000.0, 8000.0]),
        torch.tensor([1.0, 0.0]),  # speech is only drawn as babble
        frozenset({"warping", "masks"}),
    )
    batch = augmenter.batch(400)
    speaks = batch["logits"][:, 1] > 0
    assert 0.05 < speaks.float().mean() < 0.3
    assert (batch["logits"][:, 0] > 0).all()
    assert (batch["alone"][speaks] == 0).all()
    assert 0.3 < batch["alone"].mean() < 0.6
