"""Synthesises sounds for six labels, as training examples in addition to the recordings: DIR/clips.csv.

    python -m training.sources.made_sounds --out DIR

Horns, sirens, frogs, ticking clocks, fireworks and rain are simple to compute: steady or sweeping tones, trains of pulses,
resonances that ring down, bursts of noise. Every clip has its own parameters. Their range is as wide as possible while
YAMNet, which was trained only on recordings, still recognises the label. These sounds are never used for tests. Dripping
water, mouse clicks and pigs were tried and left out, because YAMNet did not recognise them.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.clips import CLIP_COLUMNS, MADE
from training.sources.debian import SAMPLE_RATE_HZ, write_wav

CLIPS_OF_A_LABEL = 80
SECONDS = 5
SAMPLES = SECONDS * SAMPLE_RATE_HZ
HIGHEST_HZ = 14_000
SEED = 2017

Rng = np.random.Generator
Maker = Callable[[Rng], np.ndarray]


def log_uniform(rng: Rng, low: float, high: float) -> float:
    """A random number between two bounds, with every octave equally likely."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def seconds(count: int = SAMPLES) -> np.ndarray:
    """The times of `count` samples."""
    return np.arange(count) / SAMPLE_RATE_HZ


def harmonic_tone(rng: Rng, frequency_hz: np.ndarray, slope_db: float) -> np.ndarray:
    """A tone that follows `frequency_hz` [samples]; each octave of harmonics is `slope_db` (and chance) stronger."""
    phase = 2 * np.pi * np.cumsum(frequency_hz) / SAMPLE_RATE_HZ
    tone = np.zeros(len(phase))
    for order in range(1, int(HIGHEST_HZ / frequency_hz.max()) + 1):
        strength_db = slope_db * np.log2(order) + rng.normal(0, 3)
        tone += 10 ** (strength_db / 20) * np.sin(order * phase + rng.uniform(0, 2 * np.pi))
    return tone


def frequencies_hz(count: int) -> np.ndarray:
    """The FFT frequencies for `count` samples."""
    return np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)


