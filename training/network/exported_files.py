"""The files that `npm run export-model` turns into a model folder.

`weights.bin` holds float16 values. `weights.json` holds names and shapes in the order of the bytes. `golden.bin` holds one
window and its logits, computed from the float16 weights.
"""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.clips import FeatureSpec

GOLDEN_SEED = 2017

Logits = Callable[[dict[str, np.ndarray], np.ndarray], np.ndarray]


def golden_window(frames: int, bands: int) -> np.ndarray:
    """A made-up spectrogram: sliding tones in noise, on a grid of 1/32 so that it packs well."""
    noise = np.random.default_rng(GOLDEN_SEED).normal(0, 0.5, (frames, bands))
    time, band = np.arange(frames)[:, None], np.arange(bands)[None]
    tones = sum(np.exp(-(((band - 20 * k - 10 - 8 * np.sin(time / (6 + k))) / 2) ** 2)) for k in range(5))
    return (np.round((noise - 1 + 2.5 * tones) * 32) / 32).astype(np.float32)


def write_export(run: Path, weights: dict[str, np.ndarray], spec: FeatureSpec, logits_of: Logits) -> None:
    """Writes the three files; `logits_of` computes a window's logits from the rounded weights."""
    weights = {name: array.astype(np.float16) for name, array in weights.items()}
    (run / "weights.bin").write_bytes(b"".join(array.astype("<f2").tobytes() for array in weights.values()))
    shapes = [{"name": name, "shape": array.shape} for name, array in weights.items()]
    (run / "weights.json").write_text(json.dumps(shapes))
    window = golden_window(spec["frames"], spec["melBands"])
    golden = np.concatenate([window.reshape(-1), logits_of(weights, window)]).astype("<f4")
    (run / "golden.bin").write_bytes(golden.tobytes())
