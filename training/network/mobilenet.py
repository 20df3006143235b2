"""MobileNetV3-Large at 0.4 of its widths, on windows [n, 1, frames, bands]: the untouched teacher and our own variants.

The layers are those of EfficientAT's `mn04_as` (F. Schmid, K. Koutini, G. Widmer, ICASSP 2023). Here, frames are
the rows and bands the columns; the teacher's file has them the other way round, so its kernels are transposed on reading.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

MEANS = 384
EMBEDDING = 512
CLASSES = 527
NORM_EPSILON = 1e-3
WINDOW_FRAMES = 120
# The teacher's front end adds this power before the logarithm, so it never heard anything quieter: its value of silence.
SILENCE = (math.log(1e-5) + 4.5) / 5
# A window whose loudest value is below QUIET_DB (a band's power, in dB of a sine of full scale) is raised towards it, by up to
# MOST_RAISED_DB. Otherwise the floor above hides what a quiet microphone's narrow band still holds.
QUIET_DB = -35.0
MOST_RAISED_DB = 10.0
# Windows hold ln(power) / 5.
DB_OF_UNIT = 50 / math.log(10)


class Block(NamedTuple):
    """An inverted residual block; the kernel and the stride are (frames, bands)."""

    expanded: int
    channels: int
    kernel: tuple[int, int]
    stride: tuple[int, int]
    gated: bool
    hard_swish: bool


@dataclass(frozen=True)
class Variant:
    """How one network treats time. Along the bands, all variants are alike."""

    name: str
    blocks: tuple[Block, ...]
    pads_time: bool
    gates_see_time: bool  # whether squeeze-and-excite averages over frames as well as bands
    resampled_frames: int | None = None  # the window's frames are interpolated to as many, if it is given
    stem: int = 8
    means: int = MEANS
    embedding: int = EMBEDDING


def _square(kernel: int, stride: int, expanded: int, channels: int, gated: bool, hard_swish: bool) -> Block:
    return Block(expanded, channels, (kernel, kernel), (stride, stride), gated, hard_swish)


_BLOCKS = (
    _square(3, 1, 8, 8, False, False),
    _square(3, 2, 24, 16, False, False),
    _square(3, 1, 32, 16, False, False),
    _square(5, 2, 32, 16, True, False),
    _square(5, 1, 48, 16, True, False),
    _square(5, 1, 48, 16, True, False),
    _square(3, 2, 96, 32, False, True),
    _square(3, 1, 80, 32, False, True),
    _square(3, 1, 72, 32, False, True),
    _square(3, 1, 72, 32, False, True),
    _square(3, 1, 192, 48, True, True),
    _square(3, 1, 272, 48, True, True),
    _square(5, 2, 272, 64, True, True),
    _square(5, 1, 384, 64, True, True),
    _square(5, 1, 384, 64, True, True),
)
# Frames that each block's kernel spans if nothing is padded in time. With a total stride of 8 frames they leave
# 3 of a window's 120 frames; the teacher's own kernels would need 595 frames for one.
_STREAMING_FRAMES = (3, 3, 3, 5, 3, 3, 3, 1, 1, 1, 3, 1, 1, 1, 1)
_STREAMING_STRIDES = (1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)

TEACHER = Variant("teacher", _BLOCKS, pads_time=True, gates_see_time=True)
# 120 frames of 500 samples are as long as 188 of the teacher's, which are 320 samples apart.
TEACHERS_FRAMES = 188
VARIANTS = {
    "window": Variant("window", _BLOCKS, pads_time=True, gates_see_time=True),
    "resampled": Variant("resampled", _BLOCKS, pads_time=True, gates_see_time=True, resampled_frames=TEACHERS_FRAMES),
    "streaming": Variant(
        "streaming",
        tuple(
            block._replace(kernel=(frames, block.kernel[1]), stride=(stride, block.stride[1]))
            for block, frames, stride in zip(_BLOCKS, _STREAMING_FRAMES, _STREAMING_STRIDES, strict=True)
        ),
        pads_time=False,
        gates_see_time=False,
    ),
}


class ConvNorm(nn.Sequential):
    """Convolution without bias, batch norm, and an optional activation."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel: tuple[int, int] = (1, 1),
        stride: tuple[int, int] = (1, 1),
        groups: int = 1,
        pads_time: bool = True,
        activation: nn.Module | None = None,
    ) -> None:
        padding = (kernel[0] // 2 if pads_time else 0, kernel[1] // 2)
        layers = [
            nn.Conv2d(in_channels, out_channels, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(out_channels, eps=NORM_EPSILON, momentum=0.01),
        ]
        super().__init__(*layers, *([activation] if activation else []))


class SqueezeExcite(nn.Module):
    """Gates for channels, from the mean over bands and, if `sees_time`, over frames."""

    def __init__(self, channels: int, sees_time: bool) -> None:
        super().__init__()
        hidden = max(8, (channels // 4 + 4) // 8 * 8)
        self.fc1 = nn.Linear(channels, hidden)
        self.fc2 = nn.Linear(hidden, channels)
        self.axes = (2, 3) if sees_time else (3,)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Each channel, multiplied by its gate."""
        means = x.mean(self.axes, keepdim=True).movedim(1, -1)
        gates = torch.sigmoid(self.fc2(F.relu(self.fc1(means))))
        return x * gates.movedim(-1, 1)


class InvertedResidual(nn.Module):
    """Expansion, depthwise convolution, gates, projection; the input is added if its shape allows."""

    def __init__(self, in_channels: int, block: Block, variant: Variant) -> None:
        super().__init__()
        activation = nn.Hardswish if block.hard_swish else nn.ReLU
        layers: list[nn.Module] = []
        if block.expanded != in_channels:
            layers.append(ConvNorm(in_channels, block.expanded, activation=activation()))
        layers.append(
            ConvNorm(
                block.expanded,
                block.expanded,
                block.kernel,
                block.stride,
                groups=block.expanded,
                pads_time=variant.pads_time,
                activation=activation(),
            )
        )
        if block.gated:
            layers.append(SqueezeExcite(block.expanded, variant.gates_see_time))
        layers.append(ConvNorm(block.expanded, block.channels))
        self.block = nn.Sequential(*layers)
        self.adds_input = in_channels == block.channels and block.stride[1] == 1
        # Without padding, the output lacks this many of the input's frames on each side.
        self.trimmed_frames = 0 if variant.pads_time else (block.kernel[0] - 1) // 2

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Channels [n, in, frames, bands] to [n, out, frames, bands]."""
        out = self.block(x)
        if not self.adds_input:
            return out
        trimmed = self.trimmed_frames
        return out + x[:, :, trimmed : x.shape[2] - trimmed]


class MobileNet(nn.Module):
    """Windows [n, 1, frames, bands] to (means [n, 384], embedding [n, 512], logits [n, classes])."""

    def __init__(self, variant: Variant, classes: int = CLASSES) -> None:
        super().__init__()
        self.variant = variant
        stem = ConvNorm(1, variant.stem, (3, 3), (2, 2), pads_time=variant.pads_time, activation=nn.Hardswish())
        layers: list[nn.Module] = [stem]
        channels = variant.stem
        for block in variant.blocks:
            layers.append(InvertedResidual(channels, block, variant))
            channels = block.channels
        layers.append(ConvNorm(channels, variant.means, activation=nn.Hardswish()))
        self.features = nn.Sequential(*layers)
        self.embedding = nn.Linear(variant.means, variant.embedding)
        self.dropout = nn.Dropout(0.2)
        self.classes = nn.Linear(variant.embedding, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Means of the last feature map, embedding and logits."""
        means = self.features(x).mean((2, 3))
        embedding = F.hardswish(self.embedding(means))
        return means, embedding, self.classes(self.dropout(embedding))


class BandOffsets(nn.Module):
    """Adds a value to each band: the effect of the teacher's pre-emphasis and filter size on the logarithm."""

    def __init__(self, offsets: torch.Tensor) -> None:
        super().__init__()
        self.offsets = nn.Parameter(offsets.clone())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Windows, with each band's offset added."""
        return x + self.offsets


class QuietRaiser(nn.Module):
    """Raises quiet windows. It needs whole windows, so no network that streams has it."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Windows [n, 1, frames, bands], quiet ones louder by one value each."""
        peaks = x.amax((1, 2, 3), keepdim=True)
        return x + (QUIET_DB / DB_OF_UNIT - peaks).clamp(0, MOST_RAISED_DB / DB_OF_UNIT)


class FrameResampler(nn.Module):
    """Interpolates a window's frames to those that the teacher's kernels know, after the teacher's floor.

    It does not learn: the optimiser gave every weight between far frames some noise, and loud frames leaked into quiet ones.
    """

    interpolation: torch.Tensor  # [frames, resampled_frames]

    def __init__(self, frames: int, resampled_frames: int) -> None:
        super().__init__()
        impulses = torch.eye(frames)[None, None]
        responses = F.interpolate(impulses, (resampled_frames, frames), mode="bicubic", align_corners=False)
        self.register_buffer("interpolation", responses[0, 0].T.contiguous())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Windows [n, 1, frames, bands] to [n, 1, resampled_frames, bands]."""
        return (F.relu(x - SILENCE).transpose(2, 3) @ self.interpolation + SILENCE).transpose(2, 3)


class Floor(nn.Module):
    """The teacher's floor: nothing is quieter than its value of silence."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Windows, with quieter values raised to the floor."""
        return F.relu(x - SILENCE) + SILENCE


class WindowNetwork(nn.Module):
    """Our network: quiet windows raised, the band offsets, the teacher's floor, with the resampler if there is one, then a MobileNet."""

    def __init__(self, variant: Variant, offsets: torch.Tensor, frames: int = WINDOW_FRAMES) -> None:
        super().__init__()
        self.raiser = QuietRaiser() if variant.pads_time else nn.Identity()
        self.bands = BandOffsets(offsets)
        resampled = variant.resampled_frames
        self.resampler = FrameResampler(frames, resampled) if resampled else Floor()
        self.network = MobileNet(variant)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Means of the last feature map, embedding and logits."""
        return self.network(self.resampler(self.bands(self.raiser(x))))


class LabelledNetwork(nn.Module):
    """Windows to (means, embedding, logits of the 527 classes, logits of our labels)."""

    def __init__(self, backbone: WindowNetwork, labels: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.labels = nn.Linear(backbone.network.variant.embedding, labels)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """The outputs, in the order of the class's docstring."""
        means, embedding, logits = self.backbone(x)
        return means, embedding, logits, self.labels(self.backbone.network.dropout(embedding))

    @torch.no_grad()
    def start_from(self, classes: list[list[int]]) -> None:
        """Each label starts as the mean of the classes that mean it."""
        old = self.backbone.network.classes
        for i, indices in enumerate(classes):
            self.labels.weight[i] = old.weight[indices].mean(0)
            self.labels.bias[i] = old.bias[indices].mean()


def fit_to_variant(state: dict[str, torch.Tensor], variant: Variant) -> dict[str, torch.Tensor]:
    """The teacher's weights for a variant: if a kernel spans fewer frames, the outer ones are added to its edge.

    On sound that does not change with time, the layer then gives the same output as before.
    """
    fitted = dict(state)
    for name, shape in ((k, v.shape) for k, v in MobileNet(variant).state_dict().items()):
        weight = state[name]
        surplus = weight.shape[2] - shape[2] if weight.dim() == 4 else 0
        if surplus > 0:
            cut = surplus // 2
            inner = weight[:, :, cut : weight.shape[2] - cut].clone()
            inner[:, :, 0] += weight[:, :, :cut].sum(2)
            inner[:, :, -1] += weight[:, :, weight.shape[2] - cut :].sum(2)
            fitted[name] = inner
    return fitted


def multiply_adds(variant: Variant, frames: int = 120, bands: int = 120, classes: int = CLASSES) -> int:
    """Multiply-adds of one window: convolutions and dense layers, counted on a run of the network."""
    total = frames * bands * (variant.resampled_frames or 0)

    def count(module: nn.Module, _inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        nonlocal total
        if isinstance(module, nn.Conv2d):
            total += output[0].numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            total += output[0].numel() * module.in_features

    network = MobileNet(variant, classes).eval()
    for module in network.modules():
        module.register_forward_hook(count)
    with torch.inference_mode():
        network(torch.zeros(1, 1, variant.resampled_frames or frames, bands))
    return total
