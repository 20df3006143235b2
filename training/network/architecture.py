"""The PyTorch twin of the streaming network of cli/networks/networks.ts: same layers, same names, batch norm not yet folded."""

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

EMBEDDING_SIZE = 256


class Layer(NamedTuple):
    """A convolution's width, and the average pooling after it as (frames, bands)."""

    width: int
    pool: tuple[int, int] = (1, 1)


# Three stages, as in the 2017 network, one per row; the last one ends in pooling over the whole window. Nothing is padded
# in time and the strides multiply to 8 frames. So a window that starts 8 frames later shares all but the newest columns of
# every layer with the previous window. Widths are multiples of 16: others train more slowly at the same cost.
STAGES = (
    (Layer(16, pool=(2, 2)),),
    (Layer(32), Layer(48, pool=(2, 2))),
    (Layer(80), Layer(80, pool=(1, 2)), Layer(160), Layer(160)),
)
# The shipped network, and two of the same cost that training/README.md compares with it.
ARCHITECTURES = {
    "shipped": STAGES,
    "shallow": ((Layer(16, pool=(2, 2)),), (Layer(80, pool=(2, 2)),), (Layer(128, pool=(1, 2)), Layer(176))),
    "deep": (
        (Layer(16, pool=(2, 2)),),
        (Layer(32), Layer(32), Layer(48, pool=(2, 2))),
        (Layer(80), Layer(80, pool=(1, 2)), Layer(112), Layer(128), Layer(128)),
    ),
}
FIRST_KERNEL, FIRST_STRIDE, KERNEL = 5, 2, 3


def layers_of(architecture: str) -> tuple[Layer, ...]:
    """All convolutions of one of ARCHITECTURES."""
    return tuple(layer for stage in ARCHITECTURES[architecture] for layer in stage)


class ConvBlock(nn.Module):
    """Convolution, batch norm, ReLU: no padding in time; `same` padding, as TensorFlow defines it, along the bands."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel, stride, bias=False)
        self.norm = nn.BatchNorm2d(out_channels)
        self.padding = same_padding(kernel, stride)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Channels [n, in, frames, bands] to [n, out, frames, bands]."""
        return F.relu(self.norm(self.conv(F.pad(x, self.padding))), inplace=True)


def same_padding(kernel: int, stride: int) -> tuple[int, int]:
    """Bands to pad before and after. For stride 2, TensorFlow pads one less before; PyTorch's own padding is symmetric."""
    total = kernel - stride
    return total // 2, total - total // 2


class Backbone(nn.Module):
    """Windows [n, 1, frames, bands] to embeddings [n, EMBEDDING_SIZE]."""

    def __init__(self, architecture: str) -> None:
        super().__init__()
        self.layers = layers_of(architecture)
        self.blocks = nn.ModuleList()
        channels = 1
        for layer in self.layers:
            kernel, stride = (FIRST_KERNEL, FIRST_STRIDE) if channels == 1 else (KERNEL, 1)
            self.blocks.append(ConvBlock(channels, layer.width, kernel, stride))
            channels = layer.width
        self.embedding = nn.Linear(channels, EMBEDDING_SIZE)
        nn.init.kaiming_normal_(self.embedding.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Embeddings of windows."""
        for block, layer in zip(self.blocks, self.layers, strict=True):
            x = block(x)
            if layer.pool != (1, 1):
                x = F.avg_pool2d(x, layer.pool)
        over_time = x.mean(dim=2)
        pooled = over_time.amax(dim=2) + over_time.mean(dim=2)
        return F.relu(self.embedding(pooled))


class Student(nn.Module):
    """The backbone with its logit head and, in training only, two heads that learn from YAMNet."""

    def __init__(self, labels: int, teacher_scores: int, teacher_embedding: int, architecture: str = "shipped") -> None:
        super().__init__()
        self.backbone = Backbone(architecture)
        self.dropout = nn.Dropout(0.3)
        self.head = nn.Linear(EMBEDDING_SIZE, labels)
        self.scores = nn.Linear(EMBEDDING_SIZE, teacher_scores)
        self.teacher_embedding = nn.Linear(EMBEDDING_SIZE, teacher_embedding)
        # Few labels are active at a time: start every output near the base rate, not at one half.
        nn.init.constant_(self.head.bias, -4.0)
        nn.init.constant_(self.scores.bias, -5.0)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits, and logits and embedding of the two heads that learn from YAMNet."""
        embedding = self.dropout(self.backbone(x))
        return self.head(embedding), self.scores(embedding), self.teacher_embedding(embedding)


class LightNetwork(nn.Module):
    """The backbone with the heads that learn from a network of mobilenet.py; the export keeps only `head`."""

    def __init__(self, labels: int, classes: int, teacher_embedding: int) -> None:
        super().__init__()
        self.backbone = Backbone("shipped")
        self.head = nn.Linear(EMBEDDING_SIZE, labels)
        self.classes = nn.Linear(EMBEDDING_SIZE, classes)
        self.teacher_embedding = nn.Linear(EMBEDDING_SIZE, teacher_embedding)
        for head in (self.head, self.classes):
            nn.init.constant_(head.bias, -5.0)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """The teacher's embedding, as it is guessed, our own, logits of the classes, logits of our labels."""
        embedding = self.backbone(x)
        return self.teacher_embedding(embedding), embedding, self.classes(embedding), self.head(embedding)


class Ensemble(nn.Module):
    """An ensemble of students: returns the mean of their probabilities, as logits."""

    def __init__(self, students: list[Student]) -> None:
        super().__init__()
        self.students = nn.ModuleList(students)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor]:
        """Only the logits, in a tuple like a student's outputs."""
        probabilities = torch.stack([torch.sigmoid(student(x)[0].float()) for student in self.students])
        return (torch.logit(probabilities.mean(0), eps=1e-6),)


def multiply_adds(frames: int, bands: int, architecture: str) -> int:
    """Multiply-adds of one window, convolutions and dense layers."""
    total, channels = 0, 1
    for layer in layers_of(architecture):
        kernel, stride = (FIRST_KERNEL, FIRST_STRIDE) if channels == 1 else (KERNEL, 1)
        frames, bands = (frames - kernel) // stride + 1, -(-bands // stride)
        total += frames * bands * kernel * kernel * channels * layer.width
        channels = layer.width
        frames, bands = frames // layer.pool[0], bands // layer.pool[1]
    return total + channels * EMBEDDING_SIZE
