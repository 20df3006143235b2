"""The mean of a labelled network and the untouched teacher."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.network import towards_teacher
from training.network.checkpoint import load_network, write_checkpoint
from training.network.mobilenet import VARIANTS, LabelledNetwork, WindowNetwork


def random_network(seed: int, variant: str = "resampled") -> WindowNetwork:
    """A network of which no two weights agree, batch norm's statistics included."""
    torch.manual_seed(seed)
    network = WindowNetwork(VARIANTS[variant], torch.randn(120))
    for buffer in network.network.buffers():
        if buffer.is_floating_point():
            buffer.copy_(torch.rand(buffer.shape) + 0.5)
    return network.eval()


def run_with(path: Path, network: torch.nn.Module, **facts: object) -> Path:
    write_checkpoint(network.state_dict(), {"variant": "resampled", "spec": {"melBands": 120}, **facts}, path)
    return path


def call(monkeypatch: pytest.MonkeyPatch, run: Path, out: Path, share: str) -> None:
    given = ["towards_teacher", str(run), str(out), "--data", str(out.parent), "--share", share]
    monkeypatch.setattr("sys.argv", given)
    towards_teacher.main()


def test_the_backbone_has_a_share_of_both_and_the_heads_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, teacher = LabelledNetwork(random_network(1), 2), random_network(2)
    run = run_with(tmp_path / "run.npz", own, labels=["dog", "cat"], history=[1])
    monkeypatch.setattr(towards_teacher, "network_of_teacher", lambda *_: teacher)
    call(monkeypatch, run, tmp_path / "mean.npz", "0.75")
    mean, facts = load_network(tmp_path / "mean.npz")
    assert isinstance(mean, LabelledNetwork)
    ours, theirs, found = own.backbone.state_dict(), teacher.state_dict(), mean.backbone.state_dict()
    for name, tensor in found.items():
        if not tensor.is_floating_point() or name.startswith("resampler."):
            continue
        assert torch.allclose(tensor, 0.75 * ours[name] + 0.25 * theirs[name], atol=3e-3), name
    assert torch.allclose(mean.labels.weight, own.labels.weight, atol=1e-3)
    assert facts["labels"] == ["dog", "cat"]
    assert facts["shareOfRun"] == 0.75


def test_a_network_without_labels_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with(tmp_path / "adapted.npz", random_network(1))
    with pytest.raises(SystemExit, match="has no labels yet"):
        call(monkeypatch, run, tmp_path / "mean.npz", "0.5")
    assert not (tmp_path / "mean.npz").exists()


def test_a_missing_teacher_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with(tmp_path / "run.npz", LabelledNetwork(random_network(1), 1), labels=["dog"])
    with pytest.raises(SystemExit, match=r"mn04_as\.npz is missing"):
        call(monkeypatch, run, tmp_path / "mean.npz", "0.5")
