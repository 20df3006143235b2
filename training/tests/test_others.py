"""Figures on other people's recordings."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

from training.evaluation.others import LabelledClips, auc_by_label, by_name, ranks
from training.network.label_outputs import outputs_of_labels

# A bark is a dog. The clips: a dog, a bark, a dog, a cat, a cat.
IDS = ["dog", "bark", "cat"]
CLIPS = LabelledClips(
    list("abcde"),
    has=np.array([[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]], bool),
    right=np.array([[1, 1, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]], bool),
    ranked=np.array([[1, 1, 1], [0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]], bool),
)
SCORES = np.array([[0.5, 0.9, 0.6], [0.8, 0.3, 0.2], [0.1, 0.1, 0.9], [0.4, 0.3, 0.5], [0.3, 0.0, 0.1]])


def test_a_label_below_is_right_and_one_above_is_not_ranked() -> None:
    """The first clip's bark makes it right; the second's dog is above its bark and does not count against it."""
    assert ranks(CLIPS, SCORES).tolist() == [0, 0, 1, 0, 1]


def test_auc_leaves_out_clips_that_may_have_the_label() -> None:
    """Dog: 0.5, 0.8 and 0.1 against 0.4 and 0.3. Barks and cats are too few."""
    assert auc_by_label(CLIPS, SCORES, IDS) == {"dog": pytest.approx(4 / 6)}


def test_a_peers_label_is_its_strongest_class_or_one_below() -> None:
    outputs = outputs_of_labels(IDS, [[0], [2], [1]], [[], ["dog"], []])
    assert by_name(np.array([[0.1, 0.3, 0.7]]), outputs).tolist() == [[0.7, 0.7, 0.3]]
