"""Writes the noise that training mixes in, and its list for `npm run features`: DIR/noise.csv.

    python -m training.sources.noise DIR

`white.wav` is two minutes of white noise. `hum.wav` is the hum of 150 appliances, 4 s each: harmonics of a mains frequency
between 48 and 62 Hz, with levels that differ per appliance, plus weaker noise.
"""

import csv
import sys
from pathlib import Path

import numpy as np

from training.sources.debian import SAMPLE_RATE_HZ, write_wav

WHITE_SECONDS = 120
HUMS = 150
HUM_SECONDS = 4
LEVEL = 0.1  # root mean square
SEED = 2017


def hum(rng: np.random.Generator) -> np.ndarray:
    """One appliance: from a transformer's few harmonics to a rectifier's many."""
    time = np.arange(HUM_SECONDS * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    mains_hz = rng.uniform(48, 62)
    order = np.arange(1, rng.integers(2, 41))
    slope_db, even_db = rng.uniform(-12, 0), rng.uniform(-12, 12)
    strength_db = slope_db * np.log2(order) + even_db * (order % 2 == 0) + rng.normal(0, 5, len(order))
    tones = sum(
        10 ** (db / 20) * np.sin(2 * np.pi * k * mains_hz * time + rng.uniform(0, 2 * np.pi))
        for k, db in zip(order, strength_db, strict=True)
    )
    tones *= 1 + rng.uniform(0, 0.3) * np.sin(2 * np.pi * rng.uniform(0.2, 8) * time)
    noise = np.cumsum(rng.standard_normal(len(time))) if rng.random() < 0.5 else rng.standard_normal(len(time))
    noise -= np.convolve(noise, np.ones(1001) / 1001, mode="same")
    samples = tones / np.sqrt(np.mean(tones**2)) + 10 ** (rng.uniform(-50, -6) / 20) * noise / np.sqrt(
        np.mean(noise**2)
    )
    return samples * LEVEL / np.sqrt(np.mean(samples**2))


def main() -> None:
    """Runs the command described in the module docstring."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    write_wav(folder / "white.wav", rng.normal(0, LEVEL, SAMPLE_RATE_HZ * WHITE_SECONDS))
    write_wav(folder / "hum.wav", np.concatenate([hum(rng) for _ in range(HUMS)]))
    with (folder / "noise.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["file", "labels"], ["white.wav", ""], ["hum.wav", ""]])


if __name__ == "__main__":
    main()
