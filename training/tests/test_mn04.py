"""The teacher's file and front end."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch

from training.network.mobilenet import TEACHER, MobileNet
from training.teachers import mn04


def write_weights(path: Path, change: dict[str, np.ndarray] | None = None) -> MobileNet:
    """A file like the teacher's, with random weights, and the network that they came from."""
    torch.manual_seed(1)
    network = MobileNet(TEACHER).eval()
    arrays = {}
    for name, tensor in network.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            turned = tensor.transpose(2, 3) if tensor.dim() == 4 else tensor
            arrays[mn04.file_name(name)] = turned.numpy()
    np.savez(path, **(arrays | (change or {})))
    return network


def test_weights_arrive_where_they_belong(tmp_path: Path) -> None:
    network = write_weights(tmp_path / "weights.npz")
    window = torch.randn(1, 1, 64, 128)
    loaded = mn04.load_teacher(tmp_path / "weights.npz")
    for found, wanted in zip(loaded(window), network(window), strict=True):
        assert torch.allclose(found, wanted, atol=1e-5)


def test_names_are_those_of_the_file() -> None:
    assert mn04.file_name("features.4.block.2.fc1.weight") == "features.4.block.2.conc_se_layers.0.fc1.weight"
    assert mn04.file_name("embedding.bias") == "classifier.2.bias"
    assert mn04.file_name("classes.weight") == "classifier.5.weight"
    assert mn04.file_name("features.16.0.weight") == "features.16.0.weight"


def test_a_missing_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(mn04.UnusableTeacherError, match=r"nowhere\.npz is missing"):
        mn04.load_teacher(tmp_path / "nowhere.npz")


def test_a_damaged_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    write_weights(path)
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(mn04.UnusableTeacherError, match=r"weights\.npz is damaged"):
        mn04.load_teacher(path)


def test_other_shapes_are_told_with_the_array(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    write_weights(path, {"classifier.5.bias": np.zeros(521, np.float32)})
    with pytest.raises(mn04.UnusableTeacherError, match=r"classifier\.5\.bias has the shape \(521,\), not \(527,\)"):
        mn04.load_teacher(path)


def test_values_that_are_not_finite_are_told(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    write_weights(path, {"classifier.5.bias": np.full(527, np.nan, np.float32)})
    with pytest.raises(mn04.UnusableTeacherError, match="not finite"):
        mn04.load_teacher(path)


def test_a_sine_is_loudest_in_the_filter_around_it() -> None:
    time = torch.arange(32_000) / mn04.SAMPLE_RATE_HZ
    columns = mn04.log_mel(torch.sin(2 * torch.pi * 2000 * time).unsqueeze(0))
    assert columns.shape == (1, 1, 100, 128)
    step = mn04.to_mel(mn04.LARGEST_HZ) / 129
    assert columns[0, 0, 50].argmax() == round(float(mn04.to_mel(2000) / step)) - 1


def test_offsets_lead_from_our_white_noise_to_the_teachers() -> None:
    """Our value for white noise: every band's mean power is the sum of the window's squares times 4 / its sum²."""
    torch.manual_seed(2)
    noise = torch.randn(1, 32_000 * 20) * 0.1
    ours = np.log(0.01 * 4 * 1024 * 0.375 / 512**2) / 5
    theirs = (torch.exp(mn04.log_mel(noise)[0, 0] * 5 - 4.5).mean(0).log() + 4.5) / 5
    # The lowest of the teacher's filters lie between two bins and are empty.
    assert torch.allclose(theirs[30:120], ours + mn04.band_offsets(120)[30:], atol=0.1)


def test_silence_lies_around_a_clip() -> None:
    samples = np.full(mn04.SAMPLE_RATE_HZ, 0.5, np.float32)
    assert mn04.window_count(len(samples)) == 5  # at −0.75, −0.5, −0.25, 0 and 0.25 s
    assert mn04.window_count(10) == 2  # half a second is never left: those that start half a second before the end
    teacher = MobileNet(TEACHER).eval()
    means, logits = mn04.hear(teacher, samples, 120)
    assert means.shape == (5, 384)
    assert logits.shape == (5, 527)
