"""YAMNet's opinion on a fold is never fitted on that fold. Needs torch."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.clips import MADE, Clip
from training.teachers import opinion

from .conftest import WINDOWS, MakeClip

LABELS = ["dog", "rain"]


def test_a_calibration_finds_the_line_that_made_the_truth() -> None:
    # Logits of −1 and 1, with 2 of 8 and 6 of 8 right: the line through logit(¼) and logit(¾) is log(3) · x.
    logits = torch.tensor([-1.0] * 8 + [1.0] * 8).unsqueeze(1)
    truth = torch.tensor([1.0] * 2 + [0.0] * 6 + [1.0] * 6 + [0.0] * 2).unsqueeze(1)
    scale, offset = opinion.fit_calibration(logits, truth)
    assert scale.item() == pytest.approx(np.log(3), abs=1e-3)
    assert offset.item() == pytest.approx(0, abs=1e-3)


def test_a_calibration_finds_an_offset_too() -> None:
    # Of 8 at 0, half are right; of 8 at 2, all but one.
    logits = torch.tensor([0.0] * 8 + [2.0] * 8).unsqueeze(1)
    truth = torch.tensor([1.0] * 2 + [0.0] * 6 + [1.0] * 7 + [0.0]).unsqueeze(1)
    scale, offset = opinion.fit_calibration(logits, truth)
    assert offset.item() == pytest.approx(np.log(1 / 3), abs=1e-3)
    assert scale.item() == pytest.approx((np.log(7) - np.log(1 / 3)) / 2, abs=1e-3)


def test_a_label_is_heard_as_its_strongest_class() -> None:
    scores = np.zeros((1, 521), np.float32)
    scores[0, [3, 4, 9]] = 0.2, 0.6, 0.9
    logits = opinion.mapped_logits(scores, [[3, 4], [9]])
    assert torch.sigmoid(logits)[0].tolist() == pytest.approx([0.6, 0.9], abs=1e-5)


def test_the_opinion_of_a_fold_is_formed_without_it_and_without_computed_sounds(
    make_clip: MakeClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = [
        make_clip("one.wav", fold="1"),
        make_clip("two.wav", fold="2"),
        make_clip("named.wav", fold="", source="pack"),
        make_clip("made.wav", fold="", source=MADE),
        make_clip("unlabelled.wav", labels=(), fold="", source="cc-sounds"),
    ]
    fitted: list[set[str]] = []

    def fit(of: list[Clip], weights: np.ndarray, *_: object) -> opinion.Opinion:
        assert len(of) == len(weights)
        number = float(len(fitted))
        fitted.append({clip.file for clip in of})
        return lambda clip: np.full((len(clip.teacher_scores), 2), number, np.float32)

    monkeypatch.setattr(opinion, "fit_opinion", fit)
    targets = opinion.window_targets(clips, np.ones(5), LABELS, Path("map.csv"), 1)
    assert fitted == [
        {"one.wav", "two.wav", "named.wav"},
        {"two.wav", "named.wav"},  # of fold 1
        {"one.wav", "named.wav"},  # of fold 2
    ]
    truth = np.array([1, 0])
    expected = [0.6 * truth + 0.4 * 1, 0.6 * truth + 0.4 * 2, truth, truth, np.zeros(2)]
    for found, row in zip(targets, expected, strict=True):
        assert found == pytest.approx(np.tile(row, (WINDOWS, 1)))
