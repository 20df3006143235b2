"""Scores test sets with unchanged YAMNet, its classes mapped by name to our labels: the peer in every table.

    python -m training.evaluation.peer --model DATA/teacher/yamnet.tflite --out OUT SET ...

A SET is a folder with `clips.csv`; the files are below its `clips/`, or beside the list. OUT gets a CSV per set, named like
it, with a row per clip: `file`, then a column per label. A set that already has its CSV is skipped. As for our own model, a
clip's score is half the mean, half the maximum over its windows; a label's score is that of its strongest class in
`yamnet-labels.csv`. `npm run evaluate -- --peer OUT/SET.csv` and `npm run evaluate:all` show it beside our model.
"""

import argparse
import csv
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from tqdm import tqdm

from training.clips import classes_of_labels
from training.teachers.yamnet import SAMPLE_RATE_HZ, decode, windows_of


def read(path: Path) -> np.ndarray:
    """Mono samples at 16 kHz. Mono 16-bit WAV at 32 kHz, the format of the test sets, needs no separate process."""
    if path.suffix == ".wav":
        with wave.open(str(path)) as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 2 * SAMPLE_RATE_HZ):
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
                return halve_rate(samples)
    return decode(path)


def halve_rate(samples: np.ndarray) -> np.ndarray:
    """Every second sample after an ideal low-pass."""
    count = len(samples) // 2
    return (np.fft.irfft(np.fft.rfft(samples)[: count // 2 + 1], count) / 2).astype(np.float32)


class YamNet:
    """Scores of clips by label."""

    def __init__(self, model: Path) -> None:
        self.classes = classes_of_labels(model.with_name("yamnet_class_map.csv"))
        self.interpreter = Interpreter(str(model), num_threads=1)
        self.interpreter.allocate_tensors()
        self.waveform = self.interpreter.get_input_details()[0]["index"]
        self.output = self.interpreter.get_output_details()[0]["index"]

    def score(self, samples: np.ndarray) -> np.ndarray:
        """A clip's score for each label."""
        scores = []
        for window in windows_of(samples):
            self.interpreter.set_tensor(self.waveform, window)
            self.interpreter.invoke()
            scores.append(self.interpreter.get_tensor(self.output).reshape(-1).copy())
        of_labels = np.stack([np.stack(scores)[:, indices].max(1) for indices in self.classes.values()], 1)
        return (of_labels.mean(0) + of_labels.max(0)) / 2


def score_set(yamnet: YamNet, folder: Path, out: Path) -> None:
    """Scores the clips of one set, and reports those that cannot be read."""
    root = folder / "clips" if (folder / "clips").is_dir() else folder
    with (folder / "clips.csv").open() as handle:
        files = [row["file"] for row in csv.DictReader(handle)]
    unfinished = out.with_suffix(".part")
    with unfinished.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", *yamnet.classes])
        for file in tqdm(files, desc=folder.name, unit="clip", mininterval=5):
            try:
                samples = read(root / file)
            except (subprocess.CalledProcessError, wave.Error, EOFError, OSError) as error:
                print(f"{root / file}: left out, it cannot be read ({error})", file=sys.stderr)
                continue
            writer.writerow([file, *(f"{score:.6g}" for score in yamnet.score(samples))])
    unfinished.rename(out)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="yamnet.tflite, with yamnet_class_map.csv beside it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    yamnet = YamNet(arguments.model)
    for folder in arguments.sets:
        out = arguments.out / f"{folder.resolve().name}.csv"
        if not out.exists():
            score_set(yamnet, folder, out)


if __name__ == "__main__":
    main()
