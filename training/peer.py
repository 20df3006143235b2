"""Scores clips with YAMNet as it comes, its classes mapped by name onto our labels: the peer in every table.

    python training/peer.py --clips clips.csv --root clips --model teacher/yamnet.tflite --out yamnet.csv

The CSV has a row a clip: `file`, then a column a label. As for our own model, a clip's score is half the mean, half the
maximum over its windows; a label's score is that of its strongest class in `yamnet-labels.csv`.
`npm run evaluate -- --scores yamnet.csv` judges it.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from tqdm import tqdm

from teacher import decode, windows_of


def classes_of_labels(class_map: Path) -> dict[str, list[int]]:
    with class_map.open() as handle:
        index_of = {row["display_name"]: int(row["index"]) for row in csv.DictReader(handle)}
    with (Path(__file__).parent / "yamnet-labels.csv").open() as handle:
        return {row["label"]: [index_of[name] for name in row["classes"].split(";")] for row in csv.DictReader(handle)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="yamnet.tflite, with yamnet_class_map.csv beside it")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    classes = classes_of_labels(arguments.model.with_name("yamnet_class_map.csv"))
    interpreter = Interpreter(str(arguments.model), num_threads=1)
    interpreter.allocate_tensors()
    waveform, output = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]

    with arguments.clips.open() as handle:
        files = [row["file"] for row in csv.DictReader(handle)]
    with arguments.out.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", *classes])
        for file in tqdm(files, unit="clip"):
            scores = []
            for window in windows_of(decode(arguments.root / file)):
                interpreter.set_tensor(waveform, window)
                interpreter.invoke()
                scores.append(interpreter.get_tensor(output).reshape(-1).copy())
            of_labels = np.stack([np.stack(scores)[:, indices].max(1) for indices in classes.values()], 1)
            pooled = (of_labels.mean(0) + of_labels.max(0)) / 2
            writer.writerow([file, *(f"{score:.6g}" for score in pooled)])


if __name__ == "__main__":
    main()
