"""Figures from logits."""

import math

import pytest

from training.evaluation.of_logits import figures


def logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def clip(labels: list[str], *windows: list[float]) -> dict[str, object]:
    return {"labels": labels, "logits": [[logit(p) for p in window] for window in windows]}


def test_a_clips_score_is_half_its_mean_and_half_its_maximum() -> None:
    """The first clip's dog has 0.5 of (0.5 + 0.9) against 0.65 of the cat, so it is right; the second clip is wrong."""
    clips = [clip(["dog"], [0.9, 0.65, 0.01], [0.1, 0.65, 0.01]), clip(["cat"], [0.8, 0.3, 0.01])]
    found = figures({"labels": ["dog", "cat", "speech"], "clips": clips})
    assert found["accuracy"] == pytest.approx(0.5)
    assert found["top3"] == 1
    # Dog has 0.7 against 0.8, cat 0.3 against 0.65: both the wrong way round.
    assert found["macroAuc"] == 0
    assert found["mAP"] == pytest.approx(0.5)


def test_esc50_has_no_speech() -> None:
    """The first clip's speech is louder than its dog."""
    clips = [clip(["dog"], [0.6, 0.1, 0.9]), clip(["cat"], [0.1, 0.8, 0.1])]
    logits = {"labels": ["dog", "cat", "speech"], "clips": clips}
    assert figures(logits)["accuracy"] == pytest.approx(0.5)
    assert figures(logits, esc50=True)["accuracy"] == pytest.approx(1.0)
