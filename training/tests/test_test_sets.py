"""The harder test sets: unions of labels, levels, noise, bands and rooms."""

import numpy as np
import pytest

from training.evaluation.test_sets import (
    MIXTURE_SPREAD_DB,
    babble,
    band_limit,
    chain,
    gain,
    level,
    mixture,
    room,
    white_noise,
    within_full_scale,
)
from training.sources.debian import SAMPLE_RATE_HZ


def tone(hz: float, amplitude: float = 0.5, seconds: float = 1) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * hz * np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def as_db(ratio: float) -> float:
    return 20 * float(np.log10(ratio))


def strength(samples: np.ndarray, hz: float) -> float:
    """Amplitude of one frequency."""
    turns = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / SAMPLE_RATE_HZ)
    return 2 * float(abs(np.mean(samples * turns)))


def test_the_level_of_a_sine_is_its_amplitude_by_the_root_of_two_and_silence_does_not_lower_it() -> None:
    assert level(tone(1000)) == pytest.approx(0.5 / np.sqrt(2), rel=1e-3)
    assert level(np.concatenate([tone(1000), np.zeros(5 * SAMPLE_RATE_HZ)])) == pytest.approx(level(tone(1000)))
    assert level(np.zeros(SAMPLE_RATE_HZ)) == 0


def test_gain_is_in_decibels() -> None:
    assert as_db(level(gain(-20)(tone(1000), rng())) / level(tone(1000))) == pytest.approx(-20)


def test_white_noise_is_10_db_below_the_sound() -> None:
    samples = tone(1000)
    noise = white_noise(samples, rng()) - samples
    assert as_db(np.sqrt(np.mean(noise**2)) / level(samples)) == pytest.approx(-10)


def test_babble_is_10_db_below_the_sound_and_holds_six_voices() -> None:
    samples = tone(1000)
    voices = [tone(100 * (i + 2)) for i in range(7)]
    added = babble(voices)(samples, rng()) - samples
    assert as_db(level(added) / level(samples)) == pytest.approx(-10, abs=0.1)
    heard = [hz for hz in range(200, 900, 100) if strength(added, hz) > 0.001]
    assert len(heard) == 6


@pytest.mark.parametrize("cutoff_hz", [4000, 8000])
def test_a_band_limit_keeps_what_is_below_it_and_takes_what_is_above(cutoff_hz: float) -> None:
    limit = band_limit(cutoff_hz)
    below, above = tone(cutoff_hz - 300), tone(cutoff_hz + 300)
    assert as_db(strength(limit(below, rng()), cutoff_hz - 300) / 0.5) == pytest.approx(0, abs=0.2)
    assert as_db(strength(limit(above, rng()), cutoff_hz + 300) / 0.5) < -40


def test_a_room_keeps_the_direct_sound_and_its_tail_has_the_level_asked_for() -> None:
    click = np.zeros(2 * SAMPLE_RATE_HZ)
    click[0] = 1
    heard = room(0.4, 3)(click, rng())
    assert heard[0] == pytest.approx(1)
    assert as_db(np.sqrt(np.sum(heard[1:] ** 2))) == pytest.approx(-3, abs=0.01)


def test_a_rooms_tail_falls_by_60_db_in_its_time() -> None:
    click = np.zeros(2 * SAMPLE_RATE_HZ)
    click[0] = 1
    heard = room(1.0, 0)(click, rng())
    tenth = SAMPLE_RATE_HZ // 10
    power = [float(np.mean(heard[i * tenth + 1 : (i + 1) * tenth] ** 2)) for i in range(1, 9)]
    slope_db = np.polyfit(np.arange(8) * 0.1, 10 * np.log10(power), 1)[0]
    assert slope_db == pytest.approx(-60, abs=3)


def test_changes_are_chained_in_order() -> None:
    changed = chain(gain(-6), lambda samples, _rng: samples + 1)(np.ones(4), rng())
    assert changed == pytest.approx(1 + 10 ** (-6 / 20))


@pytest.mark.parametrize("count", [2, 3])
def test_a_mixture_has_the_union_of_other_labels_each_within_6_db(count: int) -> None:
    labels = ["cat", "dog", "hen", "rain"]
    clips = [
        (label, tone(hz, amplitude))
        for label, hz, amplitude in zip(labels, (500, 1000, 2000, 4000), (0.5, 0.1, 0.02, 0.9), strict=True)
    ]
    random = rng()
    for _ in range(20):
        mixed_labels, mixed = mixture(clips, 0, count, random)
        heard = [label for label, hz in zip(labels, (500, 1000, 2000, 4000), strict=True) if strength(mixed, hz) > 0.01]
        assert mixed_labels.split(";") == heard
        assert len(heard) == count
        assert "cat" in heard
        assert strength(mixed, 500) == pytest.approx(0.5, rel=1e-3)
        others = [strength(mixed, hz) for hz in (1000, 2000, 4000) if strength(mixed, hz) > 0.01]
        assert all(abs(as_db(other / 0.5)) <= MIXTURE_SPREAD_DB + 0.01 for other in others)


def test_a_mixture_takes_no_second_clip_of_its_label_and_no_silent_one() -> None:
    clips = [("dog", tone(500)), ("dog", tone(700)), ("rain", np.zeros(SAMPLE_RATE_HZ)), ("hen", tone(900))]
    random = rng()
    for _ in range(20):
        assert mixture(clips, 0, 2, random)[0] == "dog;hen"


def test_a_mixture_is_as_long_as_its_longest_clip_and_leaves_its_clips_alone() -> None:
    clips = [("dog", tone(500)), ("hen", tone(900, seconds=2))]
    before = clips[0][1].copy()
    assert len(mixture(clips, 0, 2, rng())[1]) == 2 * SAMPLE_RATE_HZ
    assert np.array_equal(clips[0][1], before)


def test_no_clip_is_louder_than_full_scale_and_quiet_ones_stay_as_they_are() -> None:
    assert np.abs(within_full_scale(tone(500, 3))).max() == pytest.approx(0.99)
    assert np.array_equal(within_full_scale(tone(500, 0.2)), tone(500, 0.2))
