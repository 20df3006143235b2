"""Finds test clips whose recording is also in the training data, perhaps cut or amplified: `heard-recordings.csv`.

    python -m training.sources.same_recordings --tests CACHE/outside --features CACHE/test-features --data DATA --cache CACHE

Games take sounds from one another, so two packages may contain the same recording under two names. Each test clip is
compared sample by sample with the five most similar training clips (by mean and spread of each band in the active columns).
For the same recording, the largest normalised cross-correlation is near 1; for two recordings of one thing, it is far
below. `--features` is what `npm run features` wrote for the test.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.clips import LISTS, OUTSIDE_SOURCES, read_features, read_rows
from training.teachers.yamnet import decode

CANDIDATES = 5
ALIKE = 0.9
SAME = 0.6


def looks(log_power: np.ndarray) -> np.ndarray:
    """A summary of a clip's active columns, [2 bands], of unit length and independent of loudness."""
    clipped = np.maximum(log_power, log_power.max() - 6)
    sounding = clipped[clipped.max(1) > clipped.max() - 5]
    mean, spread = sounding.mean(0), sounding.std(0)
    described = np.concatenate([mean - mean.mean(), 2 * (spread - spread.mean())])
    return (described / (np.linalg.norm(described) + 1e-9)).astype(np.float32)


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """The largest normalised cross-correlation over all shifts."""
    size = 1 << (len(a) + len(b)).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    return float(np.abs(crossed).max() / np.sqrt((a @ a) * (b @ b) + 1e-12))


def training_paths(data: Path, cache: Path) -> dict[str, Path]:
    """The path of each clip that training may use, by its name in the lists."""
    paths = {row["file"]: data / "clips" / row["file"] for row in read_rows(data / "clips.csv")}
    extra = (row for row in read_rows(data / "extra.csv") if row["source"] not in OUTSIDE_SOURCES)
    paths |= {row["file"]: data / "clips" / row["file"] for row in extra}
    for folder in (cache / "debian" / "train", cache / "soundfont" / "train"):
        paths |= {row["file"]: folder / "clips" / row["file"] for row in read_rows(folder / "clips.csv")}
    return paths


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("tests", "features", "data", "cache"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    arguments = parser.parse_args()
    paths = training_paths(arguments.data, arguments.cache)
    trained, _ = read_features(sorted((arguments.cache / "features").glob("*-[0-9]")))
    names = [name for name in trained if name in paths]
    described = np.stack([looks(trained[name]) for name in names])
    tested, _ = read_features([arguments.features])
    found = []
    for file, log_power in tqdm(tested.items(), unit="clip", mininterval=10):
        likeness = described @ looks(log_power)
        nearest = [i for i in np.argsort(-likeness)[:CANDIDATES] if likeness[i] > ALIKE]
        samples = decode(arguments.tests / "clips" / file)
        highest, name = max(
            [(correlation(samples, decode(paths[names[i]])), names[i]) for i in nearest], default=(0, "")
        )
        if highest > SAME:
            found.append((file, name, f"{highest:.3f}"))
    # The ones found last time are no longer in the test, and stay out.
    known = LISTS / "heard-recordings.csv"
    rows = [tuple(row.values()) for row in read_rows(known)] if known.exists() else []
    with known.open("w", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(
            [["test", "training", "correlation"], *sorted({*rows, *found})]
        )
    print(f"{len(found)} of {len(tested)} clips are recordings that training hears")


if __name__ == "__main__":
    main()
