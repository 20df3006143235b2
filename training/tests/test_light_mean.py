"""The mean of a light network and the model folder that it started from."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch
from torch.optim.swa_utils import AveragedModel

from training.network import light_mean
from training.network.architecture import LightNetwork
from training.network.checkpoint import LIGHT, load_any_network
from training.network.export import folded_weights
from training.network.mobilenet import CLASSES, EMBEDDING


def write_folder(folder: Path, arrays: dict[str, np.ndarray], labels: list[str]) -> None:
    """A model folder with float16 weights, as far as it is read."""
    folder.mkdir()
    weights = [{"name": name, "shape": list(array.shape)} for name, array in arrays.items()]
    (folder / "model.json").write_text(json.dumps({"weightsManifest": [{"weights": weights}]}))
    (folder / "weights.bin").write_bytes(b"".join(array.astype("<f2").tobytes() for array in arrays.values()))
    (folder / "labels.json").write_text(json.dumps([{"id": label} for label in labels]))


def test_the_mean_has_a_share_of_both_and_keeps_heads_that_the_folder_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(1)
    run, start = LightNetwork(3, CLASSES, EMBEDDING).eval(), LightNetwork(2, CLASSES, EMBEDDING).eval()
    (tmp_path / "run").mkdir()
    torch.save({"averaged": AveragedModel(run).state_dict()}, tmp_path / "run" / "checkpoint.pt")
    facts = {
        "variant": LIGHT,
        "labels": ["dog", "cow", "cat"],
        "spec": {"frames": 120, "melBands": 120},
        "history": [1],
    }
    (tmp_path / "run" / "run.json").write_text(json.dumps(facts))
    write_folder(tmp_path / "start", folded_weights(start), ["cat", "dog"])
    given = ["light_mean", str(tmp_path / "run"), str(tmp_path / "mean"), "--start", str(tmp_path / "start")]
    monkeypatch.setattr("sys.argv", [*given, "--share", "0.75"])
    light_mean.main()
    network, told = load_any_network(tmp_path / "mean")
    mean, own, other = folded_weights(network), folded_weights(run), folded_weights(start)
    for name in ("conv1/kernel", "conv7/kernel", "conv7/bias", "embedding/kernel", "embedding/bias"):
        assert mean[name] == pytest.approx(0.75 * own[name] + 0.25 * other[name], abs=1e-3), name
    for place, theirs in ((0, 1), (2, 0)):
        expected = 0.75 * own["head/kernel"][:, place] + 0.25 * other["head/kernel"][:, theirs]
        assert mean["head/kernel"][:, place] == pytest.approx(expected, abs=1e-3)
    assert np.array_equal(mean["head/kernel"][:, 1], own["head/kernel"][:, 1])
    assert told["share"] == 0.75
    assert told["labels"] == ["dog", "cow", "cat"]


def test_other_networks_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["light_mean", str(tmp_path / "none"), str(tmp_path), "--start", str(tmp_path), "--share", "0.5"]
    monkeypatch.setattr("sys.argv", given)
    with pytest.raises(SystemExit, match="none is missing"):
        light_mean.main()
