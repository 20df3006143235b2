"""Checkpoints from which later runs start."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import json
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel

from training.network.architecture import LightNetwork
from training.network.checkpoint import (
    UnusableCheckpointError,
    load_any_network,
    load_network,
    read_run,
    write_checkpoint,
)
from training.network.mobilenet import CLASSES, EMBEDDING, VARIANTS, LabelledNetwork, WindowNetwork


def write_run(run: Path) -> WindowNetwork:
    run.mkdir()
    torch.manual_seed(5)
    network = WindowNetwork(VARIANTS["streaming"], torch.linspace(0, 1, 120))
    torch.save({"averaged": AveragedModel(network).state_dict()}, run / "checkpoint.pt")
    (run / "run.json").write_text(json.dumps({"variant": "streaming", "spec": {"melBands": 120}, "steps": 7}))
    return network.eval()


def test_a_run_comes_back_as_it_was(tmp_path: Path) -> None:
    network = write_run(tmp_path / "run")
    write_checkpoint(*read_run(tmp_path / "run"), tmp_path / "kept.npz")
    kept, facts = load_network(tmp_path / "kept.npz")
    window = torch.randn(1, 1, 120, 120)
    with torch.no_grad():
        for found, wanted in zip(kept.eval()(window), network(window), strict=True):
            assert torch.allclose(found, wanted, atol=2e-3, rtol=2e-2)
    assert facts["steps"] == 7
    assert (tmp_path / "kept.npz").stat().st_size < 2_300_000


def test_labels_come_back_with_the_network(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    network = LabelledNetwork(WindowNetwork(VARIANTS["window"], torch.zeros(120)), 2)
    torch.save({"averaged": AveragedModel(network).state_dict()}, run / "checkpoint.pt")
    facts = {"variant": "window", "spec": {"melBands": 120}, "labels": ["dog", "cat"]}
    (run / "run.json").write_text(json.dumps(facts))
    write_checkpoint(*read_run(run), tmp_path / "kept.npz")
    for path in (run, tmp_path / "kept.npz"):
        kept, _ = load_network(path)
        assert isinstance(kept, LabelledNetwork)
        assert torch.allclose(kept.labels.weight, network.labels.weight, atol=1e-3)


def write_light_run(run: Path) -> LightNetwork:
    run.mkdir()
    network = LightNetwork(2, CLASSES, EMBEDDING)
    torch.save({"averaged": AveragedModel(network).state_dict()}, run / "checkpoint.pt")
    (run / "run.json").write_text(json.dumps({"variant": "light", "spec": {}, "labels": ["dog", "cat"]}))
    return network.eval()


def test_the_light_network_comes_back_but_not_in_place_of_the_others(tmp_path: Path) -> None:
    network = write_light_run(tmp_path / "light")
    kept, _ = load_any_network(tmp_path / "light")
    window = torch.randn(1, 1, 120, 120)
    with torch.no_grad():
        for found, wanted in zip(kept(window), network(window), strict=True):
            assert torch.allclose(found, wanted, atol=1e-5)
    with pytest.raises(UnusableCheckpointError, match="light holds the light network"):
        load_network(tmp_path / "light")


def test_a_missing_a_damaged_and_another_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableCheckpointError, match=r"kept\.npz is missing"):
        load_network(tmp_path / "kept.npz")
    write_run(tmp_path / "run")
    path = tmp_path / "kept.npz"
    write_checkpoint(*read_run(tmp_path / "run"), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnusableCheckpointError, match=r"kept\.npz is damaged"):
        load_network(path)
    np.savez(path, weight=np.zeros(3), facts=np.array(json.dumps({"variant": "window", "spec": {"melBands": 120}})))
    with pytest.raises(UnusableCheckpointError, match="does not fit the network “window”"):
        load_network(path)
