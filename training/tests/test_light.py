"""The light network: what it starts from, and what it learns from its teacher."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import json
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel

from training.clips import FeatureSpec
from training.network.adaptation_data import HeardClip
from training.network.architecture import LightNetwork
from training.network.checkpoint import UnusableCheckpointError
from training.network.export import folded_logits, folded_weights
from training.network.export_light import main as export
from training.network.exported_files import read_float16_weights
from training.network.label_outputs import outputs_of_labels
from training.network.light import (
    BACKBONE_SHARE,
    LEARNING_RATE,
    as_the_teacher_hears,
    first_network,
    load_teacher,
    opinions_of_teacher,
    rates_at,
    read_or_make,
    start_from_folded,
    start_heads_from_folded,
)
from training.network.mobilenet import CLASSES, EMBEDDING, VARIANTS, LabelledNetwork, WindowNetwork

LABELS = outputs_of_labels(["dog", "animal"], [[0], [4]], [["animal"], []])


def clip(file: str, windows: int) -> HeardClip:
    power = np.random.default_rng(len(file)).normal(-5, 1, (312, 120)).astype(np.float32)
    return HeardClip(
        file, "source", "1", (), power, np.zeros((windows, 384), np.float16), np.zeros((windows, 527), np.float16)
    )


def light_network(labels: int = 2) -> LightNetwork:
    torch.manual_seed(3)
    return LightNetwork(labels, CLASSES, EMBEDDING).eval()


def test_folded_weights_go_into_the_network_and_come_out_again() -> None:
    arrays = folded_weights(light_network())
    rng = np.random.default_rng(4)
    arrays |= {
        name: rng.normal(0, 0.1, array.shape).astype(np.float32) for name, array in arrays.items() if "bias" in name
    }
    network = LightNetwork(2, CLASSES, EMBEDDING)
    start_from_folded(network, arrays, torch.randn(8, 1, 120, 120))
    for block in network.backbone.blocks:
        assert block.norm.running_var.min() > 0
        assert not torch.allclose(block.norm.running_mean, torch.zeros(()))
    found = folded_weights(network.eval())
    for name in (name for name in arrays if not name.startswith("head")):
        assert found[name] == pytest.approx(arrays[name], abs=1e-4), name


def test_labels_that_the_folder_has_start_with_their_logits() -> None:
    """By id, in whatever order; the other labels keep their own start."""
    network, given = light_network(3), folded_weights(light_network(2))
    given["head/bias"] = np.array([0.25, -0.5], np.float32)
    before = network.head.weight.detach().clone()
    start_heads_from_folded(network, given, ["cat", "dog"], ["dog", "cow", "cat"])
    assert network.head.bias.tolist() == [-0.5, -5, 0.25]
    kernel = torch.tensor(given["head/kernel"]).T
    assert torch.equal(network.head.weight, torch.stack([kernel[1], before[1], kernel[0]]))


def test_the_teacher_hears_the_grid_of_its_cached_outputs(spec: FeatureSpec) -> None:
    """A label's probability is at least that of the labels below it, and windows are those of adaptation_data.py."""
    torch.manual_seed(2)
    teacher = LabelledNetwork(WindowNetwork(VARIANTS["window"], torch.zeros(120)), 2).eval()
    teacher.labels.bias.data = torch.tensor([2.0, -2.0])
    clips = [clip("a", 3), clip("bc", 5)]
    heard = opinions_of_teacher(teacher, clips, spec, LABELS)
    assert {name: values.shape for name, values in heard.items()} == {
        "embedding": (8, EMBEDDING),
        "logits": (8, CLASSES),
        "labels": (8, 2),
    }
    assert (heard["labels"][:, 1] == heard["labels"][:, 0]).all()
    assert (heard["labels"] > 0.5).all()
    # The fourth window of the second clip starts at its column −48 + 3 · 16 = 0.
    window = (np.log10(10.0 ** clips[1].log_power[:120] + spec["powerFloor"]) + 6.5) / 2.5
    with torch.inference_mode():
        wanted = teacher(torch.tensor(window, dtype=torch.float32)[None, None])[2][0]
    assert heard["logits"][6] == pytest.approx(wanted.numpy(), abs=0.02)


