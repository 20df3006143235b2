"""Figures on other people's recordings."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

from training.evaluation.others import auc_by_class, label_scores, rows_with_labels, top_share

NAMES = ["Dog", "Bark", "Cat", "Doorbell"]
CLASSES = {"dog": [0, 1], "cat": [2]}
ROWS = [{"labels": labels} for labels in ("Dog", "Bark;Dog", "Dog", "Cat", "Peacock")]
SCORES = np.array(
    [[0.9, 0.1, 0.0, 0.0], [0.2, 0.8, 0.9, 0.0], [0.3, 0.1, 0.1, 0.2], [0.4, 0.0, 0.3, 0.5], [0.1, 0.0, 0.0, 0.0]]
)


def test_a_class_is_measured_where_three_clips_are_named_after_it() -> None:
    """Dog: of 3 × 2 pairs, those of 0.2 and 0.3 against the cat's 0.4 are the wrong way round."""
    assert auc_by_class(ROWS, SCORES, NAMES) == {"Dog": pytest.approx(4 / 6)}


def test_top_shares_count_clips_that_have_a_class() -> None:
    """The second clip's bark ranks below the cat, the fourth's cat below two others; the fifth's class is not in NAMES."""
    assert top_share(ROWS, SCORES, NAMES, 1) == pytest.approx(2 / 4)
    assert top_share(ROWS, SCORES, NAMES, 2) == pytest.approx(3 / 4)


def test_classes_become_the_labels_that_they_mean() -> None:
    assert [row["labels"] for row in rows_with_labels(ROWS, CLASSES, NAMES)] == ["dog", "dog", "dog", "cat", ""]
    assert label_scores(SCORES, CLASSES)[1].tolist() == [0.8, 0.9]
