"""Mixing keeps the union of the labels and their levels. Needs torch."""

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.clips import FeatureSpec
from training.network.augment import (
    HISTORY_FRAMES,
    LEVERS,
    Augmenter,
    build_library,
    decibels,
    random_equalisation,
)
from training.network.train import mel_centres_hz

from .conftest import MakeClip

LABELS = ["low", "middle", "high"]
BANDS = {"low": slice(10, 20), "middle": slice(50, 60), "high": slice(90, 100)}
SILENCE = -20.0

MakeAugmenter = Callable[..., Augmenter]


@pytest.fixture
def make_augmenter(make_clip: MakeClip, spec: FeatureSpec) -> MakeAugmenter:
    """Three clips of 300 columns, each with sound in ten bands of its own; only the levers of `with_levers` are on."""

    def make(*with_levers: str) -> Augmenter:
        torch.manual_seed(1)
        np.random.seed(1)
        clips = []
        for number, label in enumerate(LABELS):
            log_power = np.full((300, 120), SILENCE, np.float32)
            log_power[:, BANDS[label]] = -4
            scores = np.zeros((5, 521), np.float16)
            scores[:, number] = 0.5
            heard = {"teacher_scores": scores, "teacher_embeddings": np.zeros((5, 1024), np.float16)}
            clips.append(make_clip(f"{label}.wav", labels=(label,), log_power=log_power, **heard))
        targets = [np.tile(np.array([label == of_clip for label in LABELS], np.float32), (5, 1)) for of_clip in LABELS]
        library = build_library(clips, LABELS, spec["frames"], targets, [True] * 3)
        noise = torch.rand(500, 120) + 0.5
        return Augmenter(
            library,
            noise,
            noise,
            LABELS.index("middle"),
            spec,
            mel_centres_hz(spec),
            torch.ones(3),
            frozenset(LEVERS) - set(with_levers),
        )

    return make


def loudest_db(batch: dict[str, torch.Tensor]) -> np.ndarray:
    """The loudest power of each label's bands in the middle of each window, [n, labels]."""
    log_power = batch["window"][:, 0, 50:70] * 2.5 - 6.5
    return np.stack([10 * log_power[:, :, bands].amax((1, 2)).numpy() for bands in BANDS.values()], 1)