def test_clips_get_their_own_part_of_what_the_teacher_says() -> None:
    opinions = {"embedding": np.arange(16).reshape(8, 2), "logits": np.arange(8).reshape(8, 1)}
    first, second = as_the_teacher_hears([clip("a", 3), clip("bc", 5)], opinions)
    assert first.means.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert second.logits[:, 0].tolist() == [3, 4, 5, 6, 7]


def test_the_teacher_hears_the_same_clips_only_once(tmp_path: Path) -> None:
    made = []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"logits": np.full(3, len(made))}

    path = tmp_path / "run" / "heard.npz"
    assert read_or_make(path, ["a", "b"], make)["logits"].tolist() == [1, 1, 1]
    assert read_or_make(path, ["a", "b"], make)["logits"].tolist() == [1, 1, 1]
    assert read_or_make(path, ["a", "c"], make)["logits"].tolist() == [2, 2, 2]
    assert [file.name for file in path.parent.iterdir()] == ["heard.npz"]


def write_run(run: Path, network: torch.nn.Module, variant: str, spec: FeatureSpec) -> Path:
    run.mkdir()
    torch.save({"averaged": AveragedModel(network).state_dict()}, run / "checkpoint.pt")
    (run / "run.json").write_text(json.dumps({"variant": variant, "spec": spec, "labels": ["dog", "cat"]}))
    return run


def test_networks_that_cannot_be_used_are_told(tmp_path: Path, spec: FeatureSpec) -> None:
    labelled = LabelledNetwork(WindowNetwork(VARIANTS["window"], torch.zeros(120)), 2)
    teacher = write_run(tmp_path / "teacher", labelled, "window", spec)
    light = write_run(tmp_path / "light", light_network(), "light", spec)
    assert isinstance(load_teacher(teacher, ["dog", "cat"])[0], LabelledNetwork)
    with pytest.raises(UnusableCheckpointError, match=r"teacher does not know the labels"):
        load_teacher(teacher, ["dog", "cow"])
    with pytest.raises(UnusableCheckpointError, match=r"light holds the light network"):
        load_teacher(light, ["dog", "cat"])
    assert isinstance(first_network(light, ["dog", "cat"], [], spec), LightNetwork)
    with pytest.raises(UnusableCheckpointError, match="teacher is not a light network of these 2 labels"):
        first_network(teacher, ["dog", "cat"], [], spec)
    with pytest.raises(UnusableCheckpointError, match="light is not a light network of these 3 labels"):
        first_network(light, ["dog", "cat", "cow"], [], spec)


def test_the_rate_rises_then_falls_to_zero() -> None:
    assert rates_at(0, 1000)[1] == pytest.approx(LEARNING_RATE / 200)
    assert rates_at(500, 1000) == pytest.approx([BACKBONE_SHARE * LEARNING_RATE / 2, LEARNING_RATE / 2])
    assert rates_at(1000, 1000) == [0, 0]


def test_the_export_computes_what_the_network_does(
    tmp_path: Path, spec: FeatureSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kernels are rounded to 8 bits, and the labels come in the order of candidate-labels.json."""
    network = light_network()
    run = write_run(tmp_path / "run", network, "light", spec)
    monkeypatch.setattr("sys.argv", ["export_light", str(run), str(tmp_path / "out")])
    export()
    labels = [label["id"] for label in json.loads((tmp_path / "out" / "labels.json").read_text())]
    assert set(labels) == {"dog", "cat"}
    golden = np.frombuffer((tmp_path / "out" / "golden.bin").read_bytes(), "<f4")
    window = golden[: 120 * 120].reshape(120, 120)
    with torch.inference_mode():
        wanted = network(torch.tensor(window)[None, None])[3][0].numpy()[[["dog", "cat"].index(i) for i in labels]]
    assert golden[120 * 120 :] == pytest.approx(wanted, abs=0.1)
    assert folded_logits(folded_weights(network), window).shape == (2,)


def test_the_weights_of_a_model_folder_are_read_by_name() -> None:
    arrays = read_float16_weights(Path("public/models/earmark-52"))
    assert arrays["conv1/kernel"].shape == (5, 5, 1, 16)
    assert arrays["head/bias"].shape == (52,)
    assert all(np.isfinite(array).all() and array.dtype == np.float32 for array in arrays.values())
