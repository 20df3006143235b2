"""What the labels' heads learn from."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import numpy as np
import torch

from training.network.adaptation_data import HeardClip
from training.network.label_heads import CERTAIN, LabelledNetwork, is_certain, known_logits
from training.network.mobilenet import VARIANTS, WindowNetwork

NAMES = {"Dog": 0, "Bark": 1, "Cat": 2, "Doorbell": 3}
CLASSES = {"dog": [0, 1], "cat": [2]}
LABELS = ["dog", "cat"]


def clip(*labels: str, fold: str = "") -> HeardClip:
    empty = np.empty((0, 0))
    return HeardClip("clip.opus", "source", fold, labels, empty, empty, empty)


def said(known: np.ndarray) -> list[int]:
    assert set(known[np.isfinite(known)]) <= {CERTAIN}
    return list(np.flatnonzero(np.isfinite(known)))


def test_a_label_says_itself_and_its_first_class() -> None:
    assert said(known_logits(clip("dog", fold="1"), LABELS, CLASSES, NAMES)) == [0, 4]


def test_a_class_says_itself_and_the_labels_that_it_means() -> None:
    assert said(known_logits(clip("Bark"), LABELS, CLASSES, NAMES)) == [1, 4]
    assert said(known_logits(clip("Doorbell", "Cat"), LABELS, CLASSES, NAMES)) == [2, 3, 5]


def test_a_class_that_nobody_knows_says_nothing() -> None:
    assert said(known_logits(clip("Peacock"), LABELS, CLASSES, NAMES)) == []


def test_only_a_fold_is_certain_of_all_labels() -> None:
    assert is_certain(clip("dog", fold="1"), CLASSES)
    assert not is_certain(clip("Bark"), CLASSES)


def test_heads_begin_as_the_mean_of_their_classes() -> None:
    torch.manual_seed(6)
    model = LabelledNetwork(WindowNetwork(VARIANTS["window"], torch.zeros(120)), 2).eval()
    model.start_from([[0, 1], [2]])
    _, _, logits, labels = model(torch.randn(1, 1, 120, 120))
    assert torch.allclose(labels[:, 0], logits[:, :2].mean(1), atol=1e-5)
    assert torch.allclose(labels[:, 1], logits[:, 2], atol=1e-5)