def sounding(batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Examples that are not only noise, hum or near silence."""
    return batch["targets"].sum(1) > 0


def test_power_of_unrelated_sounds_adds_on_average(make_augmenter: MakeAugmenter) -> None:
    mixed = make_augmenter().mix(torch.full((200, 120, 120), 2.0), torch.full((200, 120, 120), 3.0))
    assert mixed.mean().item() == pytest.approx(5, rel=0.01)
    assert mixed.min() >= (np.sqrt(3) - np.sqrt(2)) ** 2 - 1e-5
    assert mixed.max() <= (np.sqrt(3) + np.sqrt(2)) ** 2 + 1e-5


def test_without_mixtures_an_example_has_the_one_label_that_sounds(make_augmenter: MakeAugmenter) -> None:
    batch = make_augmenter().batch(64)
    kept = sounding(batch)
    assert kept.sum() > 40
    assert batch["targets"][kept].sum(1).tolist() == [1] * int(kept.sum())
    assert (loudest_db(batch)[kept].argmax(1) == batch["targets"][kept].argmax(1).numpy()).all()
    assert batch["embedding_known"][kept].tolist() == [1] * int(kept.sum())


def test_a_mixture_has_every_label_that_sounds_in_it_and_no_other(make_augmenter: MakeAugmenter) -> None:
    batch = make_augmenter("mixtures").batch(256)
    kept = sounding(batch)
    heard = loudest_db(batch)[kept] > -60
    targets = batch["targets"][kept].numpy() > 0.5
    assert (heard == targets).all()
    counts = targets.sum(1)
    assert {1, 2, 3} <= set(counts.tolist())


def test_the_sounds_of_a_mixture_are_within_12_db(make_augmenter: MakeAugmenter) -> None:
    batch = make_augmenter("mixtures").batch(256)
    pairs = (batch["targets"] > 0.5).sum(1) == 2
    levels = np.sort(loudest_db(batch)[pairs], 1)
    # The bands of the three sounds differ in width, and the loudness weights bands by width: 12 dB, and the ratio of widths.
    width = make_augmenter().band_width()
    widths = np.array([float(width[bands].sum()) for bands in BANDS.values()])
    most_db = 12 + 10 * np.log10(widths.max() / widths.min()) + 3
    gaps = levels[:, 2] - levels[:, 1]
    assert len(gaps) > 20
    assert gaps.max() <= most_db
    assert gaps.max() > 6


def test_what_yamnet_heard_of_a_mixture_is_its_maximum_and_its_embedding_is_not_asked(
    make_augmenter: MakeAugmenter,
) -> None:
    batch = make_augmenter("mixtures").batch(128)
    kept = sounding(batch)
    assert torch.allclose(batch["scores"][kept][:, :3], 0.5 * (batch["targets"][kept] > 0.5))
    several = (batch["targets"] > 0.5).sum(1) > 1
    assert batch["embedding_known"][several].sum() == 0
    assert batch["scores_known"][several].tolist() == [1] * int(several.sum())


def test_babble_is_speech_and_yamnet_is_not_asked_about_it(make_augmenter: MakeAugmenter) -> None:
    batch = make_augmenter("babble").batch(256)
    both = (batch["targets"] > 0.5).sum(1) == 2
    assert both.sum() > 20
    assert batch["targets"][both, LABELS.index("middle")].tolist() == [1] * int(both.sum())
    assert batch["scores_known"][both].sum() == 0


def test_some_examples_are_noise_alone_and_hold_no_label(make_augmenter: MakeAugmenter) -> None:
    batch = make_augmenter("mixtures", "babble").batch(512)
    empty = batch["targets"].sum(1) == 0
    assert 0.04 < empty.float().mean() < 0.13
    assert batch["targets_known"][empty].tolist() == [1] * int(empty.sum())
    assert batch["scores_known"][empty].sum() == 0


def test_a_crop_is_the_clips_own_columns_and_silence_outside(make_augmenter: MakeAugmenter) -> None:
    augmenter = make_augmenter()
    ramp = torch.arange(300.0).unsqueeze(1).expand(300, 120)
    augmenter.library.power = torch.cat([ramp, ramp + 1000, ramp + 2000])
    power = augmenter.crop(torch.tensor([0, 1]), torch.tensor([-10, 250]))[:, HISTORY_FRAMES:]
    assert power[0, :10].abs().max() == 0
    assert power[0, 10:, 0].tolist() == list(range(110))
    assert power[1, :50, 7].tolist() == list(range(1250, 1300))
    assert power[1, 50:].abs().max() == 0


def test_noise_has_a_power_of_one_whatever_its_colour(make_augmenter: MakeAugmenter) -> None:
    augmenter = make_augmenter()
    power = augmenter.total(augmenter.coloured_noise(16)).mean(1)
    assert power.numpy() == pytest.approx(1, abs=0.2)


def test_a_rooms_tail_falls_as_its_reverberation_time_says(
    make_augmenter: MakeAugmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    augmenter = make_augmenter()
    augmenter.cosines = torch.zeros_like(augmenter.cosines)
    monkeypatch.setattr(
        "training.network.augment.uniform", lambda low, high, *shape: torch.full(shape, (low + high) / 2)
    )
    monkeypatch.setattr(torch, "rand", torch.zeros)
    power = torch.zeros(1, 100, 120)
    power[0, 0] = 1
    tail = augmenter.reverberate(power)[0, 1:, 0].log10() * 10
    t60_seconds = (0.15 + 1.2) / 2
    falls_db = torch.diff(tail)
    assert falls_db.numpy() == pytest.approx(-60 * 500 / 32_000 / t60_seconds, rel=1e-3)


def test_what_yamnet_heard_is_the_mean_over_the_windows_in_a_crop(make_augmenter: MakeAugmenter) -> None:
    augmenter = make_augmenter()
    rows = torch.arange(5.0).unsqueeze(1)
    sums = torch.cat([torch.zeros(1, 1), rows.cumsum(0)]).repeat(3, 1)
    # A crop from 0.96 s to 2.88 s holds the windows that start at 0.96, 1.44 and 1.92 s: numbers 2, 3 and 4.
    start = round(0.96 * 32_000 / 500)
    assert augmenter.window_means(sums, torch.tensor([1]), torch.tensor([start])).item() == pytest.approx(3, abs=0.51)
    # A crop far past the end takes the last window.
    assert augmenter.window_means(sums, torch.tensor([2]), torch.tensor([2000])).item() == 4


def test_decibels_and_frequency_responses() -> None:
    assert decibels(torch.tensor([-10.0, 0.0, 20.0])).tolist() == pytest.approx([0.1, 1, 100])
    torch.manual_seed(1)
    responses = 10 * random_equalisation(2000, 120, 4).log10()
    assert responses.shape == (2000, 1, 120)
    # A slope of 4 dB · N(0, 1) · (position − ½), and four ripples of 2 dB · N(0, 1): in the middle, only the ripples remain.
    assert responses[:, 0, 60].std().item() == pytest.approx(2 * np.sqrt(4 / 2), rel=0.1)
