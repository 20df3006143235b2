"""Runs that are interrupted and resumed."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import json
from pathlib import Path

import torch
from torch import nn

from training.network.loop import Run


def make_run(folder: Path) -> Run:
    torch.manual_seed(7)
    model = nn.Linear(1, 1)
    return Run(folder, model, [list(model.parameters())], {"variant": "line"}, lambda _: {"figure": 0.5}, seed=1)


def train(run: Run, steps: int) -> list[int]:
    """Learns y = 3 x. Returns the steps at which a rate was requested."""
    asked: list[int] = []

    def rates(step: int) -> list[float]:
        asked.append(step)
        return [0.05]

    def losses_of() -> dict[str, torch.Tensor]:
        x = torch.rand(8, 1)
        return {"error": (run.model(x) - 3 * x).square().mean()}

    run.train(steps, rates, losses_of)
    return asked


def test_a_run_learns_and_tells_how(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run, 500)
    assert run.model.weight.item() == pytest.approx(3, abs=0.2)
    assert [row["step"] for row in run.history] == [0, 250, 500]
    assert run.history[2]["error"] < run.history[1]["error"]
    facts = json.loads((tmp_path / "run.json").read_text())
    assert (facts["steps"], facts["variant"], facts["seed"]) == (500, "line", 1)


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    train(make_run(tmp_path), 300)
    resumed = make_run(tmp_path)
    assert resumed.step == 300
    assert train(resumed, 310) == list(range(300, 310))
    # The checkpoint's weights, not those of a new run.
    assert resumed.model.weight.item() > 1.5
