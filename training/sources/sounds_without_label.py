"""Makes the set of sounds without a label: what a microphone picks up when nothing happens.

    python -m training.sources.sounds_without_label --out OUT

OUT gets `clips.csv`, with no labels, and 5 s of each kind at each level as 16-bit WAV at 32 kHz: silence, white, pink and
brown noise, mains hum of 50 and 60 Hz, a fan, and room tone. The seed is fixed.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.sources.debian import SAMPLE_RATE_HZ, write_wav

SEED = 2017
SECONDS = 5
LEVELS_DB = (-25, -35, -45, -55, -65, -75)

Sound = Callable[[np.random.Generator], np.ndarray]


def coloured_noise(power_slope: float) -> Sound:
    """Noise whose power falls with frequency^-slope above 20 Hz: 0 is white, 1 pink, 2 brown."""

    def make(rng: np.random.Generator) -> np.ndarray:
        samples = SECONDS * SAMPLE_RATE_HZ
        spectrum = np.fft.rfft(rng.standard_normal(samples))
        hz = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ)
        return np.fft.irfft(spectrum * (hz >= 20) * np.maximum(hz, 20) ** (-power_slope / 2), samples)

    return make


def scaled(samples: np.ndarray) -> np.ndarray:
    """With a root mean square of 1."""
    return samples / np.sqrt(np.mean(samples**2))


def tone(hz: float, phase: float) -> np.ndarray:
    """A sine of full scale."""
    return np.sin(2 * np.pi * hz * np.arange(SECONDS * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ + phase)


def mains_hum(mains_hz: float) -> Sound:
    """Twelve harmonics, the even ones stronger, like a rectifier's, with a little noise."""

    def make(rng: np.random.Generator) -> np.ndarray:
        harmonics = [
            (1 if k % 2 == 0 else 0.4) / k * tone(k * mains_hz, rng.uniform(0, 2 * np.pi)) for k in range(1, 13)
        ]
        return scaled(np.sum(harmonics, 0)) + 0.1 * scaled(coloured_noise(1)(rng))

    return make


def fan(rng: np.random.Generator) -> np.ndarray:
    """Air noise slightly modulated by the blades (5 blades, 1,200 turns per minute), and their faint tone."""
    blades_hz = 5 * 1200 / 60
    air = scaled(coloured_noise(1.3)(rng)) * (1 + 0.1 * tone(blades_hz, 0))
    return air + 0.1 * tone(blades_hz, 0) + 0.05 * tone(2 * blades_hz, 1)


def room_tone(rng: np.random.Generator) -> np.ndarray:
    """Rumble from outside, and the microphone's own noise 20 dB below it."""
    return scaled(coloured_noise(2)(rng)) + 0.1 * scaled(coloured_noise(0)(rng))


SOUNDS: dict[str, Sound] = {
    "white": coloured_noise(0),
    "pink": coloured_noise(1),
    "brown": coloured_noise(2),
    "hum-50": mains_hum(50),
    "hum-60": mains_hum(60),
    "fan": fan,
    "room-tone": room_tone,
}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    clips = {"silence.wav": np.zeros(SECONDS * SAMPLE_RATE_HZ)}
    for name, sound in SOUNDS.items():
        for level_db in LEVELS_DB:
            clips[f"{name}{level_db}.wav"] = scaled(sound(rng)) * 10 ** (level_db / 20)
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "labels"])
        for name, samples in clips.items():
            write_wav(arguments.out / name, samples)
            writer.writerow([name, ""])
    print(f"{len(clips)} clips")


if __name__ == "__main__":
    main()