def filtered(samples: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Samples through a filter with this response at each of their frequencies; the tail wraps around to the start."""
    return np.fft.irfft(np.fft.rfft(samples) * response, len(samples))


def resonant(rng: Rng, samples: np.ndarray, low_hz: float, high_hz: float) -> np.ndarray:
    """Up to three broad resonances between two frequencies, like those of a horn's bell."""
    hz = frequencies_hz(len(samples))
    gain = np.full(len(hz), rng.uniform(0.1, 1))
    for _ in range(rng.integers(1, 4)):
        centre_hz = log_uniform(rng, low_hz, high_hz)
        gain += rng.uniform(0.5, 3) / (1 + ((hz - centre_hz) / (centre_hz * rng.uniform(0.1, 0.5))) ** 2)
    return filtered(samples, gain)


def low_passed(samples: np.ndarray, cut_off_hz: float) -> np.ndarray:
    """A low-pass with a slope of 12 dB per octave."""
    return filtered(samples, 1 / (1 + (frequencies_hz(len(samples)) / cut_off_hz) ** 2))


def smoothed(contour: np.ndarray, fade_seconds: float) -> np.ndarray:
    """A contour, such as a gate of zeros and ones, with soft edges."""
    kernel = np.hanning(2 * int(fade_seconds * SAMPLE_RATE_HZ / 2) + 3)
    return np.convolve(np.pad(contour, len(kernel) // 2, mode="edge"), kernel / kernel.sum(), mode="valid")


def driving(rng: Rng, chance_of_passing: float) -> tuple[np.ndarray, np.ndarray]:
    """Pitch and level of a source that drives past or stands still, [samples] each (Doppler shift, level by distance)."""
    if rng.random() >= chance_of_passing:
        return np.ones(SAMPLES), np.ones(SAMPLES)
    speed, distance_m = rng.uniform(5, 30), rng.uniform(5, 40)
    along_m = speed * (seconds() - rng.uniform(0.2, 0.8) * SECONDS)
    away_m = np.hypot(along_m, distance_m)
    return 1 / (1 + speed * along_m / away_m / 343), distance_m / away_m


def reverberated(rng: Rng, samples: np.ndarray) -> np.ndarray:
    """Adds the reverberation of a street or a pond, which is decaying noise."""
    tail = rng.standard_normal(SAMPLE_RATE_HZ) * np.exp(-seconds(SAMPLE_RATE_HZ) / log_uniform(rng, 0.03, 0.4))
    tail = low_passed(tail, log_uniform(rng, 1000, 8000))
    padded = len(samples) + len(tail)
    wet = np.fft.irfft(np.fft.rfft(samples, padded) * np.fft.rfft(tail, padded), padded)[: len(samples)]
    return samples / np.abs(samples).max() + rng.uniform(0, 1) * wet / np.abs(wet).max()


def add_at(samples: np.ndarray, start_seconds: float, sound: np.ndarray) -> None:
    """Adds a sound in place; anything past the end is cut off."""
    start = int(start_seconds * SAMPLE_RATE_HZ)
    end = min(len(samples), start + len(sound))
    if end > start:
        samples[start:end] += sound[: end - start]


def car_horn(rng: Rng) -> np.ndarray:
    """Repeated honks: one to three tones of a chord that start low and are held."""
    lowest_hz = rng.uniform(130, 260) if rng.random() < 0.2 else rng.uniform(260, 560)
    chord_hz = lowest_hz * np.cumprod([1, *rng.uniform(1.12, 1.4, rng.integers(0, 3))])
    gate, since_onset = np.zeros(SAMPLES), np.full(SAMPLES, 1.0)
    at, honk = rng.uniform(0, 0.8), log_uniform(rng, 0.12, 2.5)
    while at < SECONDS:
        length = honk * rng.uniform(0.6, 1.6)
        start, end = int(at * SAMPLE_RATE_HZ), int((at + length) * SAMPLE_RATE_HZ)
        gate[start:end] = 1
        since_onset[start:] = seconds(SAMPLES - start)
        at += length + log_uniform(rng, 0.06, 1.2)
    pitch, level = driving(rng, 0.3)
    pitch = pitch * (1 - rng.uniform(0, 0.06) * np.exp(-since_onset / 0.03))
    slope_db = rng.uniform(-7, 0)
    tones = np.sum([rng.uniform(0.5, 1) * harmonic_tone(rng, hz * pitch, slope_db) for hz in chord_hz], 0)
    return reverberated(rng, resonant(rng, tones, 800, 4500) * level * smoothed(gate, rng.uniform(0.01, 0.06)))


def siren(rng: Rng) -> np.ndarray:
    """Wail, yelp, two alternating tones, or the slow swell of a rotor."""
    kind = rng.choice(["wail", "yelp", "two tones", "rotor"])
    time = seconds() + rng.uniform(0, 10)
    if kind == "two tones":
        low_hz = rng.uniform(360, 750)
        high_hz, period = low_hz * rng.uniform(1.15, 1.6), rng.uniform(0.6, 2)
        frequency_hz = np.where(time % period < period / 2, low_hz, high_hz)
    else:
        period = {"wail": rng.uniform(1.5, 6), "yelp": rng.uniform(0.15, 0.5), "rotor": rng.uniform(4, 12)}[kind]
        low_hz = rng.uniform(150, 350) if kind == "rotor" else rng.uniform(400, 750)
        high_hz = rng.uniform(400, 800) if kind == "rotor" else rng.uniform(1000, 1800)
        rise = rng.uniform(0.2, 0.7)
        turn = time / period % 1
        height = np.where(turn < rise, turn / rise, (1 - turn) / (1 - rise))
        frequency_hz = low_hz * (high_hz / low_hz) ** height
    pitch, level = driving(rng, 0.5)
    tone = harmonic_tone(rng, smoothed(frequency_hz * pitch, 0.02), rng.uniform(-12, -2))
    return reverberated(rng, resonant(rng, tone, 600, 3000) * level)


def frog_call(rng: Rng, voice_hz: float, pulses_per_second: float, call_seconds: float) -> np.ndarray:
    """A throat that rings with pulses of breath; the faster the pulses, the more like a trill."""
    time = seconds(int((call_seconds + 0.1) * SAMPLE_RATE_HZ))
    unsteady = low_passed(rng.standard_normal(len(time)), 20) * rng.uniform(0.5, 8)
    phase = np.cumsum(pulses_per_second * (1 + unsteady)) / SAMPLE_RATE_HZ
    # A pulse with an abrupt start would click.
    pulses = np.exp(-rng.uniform(2, 7) * (phase % 1)) * np.minimum(1, phase % 1 / 0.05)
    swell = np.clip(time / (0.3 * call_seconds), 0.2, 1) * (time < call_seconds)
    pitch = 1 + rng.uniform(-0.1, 0.25) * time / call_seconds
    breath_share = rng.uniform(0, 0.7)
    breath = rng.standard_normal(len(time))
    began = np.searchsorted(phase, np.floor(phase)).clip(0, len(time) - 1)
    voice = np.zeros(len(time))
    for order in [1, rng.uniform(1.6, 2.4), rng.uniform(2.8, 4)][: rng.integers(1, 4)]:
        width_hz = voice_hz * order * rng.uniform(0.03, 0.15)
        flutter = low_passed(breath, width_hz) * np.sqrt(SAMPLE_RATE_HZ / width_hz)
        turns = np.cumsum(voice_hz * order * pitch) / SAMPLE_RATE_HZ
        # Each pulse excites the throat again.
        tone = np.sin(2 * np.pi * (turns - turns[began]))
        voice += rng.uniform(0.3, 1) * (1 - breath_share + breath_share * flutter) * tone
    return voice * pulses * swell


def frog(rng: Rng) -> np.ndarray:
    """One frog or a pond of them: croaks, ribbits of two parts, or trills."""
    kind = rng.choice(["croak", "ribbit", "trill"])
    pulses, length = {
        "croak": ((20, 120), (0.12, 0.8)),
        "ribbit": ((30, 110), (0.08, 0.25)),
        "trill": ((20, 60), (0.6, 2)),
    }[kind]
    samples = np.zeros(SAMPLES)
    rate, call_seconds = log_uniform(rng, *pulses), log_uniform(rng, *length)
    for _ in range(1 if rng.random() < 0.6 else rng.integers(2, 13)):
        own_hz, own_level, own_pause = log_uniform(rng, 500, 2200), rng.uniform(0.2, 1), log_uniform(rng, 0.1, 1.2)
        at = rng.uniform(0, 0.7)
        while at < SECONDS:
            add_at(samples, at, own_level * frog_call(rng, own_hz, rate, call_seconds))
            if kind == "ribbit":
                at += call_seconds * rng.uniform(1, 1.4)
                add_at(samples, at, own_level * frog_call(rng, own_hz * rng.uniform(1.05, 1.5), rate, call_seconds))
            at += call_seconds + own_pause * rng.uniform(0.7, 1.4)
    return reverberated(rng, samples) if rng.random() < 0.7 else samples


def tick(rng: Rng, modes_hz: np.ndarray, decay_seconds: float, spread_seconds: float) -> np.ndarray:
    """A few impacts of small parts within `spread_seconds`, like an escapement's; they ring and scrape."""
    time = seconds(int(10 * decay_seconds * SAMPLE_RATE_HZ) + 1)
    fall = np.exp(-time / decay_seconds) * np.minimum(1, time / 0.0003)
    sound = np.zeros(int(spread_seconds * SAMPLE_RATE_HZ) + len(time))
    scrape_share = rng.uniform(0, 0.6)
    for at in rng.uniform(0, spread_seconds, rng.integers(1, 7)):
        rung = sum(rng.uniform(0.2, 1) * np.sin(2 * np.pi * hz * time) for hz in modes_hz)
        scraped = rng.standard_normal(len(time))
        add_at(sound, at, rng.uniform(0.2, 1) * fall * ((1 - scrape_share) * rung + scrape_share * scraped))
    return sound


def clock_tick(rng: Rng) -> np.ndarray:
    """Evenly spaced ticks and tocks; each clock has its own two sounds."""
    period, limp = log_uniform(rng, 0.18, 1.05), rng.uniform(0, 0.06)
    decay_seconds, spread_seconds = log_uniform(rng, 0.0008, 0.01), rng.uniform(0.004, 0.06)
    count = rng.integers(3, 9)
    ticks = [
        tick(rng, np.exp(rng.uniform(np.log(1200), np.log(9000), count)), decay_seconds, spread_seconds)
        for _ in range(2)
    ]
    ticks[1] = ticks[rng.integers(0, 2)] * rng.uniform(0.4, 1.2)
    samples = np.zeros(SAMPLES)
    for number, at in enumerate(np.arange(rng.uniform(0, period), SECONDS, period)):
        add_at(samples, at + limp * period * (number % 2), ticks[number % 2] * rng.uniform(0.9, 1.1))
    return samples


def fireworks(rng: Rng) -> np.ndarray:
    """Bursts that fade in a rumble, most of them followed by crackling sparks."""
    samples, at = np.zeros(SAMPLES), rng.uniform(0, 0.6)
    pause, cut_off_hz = log_uniform(rng, 0.2, 1.8), log_uniform(rng, 800, 4000)
    decay_seconds, tail_seconds = log_uniform(rng, 0.03, 0.25), rng.uniform(0.3, 0.9)
    sparks = rng.integers(0, 150)
    while at < SECONDS:
        time = seconds(int(2.5 * SAMPLE_RATE_HZ))
        onset = np.minimum(1, time / log_uniform(rng, 0.0005, 0.005))
        noise = low_passed(rng.standard_normal(len(time)), cut_off_hz * rng.uniform(0.6, 1.6))
        burst = noise * onset * np.exp(-time / (decay_seconds * rng.uniform(0.5, 2)))
        tail = noise[::-1] * onset * np.exp(-time / tail_seconds)
        add_at(
            samples,
            at,
            rng.uniform(0.3, 1) * (burst / np.abs(burst).max() + rng.uniform(0.05, 0.4) * tail / np.abs(tail).max()),
        )
        for spark in at + 0.1 + rng.gamma(2, 0.3, sparks):
            fall = np.exp(-np.arange(800) / rng.uniform(15, 150))
            add_at(samples, spark, rng.uniform(0.02, 0.3) * rng.standard_normal(800) * fall)
        at += pause * rng.uniform(0.3, 1.7)
    return samples


def rain(rng: Rng) -> np.ndarray:
    """Nearby drops, each hitting one of four small objects, and the hiss of distant ones."""
    hz = frequencies_hz(SAMPLES)
    band = 1 / (1 + (rng.uniform(300, 1200) / np.maximum(hz, 1)) ** 2) / (1 + (hz / rng.uniform(2500, 8000)) ** 2)
    hiss = filtered(rng.standard_normal(SAMPLES), band)
    count = int(log_uniform(rng, 50, 400) * SECONDS)
    drops = np.zeros(SAMPLES)
    for _ in range(4):
        struck = np.zeros(SAMPLES)
        struck[rng.integers(0, SAMPLES, count // 4)] = rng.pareto(rng.uniform(1.5, 2.8), count // 4).clip(0, 20)
        time = seconds(3200)
        modes_hz = np.exp(rng.uniform(np.log(1000), np.log(8000), 3))
        rung = sum(np.sin(2 * np.pi * mode_hz * time) for mode_hz in modes_hz)
        rung *= np.exp(-time / log_uniform(rng, 0.0004, 0.004)) * np.minimum(1, time / 0.0002)
        struck_and_rung = filtered(struck, np.fft.rfft(rung, SAMPLES))
        drops += struck_and_rung / struck_and_rung.std()
    hiss_share = rng.uniform(0.35, 0.75)
    return hiss_share * hiss / hiss.std() + (1 - hiss_share) * drops / drops.std()


# Each function has the name of the label that its sounds get.
MAKERS: tuple[Maker, ...] = (car_horn, siren, frog, clock_tick, fireworks, rain)


def over_noise(rng: Rng, samples: np.ndarray) -> np.ndarray:
    """Scales to half of full scale and adds the noise of a quiet place."""
    noise = low_passed(rng.standard_normal(len(samples)), log_uniform(rng, 100, 12_000))
    return 0.5 * (samples / np.abs(samples).max() + 10 ** (rng.uniform(-70, -30) / 20) * noise / np.abs(noise).max())


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    (arguments.out / "clips").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    rows = []
    for maker in MAKERS:
        label = maker.__name__
        for number in range(CLIPS_OF_A_LABEL):
            file = f"made_{label}_{number}.wav"
            write_wav(arguments.out / "clips" / file, over_noise(rng, maker(rng)))
            rows.append([file, MADE, "", label, "", "made by training/sources/made_sounds.py", "", ""])
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        csv.writer(handle).writerows([CLIP_COLUMNS, *rows])
    print(f"{len(rows)} clips of {len(MAKERS)} labels")


if __name__ == "__main__":
    main()
