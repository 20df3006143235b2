"""Folding a network for TensorFlow.js, and the fixture for the tests of its layers."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.network.export_mobilenet import folded_logits, folded_weights, plan_of
from training.network.exported_labels import kept_outputs
from training.network.mobilenet import (
    DB_OF_UNIT,
    MOST_RAISED_DB,
    QUIET_DB,
    Block,
    LabelledNetwork,
    Variant,
    WindowNetwork,
)

FRAMES, BANDS, LABELS = 40, 20, 3
FIXTURES = Path(__file__).parents[2] / "test" / "support" / "networks"


KINDS = ("window", "resampled", "streaming")


def tiny_variant(kind: str) -> Variant:
    """Every kind of block, with a few channels each."""
    streams = kind == "streaming"
    tall = 3 if streams else 5
    return Variant(
        "tiny",
        (
            Block(4, 4, (3, 3), (1, 1), gated=False, hard_swish=False),
            Block(8, 6, (tall, 5), (2, 2), gated=True, hard_swish=True),
            Block(12, 6, (3, 3), (1, 1), gated=True, hard_swish=False),
            Block(12, 6, (1 if streams else 3, 3), (1, 1), gated=False, hard_swish=True),
        ),
        pads_time=not streams,
        gates_see_time=not streams,
        resampled_frames=60 if kind == "resampled" else None,
        stem=4,
        means=10,
        embedding=8,
    )


def tiny_network(kind: str) -> LabelledNetwork:
    """Random weights, batch norms with the statistics of random windows, and offsets of its own."""
    torch.manual_seed(8)
    backbone = WindowNetwork(tiny_variant(kind), torch.linspace(-1, 1, BANDS), FRAMES)
    model = LabelledNetwork(backbone, LABELS).train()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
    with torch.no_grad():
        model(torch.randn(8, 1, FRAMES, BANDS))
        model.labels.weight *= 20
    return model.eval()


def quiet_window(seed: int) -> np.ndarray:
    """Random values, quiet enough to be raised a little, and above the floor in some bands."""
    return (0.2 * np.random.default_rng(seed).normal(size=(FRAMES, BANDS)) - 2.4).astype(np.float32)


@pytest.mark.parametrize("kind", KINDS)
def test_folded_weights_compute_what_the_network_does(kind: str) -> None:
    model = tiny_network(kind)
    window = quiet_window(9)
    assert (QUIET_DB - MOST_RAISED_DB) / DB_OF_UNIT < window.max() < QUIET_DB / DB_OF_UNIT
    with torch.no_grad():
        wanted = model(torch.tensor(window)[None, None])[3][0].numpy()
    found = folded_logits(tiny_variant(kind), folded_weights(model), window)
    assert np.ptp(wanted) > 0.1
    assert np.allclose(found, wanted, atol=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fixture_of_the_pages_layers_is_this_network(kind: str) -> None:
    """`python -m training.tests.test_export_mobilenet`, then `npm run format`, regenerates it."""
    kept = json.loads((FIXTURES / f"mobile-net-{kind}.json").read_text())
    weights = {w["name"]: np.array(w["values"], np.float32).reshape(w["shape"]) for w in kept["weights"]}
    window = np.array(kept["window"], np.float32).reshape(FRAMES, BANDS)
    assert kept["plan"] == json.loads(json.dumps(plan_of(tiny_variant(kind))))
    assert np.allclose(folded_logits(tiny_variant(kind), weights, window), kept["logits"], atol=1e-6)


def test_dropped_labels_leave_the_outputs_of_the_others() -> None:
    model = tiny_network("window")
    window = torch.randn(1, 1, FRAMES, BANDS)
    with torch.no_grad():
        before = model(window)[3]
        model.labels = kept_outputs(model.labels, ["a", "b", "c"], ["c", "a"])
        assert torch.allclose(model(window)[3], before[:, [2, 0]], atol=1e-6)


def write_fixtures() -> None:
    """A tiny network of each kind with rounded weights, a window, and the logits that PyTorch computes for it."""
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        weights = {name: array.round(4) for name, array in folded_weights(tiny_network(kind)).items()}
        window = quiet_window(10).round(3)
        logits = folded_logits(tiny_variant(kind), weights, window)
        rows = [
            {"name": name, "shape": array.shape, "values": [round(float(v), 4) for v in array.reshape(-1)]}
            for name, array in weights.items()
        ]
        fixture = {
            "plan": plan_of(tiny_variant(kind)),
            "frames": FRAMES,
            "bands": BANDS,
            "weights": rows,
            "window": [round(float(v), 3) for v in window.reshape(-1)],
            "logits": [float(v) for v in logits],
        }
        (FIXTURES / f"mobile-net-{kind}.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    write_fixtures()
