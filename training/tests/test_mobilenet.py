"""The network's shapes and its two ways of treating time."""

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

import torch
from torch import nn

from training.network.mobilenet import (
    DB_OF_UNIT,
    SILENCE,
    TEACHER,
    VARIANTS,
    WINDOW_FRAMES,
    FrameResampler,
    MobileNet,
    QuietRaiser,
    WindowNetwork,
    fit_to_variant,
    multiply_adds,
)


def random_network(variant: str) -> MobileNet:
    """Random weights, and batch norms with their statistics: each layer's values stay about as large as its input's."""
    torch.manual_seed(3)
    network = MobileNet(VARIANTS[variant]).train()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
    with torch.no_grad():
        network(torch.randn(4, 1, 120, 120))
    return network.eval()


def test_outputs_have_the_teachers_sizes() -> None:
    for variant in VARIANTS.values():
        means, embedding, logits = WindowNetwork(variant, torch.zeros(120)).eval()(torch.randn(2, 1, 120, 120))
        assert (means.shape, embedding.shape, logits.shape) == ((2, 384), (2, 512), (2, 527))


def test_streaming_shares_columns_between_windows() -> None:
    """A recording that is two strides longer has the window's feature columns first, and two more after them."""
    network = random_network("streaming")
    recording = torch.randn(1, 1, 136, 120)
    with torch.no_grad():
        whole = network.features(recording)
        first, last = network.features(recording[:, :, :120]), network.features(recording[:, :, 16:])
    assert first.shape[2] == 3
    assert whole.shape[2] == 5
    assert whole.std() > 0.1
    assert torch.allclose(whole[:, :, :3], first, atol=1e-4)
    assert torch.allclose(whole[:, :, 2:], last, atol=1e-4)


def test_the_windows_network_does_not_stream() -> None:
    network = random_network("window")
    recording = torch.randn(1, 1, 136, 120)
    with torch.no_grad():
        assert not torch.allclose(
            network.features(recording)[:, :, :4], network.features(recording[:, :, :120]), atol=0.01
        )


def test_quiet_windows_are_raised_towards_the_limit_and_no_further_than_the_most() -> None:
    peaks_db = torch.tensor([-10.0, -35.0, -39.0, -45.0, -80.0])
    windows = torch.full((5, 1, WINDOW_FRAMES, 4), -5.0)
    windows[:, 0, 7, 2] = peaks_db / DB_OF_UNIT
    raised_db = (QuietRaiser()(windows) - windows) * DB_OF_UNIT
    wanted_db = torch.tensor([0.0, 0.0, 4.0, 10.0, 10.0]).reshape(5, 1, 1, 1).expand_as(windows)
    assert torch.allclose(raised_db, wanted_db, atol=1e-3)


def test_the_resampler_interpolates_above_the_teachers_floor() -> None:
    ramp = torch.linspace(0, 1, 120)[None, None, :, None].expand(1, 1, 120, 3)
    with torch.no_grad():
        resampled = FrameResampler(120, 188)(ramp)
        silence = FrameResampler(120, 188)(torch.full((1, 1, 120, 3), SILENCE - 2))
    # A frame of 320 samples lies at 320/500 of one of ours; the first is centred earlier by the difference of both halves.
    wanted = (torch.arange(188) + 0.5) * 120 / 188 - 0.5
    # PyTorch's cubic kernel bends a straight line by up to a thirtieth of a frame.
    assert torch.allclose(resampled[0, 0, 4:-4, 1] * 119, wanted[4:-4], atol=0.05)
    assert torch.allclose(silence, torch.full_like(silence, SILENCE), atol=1e-5)


def test_shorter_kernels_hear_the_same_in_steady_sound() -> None:
    torch.manual_seed(4)
    start = MobileNet(TEACHER).state_dict()
    fitted = fit_to_variant(start, VARIANTS["streaming"])
    name = "features.13.block.1.0.weight"
    assert start[name].shape[2:] == (5, 5)
    assert fitted[name].shape[2:] == (1, 5)
    assert torch.allclose(fitted[name].sum(2), start[name].sum(2), atol=1e-6)
    narrowed = "features.5.block.1.0.weight"
    assert fitted[narrowed].shape[2:] == (3, 5)
    assert torch.allclose(fitted[narrowed].sum(2), start[narrowed].sum(2), atol=1e-6)
    assert torch.equal(fitted[narrowed][:, :, 1], start[narrowed][:, :, 2])


def test_multiply_adds_of_a_known_layer() -> None:
    """Only the dense layer of the classes depends on their number: 512 multiply-adds per class."""
    variant = VARIANTS["window"]
    assert multiply_adds(variant, classes=527) - multiply_adds(variant, classes=500) == 27 * 512
    assert multiply_adds(VARIANTS["streaming"]) < multiply_adds(variant)
