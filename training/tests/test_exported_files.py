"""The files that the command line turns into a model folder: bytes, names and shapes."""

import json
from pathlib import Path

import numpy as np

from training.clips import FeatureSpec
from training.network.exported_files import golden_window, write_export


def fake_logits(weights: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
    return np.array([window.sum(dtype=np.float64), weights["head/bias"].astype(np.float64).sum()])


def test_weights_are_float16_in_the_order_of_their_names_and_shapes(tmp_path: Path, spec: FeatureSpec) -> None:
    weights = {
        "conv1/kernel": np.arange(12, dtype=np.float32).reshape(2, 3, 1, 2) / 3,
        "conv1/bias": np.array([0.1, -70_000], np.float32).clip(-60_000, 60_000),
        "head/bias": np.array([1.5], np.float32),
    }
    write_export(tmp_path, weights, spec, fake_logits)
    shapes = json.loads((tmp_path / "weights.json").read_text())
    half = {"dtype": "float16", "original_dtype": "float32"}
    assert shapes == [
        {"name": "conv1/kernel", "shape": [2, 3, 1, 2], "quantization": half},
        {"name": "conv1/bias", "shape": [2], "quantization": half},
        {"name": "head/bias", "shape": [1], "quantization": half},
    ]
    values = np.frombuffer((tmp_path / "weights.bin").read_bytes(), "<f2")
    expected = np.concatenate([array.reshape(-1) for array in weights.values()])
    assert len(values) == 12 + 2 + 1
    assert np.allclose(values, expected, rtol=2**-11)


def test_large_kernels_get_eight_bits_if_they_are_asked_for(tmp_path: Path, spec: FeatureSpec) -> None:
    kernel = np.random.default_rng(2).normal(size=(50, 60)).astype(np.float32)
    kernel[0, 0] = 0
    weights = {"dense/kernel": kernel, "head/bias": np.array([1.5], np.float32)}
    heard: dict[str, np.ndarray] = {}
    write_export(tmp_path, weights, spec, lambda rounded, _: heard.update(rounded) or np.zeros(1), eight_bits=True)
    dense, bias = json.loads((tmp_path / "weights.json").read_text())
    stored = (tmp_path / "weights.bin").read_bytes()
    assert (dense["quantization"]["dtype"], bias["quantization"]["dtype"]) == ("uint8", "float16")
    assert len(stored) == 50 * 60 + 2
    steps = np.frombuffer(stored[:3000], np.uint8).reshape(50, 60)
    values = steps * dense["quantization"]["scale"] + dense["quantization"]["min"]
    assert np.abs(values - kernel).max() <= dense["quantization"]["scale"] / 2 * 1.001
    assert abs(values[0, 0]) < 1e-9
    assert np.allclose(values, heard["dense/kernel"], atol=1e-6)  # the golden logits come from the rounded values


def test_the_golden_vector_is_a_window_and_its_logits_from_the_rounded_weights(
    tmp_path: Path, spec: FeatureSpec
) -> None:
    write_export(tmp_path, {"head/bias": np.array([0.1], np.float32)}, spec, fake_logits)
    golden = np.frombuffer((tmp_path / "golden.bin").read_bytes(), "<f4")
    window = golden_window(120, 120)
    assert len(golden) == 120 * 120 + 2
    assert np.array_equal(golden[: 120 * 120], window.reshape(-1))
    assert golden[-2] == np.float32(window.sum(dtype=np.float64))
    assert golden[-1] == np.float16(0.1)  # not 0.1: the rounded values ship


def test_the_golden_window_lies_on_a_grid_and_never_changes() -> None:
    window = golden_window(120, 120)
    assert np.array_equal(window * 32, np.round(window * 32))
    assert np.array_equal(window, golden_window(120, 120))
    shipped = np.frombuffer(Path("public/models/earmark-52/golden.bin").read_bytes(), "<f4")
    assert np.array_equal(shipped[: 120 * 120], window.reshape(-1))
