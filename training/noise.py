"""Writes `white.wav`, two minutes of white noise, and the list that `npm run features` reads it from.

    python training/noise.py DIR
"""

import csv
import sys
import wave
from pathlib import Path

import numpy as np

SAMPLE_RATE_HZ = 32_000
SECONDS = 120


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    samples = np.random.default_rng(2017).normal(0, 0.1, SAMPLE_RATE_HZ * SECONDS)
    with wave.open(str(folder / "white.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((samples * 32767).clip(-32768, 32767).astype("<i2").tobytes())
    with (folder / "noise.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["file", "labels"], ["white.wav", ""]])


if __name__ == "__main__":
    main()
