"""The targets of the label heads."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

from types import SimpleNamespace

import numpy as np
import torch

from training.clips import FeatureSpec
from training.network.adaptation_data import HeardClip
from training.network.label_heads import (
    CERTAIN,
    NO_CHOICE,
    OPINION_SHARE,
    LabelAugmenter,
    choice_of,
    is_certain,
    known_probabilities,
    loss_of,
    opinions_about,
)
from training.network.label_outputs import outputs_of_labels
from training.network.mobilenet import VARIANTS, LabelledNetwork, WindowNetwork
from training.teachers import opinion

NAMES = {"Dog": 0, "Bark": 1, "Cat": 2, "Doorbell": 3, "Animal": 4}
LABELS = outputs_of_labels(["dog", "cat", "animal"], [[0, 1], [2], [4]], [["animal"], ["animal"], []])
LISTENED = {"dog", "cat"}


def clip(*labels: str, fold: str = "") -> HeardClip:
    empty = np.empty((0, 0))
    return HeardClip("clip.opus", "source", fold, labels, empty, empty, empty)


def said(known: np.ndarray) -> list[int]:
    assert set(known) <= {0, np.float32(CERTAIN)}
    return list(np.flatnonzero(known))


def test_a_label_says_itself_its_first_class_and_what_is_above_it() -> None:
    assert said(known_probabilities(clip("dog", fold="1"), LABELS, NAMES)) == [0, 5, 7]


def test_a_class_says_itself_and_the_labels_that_it_means() -> None:
    assert said(known_probabilities(clip("Bark"), LABELS, NAMES)) == [1, 5, 7]
    assert said(known_probabilities(clip("Doorbell", "Cat"), LABELS, NAMES)) == [2, 3, 6, 7]


def test_a_class_that_nobody_knows_says_nothing() -> None:
    assert said(known_probabilities(clip("Peacock"), LABELS, NAMES)) == []


def test_only_a_fold_is_certain_of_all_labels() -> None:
    assert is_certain(clip("dog", fold="1"), LISTENED)
    assert not is_certain(clip("Bark"), LISTENED)


def test_heads_begin_as_the_mean_of_their_classes() -> None:
    torch.manual_seed(6)
    model = LabelledNetwork(WindowNetwork(VARIANTS["window"], torch.zeros(120)), 2).eval()
    model.start_from([[0, 1], [2]])
    _, _, logits, labels = model(torch.randn(1, 1, 120, 120))
    assert torch.allclose(labels[:, 0], logits[:, :2].mean(1), atol=1e-5)
    assert torch.allclose(labels[:, 1], logits[:, 2], atol=1e-5)


def test_what_is_labelled_counts_more_than_the_teachers_opinion() -> None:
    """Classes follow the teacher, labels follow the probe, and what somebody said about the clip is certain."""
    heard = {"means": torch.zeros(1, 1), "logits": torch.tensor([[-9.0, -9.0, 0.0, -9.0, -9.0]])}
    augmenter = LabelAugmenter.__new__(LabelAugmenter)
    augmenter.opinions = torch.tensor([[0.3, 0.2, 0.4]])
    clips = [clip("dog", fold="1"), clip("Bark")]
    augmenter.choices = torch.tensor([choice_of(c, LABELS, LISTENED) for c in clips])
    augmenter.known = torch.tensor(np.stack([known_probabilities(c, LABELS, NAMES) for c in clips]))
    library = SimpleNamespace(means=heard["means"], logits=heard["logits"])
    augmenter.library = library  # type: ignore[assignment]  # it has the fields that are read
    known = augmenter.known_of(torch.tensor([0, 1]), torch.tensor([0, 0]))
    assert known["choice"].tolist() == [0, NO_CHOICE]
    targets = known["targets"]
    assert targets[0].tolist() == pytest.approx([CERTAIN, 0, 0.5, 0, 0, CERTAIN, 0.2, CERTAIN], abs=1e-3)
    assert targets[1].tolist() == pytest.approx([0, CERTAIN, 0.5, 0, 0, CERTAIN, 0.2, CERTAIN], abs=1e-3)


def test_a_choice_is_one_certain_label() -> None:
    assert choice_of(clip("cat", fold="1"), LABELS, LISTENED) == 1
    assert choice_of(clip("cat", "dog", fold="1"), LABELS, LISTENED) == NO_CHOICE
    assert choice_of(clip("cat"), LABELS, LISTENED) == NO_CHOICE


def test_the_choice_counts_only_where_one_sound_with_a_choice_is_alone() -> None:
    labels = torch.tensor([[0.0, 2.0, 9.0], [0.0, 5.0, 0.0], [3.0, 0.0, 0.0]])
    outputs = (torch.zeros(3, 1), torch.zeros(3, 1), torch.zeros(3, 1), labels)
    batch = {
        "targets": torch.zeros(3, 4),
        "means": torch.zeros(3, 1),
        "alone": torch.tensor([1.0, 0.0, 1.0]),
        "choice": torch.tensor([0, 0, NO_CHOICE]),
    }
    # The third label is no rival, the second window is a mixture, and nobody listened to the third.
    expected = np.log(np.exp(0) + np.exp(2)) - 0
    assert loss_of(outputs, batch, torch.ones(1), [0, 1])["choice"].item() == pytest.approx(expected, abs=1e-5)
    batch["alone"] = torch.zeros(3)
    assert loss_of(outputs, batch, torch.ones(1), [0, 1])["choice"].item() == 0


def heard_clip(label: str, strong_class: int, fold: str = "1") -> HeardClip:
    """A clip that sounds throughout, in which the teacher is sure of one class."""
    columns = np.full((312, 120), -3, np.float32)
    logits = np.full((22, 527), -6, np.float16)
    logits[:, strong_class] = 4
    means = np.zeros((22, 384), np.float16)
    means[:, strong_class] = 1
    return HeardClip(f"{label}.opus", "source", fold, (label,), columns, means, logits)


def test_opinions_name_the_label_and_count_less_where_somebody_listened(
    monkeypatch: pytest.MonkeyPatch, spec: FeatureSpec
) -> None:
    monkeypatch.setattr(opinion, "PROBE_STEPS", 40)
    known = [heard_clip("dog", 0), heard_clip("cat", 2)]
    unlabelled = HeardClip("bark.opus", "other", "", (), *heard_parts(heard_clip("dog", 0)))
    opinions = opinions_about([*known, unlabelled], LABELS, LISTENED, spec, seed=1)
    assert opinions.shape == (66, 3)
    assert (opinions[44:, 0] > opinions[44:, 1]).all()
    assert (opinions[44:, 2] >= opinions[44:, 0]).all()  # what is a dog is an animal
    assert opinions[:22, :2] == pytest.approx(OPINION_SHARE * opinions[44:, :2], abs=1e-5)


def heard_parts(of_clip: HeardClip) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return of_clip.log_power, of_clip.means, of_clip.logits
