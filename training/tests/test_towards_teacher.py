"""The mean of labelled networks and the untouched teacher."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.network import towards_teacher
from training.network.checkpoint import load_network, write_checkpoint
from training.network.mobilenet import VARIANTS, LabelledNetwork, WindowNetwork


def random_network(seed: int) -> WindowNetwork:
    """A network of which no two weights agree, batch norm's statistics included."""
    torch.manual_seed(seed)
    network = WindowNetwork(VARIANTS["resampled"], torch.randn(120))
    for buffer in network.network.buffers():
        if buffer.is_floating_point():
            buffer.copy_(torch.rand(buffer.shape) + 0.5)
    return network.eval()


def run_with(path: Path, network: torch.nn.Module, **facts: object) -> Path:
    write_checkpoint(network.state_dict(), {"variant": "resampled", "spec": {"melBands": 120}, **facts}, path)
    return path


def call(monkeypatch: pytest.MonkeyPatch, runs: list[Path], out: Path, *options: str) -> None:
    given = ["towards_teacher", *map(str, runs), "--data", str(out.parent), "--out", str(out), *options]
    monkeypatch.setattr("sys.argv", given)
    towards_teacher.main()


def shares(found: torch.Tensor, *parts: tuple[float, torch.Tensor]) -> bool:
    """Whether a tensor is this sum of others, to float16."""
    return torch.allclose(found, torch.stack([share * tensor for share, tensor in parts]).sum(0), atol=4e-3)


def test_the_backbone_has_a_share_of_both_and_the_heads_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, teacher = LabelledNetwork(random_network(1), 2), random_network(2)
    run = run_with(tmp_path / "run.npz", own, labels=["dog", "cat"], history=[1])
    monkeypatch.setattr(towards_teacher, "network_of_teacher", lambda *_: teacher)
    call(monkeypatch, [run], tmp_path / "mean.npz", "--share", "0.75")
    mean, facts = load_network(tmp_path / "mean.npz")
    assert isinstance(mean, LabelledNetwork)
    ours, theirs = own.backbone.state_dict(), teacher.state_dict()
    for name, tensor in mean.backbone.state_dict().items():
        if tensor.is_floating_point():
            assert shares(tensor, (0.75, ours[name]), (0.25, theirs[name])), name
    assert shares(mean.labels.weight, (1, own.labels.weight))
    assert facts["labels"] == ["dog", "cat"]
    assert facts["towardsTeacher"] == {"runs": 1, "share": 0.75, "fromLayer": 0}


def test_of_two_runs_the_mean_moves_and_only_in_later_layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, teacher = (
        LabelledNetwork(random_network(1), 1),
        LabelledNetwork(random_network(3), 1),
        random_network(2),
    )
    runs = [run_with(tmp_path / f"{i}.npz", run, labels=["dog"]) for i, run in enumerate((first, second))]
    monkeypatch.setattr(towards_teacher, "network_of_teacher", lambda *_: teacher)
    call(monkeypatch, runs, tmp_path / "mean.npz", "--share", "0.8", "--from-layer", "9")
    mean, _ = load_network(tmp_path / "mean.npz")
    assert isinstance(mean, LabelledNetwork)
    found, theirs = mean.backbone.state_dict(), teacher.state_dict()
    one, two = first.backbone.state_dict(), second.backbone.state_dict()
    for name in ("network.features.9.block.0.0.weight", "network.features.16.1.running_var", "network.classes.bias"):
        assert shares(found[name], (0.4, one[name]), (0.4, two[name]), (0.2, theirs[name])), name
    for name in ("bands.offsets", "network.features.0.0.weight", "network.features.8.block.0.1.running_mean"):
        assert shares(found[name], (0.5, one[name]), (0.5, two[name])), name
    assert shares(mean.labels.bias, (0.5, first.labels.bias), (0.5, second.labels.bias))


def test_a_network_without_labels_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with(tmp_path / "adapted.npz", random_network(1))
    with pytest.raises(SystemExit, match="has no labels yet"):
        call(monkeypatch, [run], tmp_path / "mean.npz", "--share", "0.5")
    assert not (tmp_path / "mean.npz").exists()


def test_a_missing_teacher_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with(tmp_path / "run.npz", LabelledNetwork(random_network(1), 1), labels=["dog"])
    with pytest.raises(SystemExit, match=r"mn04_as\.npz is missing"):
        call(monkeypatch, [run], tmp_path / "mean.npz", "--share", "0.5")
