"""The network, and that its export computes the same. Needs torch."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.clips import read_label_ids
from training.network.architecture import Ensemble, Student, multiply_adds, same_padding
from training.network.export import folded_logits, folded_weights
from training.network.train import learning_rate_factor

MODEL = Path("public/models/earmark-52")


@pytest.fixture(scope="module")
def student() -> Student:
    """A network whose batch norms have statistics, as after training."""
    torch.manual_seed(1)
    network = Student(52, 521, 1024)
    for block in network.backbone.blocks:
        for values, low, high in (
            (block.norm.running_mean, -0.5, 0.5),
            (block.norm.running_var, 0.5, 2),
            (block.norm.weight, 0.5, 1.5),
            (block.norm.bias, -0.5, 0.5),
        ):
            torch.nn.init.uniform_(values, low, high)
    return network.eval()


def test_the_folded_weights_compute_the_networks_logits(student: Student) -> None:
    window = np.random.default_rng(1).normal(size=(120, 120)).astype(np.float32)
    with torch.inference_mode():
        logits = student(torch.from_numpy(window)[None, None])[0][0].numpy()
    assert np.abs(logits).max() > 0.5
    assert folded_logits(folded_weights(student), window) == pytest.approx(logits, abs=1e-3)


def test_the_folded_weights_have_the_names_and_shapes_of_the_model_that_ships(student: Student) -> None:
    manifest = json.loads((MODEL / "model.json").read_text())["weightsManifest"]
    shipped = {weight["name"]: tuple(weight["shape"]) for group in manifest for weight in group["weights"]}
    assert {name: array.shape for name, array in folded_weights(student).items()} == shipped


def test_the_model_that_ships_computes_its_golden_vector() -> None:
    manifest = json.loads((MODEL / "model.json").read_text())["weightsManifest"]
    values, weights = np.frombuffer((MODEL / "weights.bin").read_bytes(), "<f2"), {}
    for weight in (weight for group in manifest for weight in group["weights"]):
        size = int(np.prod(weight["shape"]))
        weights[weight["name"]], values = values[:size].reshape(weight["shape"]), values[size:]
    golden = np.frombuffer((MODEL / "golden.bin").read_bytes(), "<f4")
    assert len(golden) == 120 * 120 + len(read_label_ids())
    assert folded_logits(weights, golden[: 120 * 120].reshape(120, 120)) == pytest.approx(golden[120 * 120 :], abs=1e-4)


def test_a_window_8_columns_later_gives_what_the_network_gives_one_stride_on(student: Student) -> None:
    columns = torch.from_numpy(np.random.default_rng(2).normal(size=(1, 1, 128, 120)).astype(np.float32))
    first = student.backbone.blocks[0]
    with torch.inference_mode():
        assert torch.allclose(first(columns)[:, :, 4:], first(columns[:, :, 8:]), atol=1e-5)


def test_padding_for_stride_2_is_tensorflows() -> None:
    assert same_padding(5, 2) == (1, 2)
    assert same_padding(3, 1) == (1, 1)


def test_the_three_architectures_have_one_cost() -> None:
    # conv1: 58 · 60 positions of 5 · 5 · 1 · 16; the others by hand in the same way.
    by_hand = (
        58 * 60 * 25 * 16
        + 27 * 30 * 9 * 16 * 32
        + 25 * 30 * 9 * 32 * 48
        + 10 * 15 * 9 * 48 * 80
        + 8 * 15 * 9 * 80 * 80
        + 6 * 7 * 9 * 80 * 160
        + 4 * 7 * 9 * 160 * 160
        + 160 * 256
    )
    assert multiply_adds(120, 120, "shipped") == by_hand
    for name in ("shallow", "deep"):
        assert multiply_adds(120, 120, name) == pytest.approx(by_hand, rel=0.01)


def test_an_ensemble_gives_the_mean_of_probabilities_as_a_logit() -> None:
    class Constant(torch.nn.Module):
        def __init__(self, probability: float) -> None:
            super().__init__()
            self.logit = torch.logit(torch.tensor([[probability]]))

        def forward(self, x: torch.Tensor) -> tuple[torch.Tensor]:
            return (self.logit.expand(len(x), 1),)

    (logit,) = Ensemble([Constant(0.2), Constant(0.6)])(torch.zeros(3, 1))
    assert torch.sigmoid(logit).flatten().tolist() == pytest.approx([0.4] * 3)


def test_the_learning_rate_warms_up_stays_and_falls() -> None:
    def factor(step: int, fall: str = "linear") -> float:
        return learning_rate_factor(step, 10_000, 4_000, fall)

    assert factor(0) == pytest.approx(1 / 500)
    assert factor(499) == 1
    assert factor(6_000) == 1
    assert factor(7_000) == pytest.approx(0.75)
    assert factor(7_000, "cosine") == pytest.approx((1 + np.cos(np.pi / 4)) / 2)
    assert factor(10_000) == 0
