"""The files that `npm run export-model` turns into a model folder.

`weights.bin` holds float16 values or, of large kernels if they are asked for, 8-bit steps. `weights.json` holds names,
shapes and TensorFlow.js's quantization in the order of the bytes. `golden.bin` holds one window and its logits, computed from
the rounded weights.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from training.clips import FeatureSpec

GOLDEN_SEED = 2017
# Smaller arrays stay float16: they are a twentieth of all bytes, and among them are those that react most to rounding.
LEAST_EIGHT_BIT_VALUES = 2000
LARGEST_STEPS = 127

Logits = Callable[[dict[str, np.ndarray], np.ndarray], np.ndarray]


def golden_window(frames: int, bands: int) -> np.ndarray:
    """A made-up spectrogram: sliding tones in noise, on a grid of 1/32 so that it packs well."""
    noise = np.random.default_rng(GOLDEN_SEED).normal(0, 0.5, (frames, bands))
    time, band = np.arange(frames)[:, None], np.arange(bands)[None]
    tones = sum(np.exp(-(((band - 20 * k - 10 - 8 * np.sin(time / (6 + k))) / 2) ** 2)) for k in range(5))
    return (np.round((noise - 1 + 2.5 * tones) * 32) / 32).astype(np.float32)


def as_float16(array: np.ndarray) -> tuple[bytes, dict[str, Any], np.ndarray]:
    """An array's bytes, their quantization, and the values that they stand for."""
    rounded = array.astype("<f2")
    return rounded.tobytes(), {"dtype": "float16", "original_dtype": "float32"}, rounded


def read_float16_weights(folder: Path) -> dict[str, np.ndarray]:
    """The arrays of a model folder whose weights are all float16, by name, in float32."""
    values = np.frombuffer((folder / "weights.bin").read_bytes(), "<f2").astype(np.float32)
    manifest = json.loads((folder / "model.json").read_text())["weightsManifest"]
    arrays = {}
    for weight in (weight for group in manifest for weight in group["weights"]):
        size = math.prod(weight["shape"])
        arrays[weight["name"]], values = values[:size].reshape(weight["shape"]), values[size:]
    return arrays


def as_eight_bits(array: np.ndarray) -> tuple[bytes, dict[str, Any], np.ndarray]:
    """The same in equal steps of the largest value / 127, one of which is 0: value = step · scale + min."""
    scale = float(np.abs(array).max()) / LARGEST_STEPS or 1.0
    steps = (np.round(array / scale) + LARGEST_STEPS).astype(np.uint8)
    lowest = -LARGEST_STEPS * scale
    quantization = {"dtype": "uint8", "original_dtype": "float32", "scale": scale, "min": lowest}
    return steps.tobytes(), quantization, (steps * scale + lowest).astype(np.float32)


def write_export(
    run: Path, weights: dict[str, np.ndarray], spec: FeatureSpec, logits_of: Logits, eight_bits: bool = False
) -> None:
    """Writes the three files; `logits_of` computes a window's logits from the rounded weights.

    `eight_bits` says whether kernels of LEAST_EIGHT_BIT_VALUES or more get 8 bits a value.
    """
    stored = {
        name: as_eight_bits(array)
        if eight_bits and array.ndim > 1 and array.size >= LEAST_EIGHT_BIT_VALUES
        else as_float16(array)
        for name, array in weights.items()
    }
    (run / "weights.bin").write_bytes(b"".join(data for data, _, _ in stored.values()))
    entries = [
        {"name": name, "shape": weights[name].shape, "quantization": quantization}
        for name, (_, quantization, _) in stored.items()
    ]
    (run / "weights.json").write_text(json.dumps(entries))
    window = golden_window(spec["frames"], spec["melBands"])
    logits = logits_of({name: rounded for name, (_, _, rounded) in stored.items()}, window)
    golden = np.concatenate([window.reshape(-1), logits]).astype("<f4")
    (run / "golden.bin").write_bytes(golden.tobytes())
