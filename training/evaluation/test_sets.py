"""Makes the harder test sets of one fold: mixtures, and recordings as from worse microphones and rooms.

    python -m training.evaluation.test_sets --data DATA --fold 4 --out OUT

OUT gets a folder per condition, with `clips.csv` and 16-bit WAV files at 32 kHz. All are made from the fold's ESC-50 clips,
and the babble from the fold's speech, so the sets contain nothing of another fold. `speech-music` holds the fold's other
clips, unchanged. Seeds are fixed.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.clips import read_clip_rows
from training.sources.debian import SAMPLE_RATE_HZ, decode, write_wav

SEED = 2017
NOISE_DB = 10
VOICES = 6
MIXTURE_SPREAD_DB = 6
PEAK = 0.99
# Parts that are more than this below the loudest part are padding, and do not count towards a level.
SOUNDING_DB = 60

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def decibels(db: float) -> float:
    """Decibels to a ratio of amplitudes."""
    return 10 ** (db / 20)


def level(samples: np.ndarray) -> float:
    """Root mean square of the active part."""
    size = SAMPLE_RATE_HZ // 50
    power = np.square(samples[: len(samples) // size * size].reshape(-1, size)).mean(1)
    return float(np.sqrt(power[power > power.max() * 10 ** (-SOUNDING_DB / 10)].mean())) if power.max() > 0 else 0.0


def gain(db: float) -> Change:
    """The same, louder or quieter."""
    return lambda samples, _rng: samples * decibels(db)


def white_noise(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """With white noise added, NOISE_DB weaker."""
    noise = rng.standard_normal(len(samples))
    return samples + noise * level(samples) / np.sqrt(np.mean(noise**2)) * decibels(-NOISE_DB)


def babble(speech: list[np.ndarray]) -> Change:
    """Several voices at once, each at the same level, repeated to the clip's length."""

    def add(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        voices = np.zeros(len(samples))
        for i in rng.choice(len(speech), VOICES, replace=False):
            voice = np.resize(speech[i], len(samples))
            voices += np.roll(voice, rng.integers(len(samples))) / max(level(voice), 1e-9)
        return samples + voices * level(samples) / level(voices) * decibels(-NOISE_DB)

    return add


def band_limit(cutoff_hz: float) -> Change:
    """A low-pass like a resampler's: 511 taps, Hamming window, transition about 200 Hz wide."""
    n = np.arange(-255, 256)
    taps = 2 * cutoff_hz / SAMPLE_RATE_HZ * np.sinc(2 * cutoff_hz / SAMPLE_RATE_HZ * n) * np.hamming(len(n))
    return lambda samples, _rng: convolve(samples, taps)[255 : 255 + len(samples)]


def room(reverberation_seconds: float, direct_to_reverberant_db: float) -> Change:
    """A synthetic room: the direct sound, then noise that decays by 60 dB in `reverberation_seconds`."""

    def reverberate(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        time = np.arange(int(reverberation_seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        tail = rng.standard_normal(len(time)) * 10 ** (-3 * time / reverberation_seconds)
        tail[: SAMPLE_RATE_HZ // 200] = 0
        tail *= decibels(-direct_to_reverberant_db) / np.sqrt(np.sum(tail**2))
        tail[0] = 1
        return convolve(samples, tail)[: len(samples)]

    return reverberate


def convolve(samples: np.ndarray, taps: np.ndarray) -> np.ndarray:
    """Linear convolution."""
    size = 1 << (len(samples) + len(taps) - 2).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(taps, size), size)[: len(samples) + len(taps) - 1]


def chain(*changes: Change) -> Change:
    """Several changes, one after another."""

    def change(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        for step in changes:
            samples = step(samples, rng)
        return samples

    return change


def mixture(
    clips: list[tuple[str, np.ndarray]], first: int, count: int, rng: np.random.Generator
) -> tuple[str, np.ndarray]:
    """The clip and `count` − 1 others with other labels, each within ±6 dB of the first one's level."""
    labels, mixed = {clips[first][0]}, clips[first][1].copy()
    while len(labels) < count:
        label, other = clips[rng.integers(len(clips))]
        if label in labels or level(other) == 0:
            continue
        other = (
            other * level(clips[first][1]) / level(other) * decibels(rng.uniform(-MIXTURE_SPREAD_DB, MIXTURE_SPREAD_DB))
        )
        size = max(len(mixed), len(other))
        mixed = np.pad(mixed, (0, size - len(mixed))) + np.pad(other, (0, size - len(other)))
        labels.add(label)
    return ";".join(sorted(labels)), mixed


def within_full_scale(samples: np.ndarray) -> np.ndarray:
    """Scaled down if needed, so that no sample exceeds PEAK."""
    return samples * min(1, PEAK / max(np.abs(samples).max(), 1e-9))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fold", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rows = [row for row in read_clip_rows(arguments.data / "clips.csv") if row["fold"] == arguments.fold]

    def read(row: dict[str, str]) -> np.ndarray:
        samples = decode(arguments.data / "clips" / row["file"])
        if samples is None:
            raise SystemExit(f"{row['file']} cannot be read")
        return samples.astype(np.float64)

    esc = [row for row in rows if row["source"] == "esc50"]
    clips = [(row["labels"], read(row)) for row in tqdm(esc, unit="clip")]
    speech = [read(row) for row in rows if row["labels"] == "speech"]

    changes: dict[str, Change] = {
        "clean": gain(0),
        "gain-20": gain(-20),
        "gain-30": gain(-30),
        "white-10": white_noise,
        "babble-10": babble(speech),
        "band-8k": band_limit(8000),
        "band-4k": band_limit(4000),
        "band-4k-gain-30": chain(band_limit(4000), gain(-30)),
        "room-small": room(0.4, 0),
        "room-large": room(1.2, 3),
    }
    for condition, change in tqdm(changes.items(), unit="condition"):
        rng = np.random.default_rng(SEED)
        write(arguments.out / condition, [(label, change(samples, rng)) for label, samples in clips], esc)
    others = [row for row in rows if row["source"] != "esc50"]
    write(arguments.out / "speech-music", [(row["labels"], read(row)) for row in others], others)
    for count in (2, 3):
        rng = np.random.default_rng(SEED + count)
        write(arguments.out / f"mixture-{count}", [mixture(clips, i, count, rng) for i in range(len(clips))], esc)


def write(folder: Path, clips: list[tuple[str, np.ndarray]], rows: list[dict[str, str]]) -> None:
    """Writes one condition: its clips, and the list of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "clips.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "fold", "labels"])
        for (labels, samples), row in zip(clips, rows, strict=True):
            name = f"{Path(row['file']).stem}.wav"
            write_wav(folder / name, within_full_scale(samples))
            writer.writerow([name, row["fold"], labels])


if __name__ == "__main__":
    main()
