"""Writes YAMNet's (Apache-2.0) outputs for each clip: the soft targets that the student also learns.

One run per list; the result is an .npz with, for every clip, its windows' 521 scores and 1,024-value embeddings.

    python -m training.teachers.yamnet --clips clips.csv --root clips --model teacher/yamnet.tflite --out teacher.npz
"""

import argparse
import csv
import subprocess
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from tqdm import tqdm

SAMPLE_RATE_HZ = 16_000
WINDOW_SAMPLES = 15_600
HOP_SAMPLES = 7_680
EMBEDDING_SIZE = 1_024


def decode(path: Path) -> np.ndarray:
    """Mono float32 samples at 16 kHz; raises CalledProcessError if ffmpeg cannot read the file."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(SAMPLE_RATE_HZ), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.float32)


def with_embedding(model: bytes) -> bytes:
    """The same network with a second output: the score layer's input, the average over YAMNet's last feature map."""
    network = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    graph = network.subgraphs[0]
    found = [
        i
        for i, tensor in enumerate(graph.tensors)
        if b"global_average_pooling2d/Mean" in tensor.name and tensor.shape[-1] == EMBEDDING_SIZE
    ]
    if not found:
        raise SystemExit(
            f"this YAMNet model has no average-pooled tensor of {EMBEDDING_SIZE} values: is it another model?"
        )
    graph.outputs = [*graph.outputs, found[0]]
    # Signatures name the outputs, and would have to name the new one, too.
    network.signatureDefs = None
    builder = flatbuffers.Builder(len(model))
    builder.Finish(network.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def windows_of(samples: np.ndarray) -> list[np.ndarray]:
    """Windows of 0.975 s every 0.48 s; the last one is padded with silence."""
    count = max(1, int(np.ceil((len(samples) - WINDOW_SAMPLES) / HOP_SAMPLES)) + 1)
    padded = np.zeros((count - 1) * HOP_SAMPLES + WINDOW_SAMPLES, np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    return [padded[i * HOP_SAMPLES : i * HOP_SAMPLES + WINDOW_SAMPLES] for i in range(count)]


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, required=True, help="CSV with a column `file`")
    parser.add_argument("--root", type=Path, required=True, help="folder that `file` is below")
    parser.add_argument("--model", type=Path, required=True, help="yamnet.tflite")
    parser.add_argument("--out", type=Path, required=True, help=".npz to write")
    arguments = parser.parse_args()

    interpreter = Interpreter(model_content=with_embedding(arguments.model.read_bytes()), num_threads=1)
    interpreter.allocate_tensors()
    waveform = interpreter.get_input_details()[0]["index"]
    scores, embedding = (output["index"] for output in interpreter.get_output_details())

    files, counts, all_scores, all_embeddings = [], [], [], []
    with arguments.clips.open() as handle:
        rows = list(csv.DictReader(handle))
    for row in tqdm(rows, unit="clip"):
        windows = windows_of(decode(arguments.root / row["file"]))
        for window in windows:
            interpreter.set_tensor(waveform, window)
            interpreter.invoke()
            all_scores.append(interpreter.get_tensor(scores).reshape(-1).astype(np.float16))
            all_embeddings.append(interpreter.get_tensor(embedding).reshape(-1).astype(np.float16))
        files.append(row["file"])
        counts.append(len(windows))
    np.savez(
        arguments.out,
        files=np.array(files),
        windows=np.array(counts),
        scores=np.stack(all_scores),
        embeddings=np.stack(all_embeddings),
        hop_seconds=HOP_SAMPLES / SAMPLE_RATE_HZ,
        window_seconds=WINDOW_SAMPLES / SAMPLE_RATE_HZ,
    )


if __name__ == "__main__":
    main()
