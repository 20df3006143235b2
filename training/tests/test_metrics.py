"""Figures compared with closed forms and with counts by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from training.evaluation import false_alarms
from training.evaluation.metrics import auc_interval, average_precision, calibration_error, macro_figures, roc_auc
from training.evaluation.pooling import POOLINGS


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    positive = np.array([True, False, True, False, False])
    score = np.array([0.9, 0.8, 0.7, 0.3, 0.1])
    assert roc_auc(positive, score) == pytest.approx(5 / 6)  # one of 2 · 3 pairs is the wrong way round
    assert roc_auc(positive, -score) == pytest.approx(1 / 6)


def test_auc_counts_a_tie_half() -> None:
    assert roc_auc(np.array([True, False, False]), np.array([0.5, 0.5, 0.1])) == pytest.approx(0.75)
    assert roc_auc(np.array([True, False, True, False]), np.full(4, 0.5)) == pytest.approx(0.5)


def test_auc_of_two_shifted_uniforms_is_its_closed_form() -> None:
    # P(u + d > v) for u, v from U(0, 1) is 1 - (1 - d)² / 2.
    even = (np.arange(1000) + 0.5) / 1000
    score = np.concatenate([even + 0.3, even])
    assert roc_auc(np.arange(2000) < 1000, score) == pytest.approx(1 - 0.7**2 / 2, abs=0.001)


def test_average_precision_is_the_mean_precision_at_the_positives() -> None:
    positive = np.array([False, True, True, False, True])
    score = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    assert average_precision(positive, score) == pytest.approx((1 / 2 + 2 / 3 + 3 / 5) / 3)
    assert average_precision(np.array([True, False]), np.array([1, 0])) == 1


def test_macro_figures_are_means_over_labels() -> None:
    truth = np.array([[True, False], [False, True], [False, False]])
    score = np.array([[0.9, 0.8], [0.1, 0.2], [0.2, 0.1]])
    assert macro_figures(truth, score) == {
        "macroAuc": pytest.approx((1 + 0.5) / 2),
        "mAP": pytest.approx((1 + 0.5) / 2),
    }


def test_probabilities_that_hold_have_no_calibration_error() -> None:
    probability = np.repeat([0.25, 0.75], 8)
    truth = np.concatenate([np.arange(8) < 2, np.arange(8) < 6])
    assert calibration_error(probability, truth) == pytest.approx(0)


def test_the_calibration_error_is_the_gap_of_each_tenth_by_its_share() -> None:
    # Ten outputs of 0.9, half of them right, and thirty of 0.2, none right.
    probability = np.array([0.9] * 10 + [0.2] * 30)
    truth = np.array([True] * 5 + [False] * 35)
    assert calibration_error(probability, truth) == pytest.approx(0.25 * 0.4 + 0.75 * 0.2)


def test_the_calibration_error_asks_outputs_of_at_least_0_05() -> None:
    assert calibration_error(np.array([0.04, 0.01]), np.array([True, False])) is None
    assert calibration_error(np.array([0.04, 1.0]), np.array([True, True])) == pytest.approx(0)


def test_windows_become_a_clips_score() -> None:
    windows = np.array([[0.2, 0.0], [0.4, 1.0]])
    pooled = {name: pool(windows).round(6).tolist() for name, pool in POOLINGS.items()}
    assert pooled == {
        "mean": [0.3, 0.5],
        "half mean, half maximum": [0.35, 0.75],
        "maximum": [0.4, 1.0],
    }


def test_a_false_alarm_is_a_label_above_one_half_that_the_clip_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = [
        {"labels": ["dog"], "logits": [[9, 9], [9, 9]]},
        {"labels": [], "logits": [[-9, 9], [-9, -9]]},  # (mean + maximum) / 2 is 0.75
        {"labels": [], "logits": [[-9, 0], [-9, -9]]},  # 0.375
    ]
    path = tmp_path / "test.json"
    path.write_text(json.dumps({"labels": ["dog", "cat"], "clips": clips}))
    monkeypatch.setattr("sys.argv", ["false_alarms", str(path)])
    false_alarms.main()
    assert capsys.readouterr().out == f"{path}: 3 clips; cat 2\n"


def test_the_interval_of_an_auc_is_wider_with_fewer_clips_and_stays_below_one() -> None:
    rng = np.random.default_rng(5)
    many, few = (rng.normal(2, 1, n) for n in (200, 5))
    others = rng.normal(0, 1, 400)

    def interval(positives: np.ndarray) -> tuple[float, float, float]:
        score = np.concatenate([positives, others])
        return auc_interval(np.arange(len(score)) < len(positives), score)

    auc, low, high = interval(many)
    assert low < auc < high
    assert high - low < 0.06
    assert interval(few)[2] - interval(few)[1] > 0.1
    certain, low, high = auc_interval(np.array([True] * 5 + [False] * 50), np.arange(55)[::-1].astype(float))
    assert certain == 1
    assert low < 0.95
    assert high < 1
