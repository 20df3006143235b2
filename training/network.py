"""The PyTorch twin of `earmark-52` in src/model/networks.ts: same layers, same names, batch norm still apart."""

import torch
from torch import nn
from torch.nn import functional as F

EMBEDDING_SIZE = 256
# Width of each convolution, and whether an average pooling of 2 follows it. Three stages, as in the 2017 network:
# each row is one stage; the last one ends in the pooling over the whole window. Widths are multiples of 16: others
# train more slowly at the same cost.
STAGES = (
    ((16, True),),
    ((32, False), (48, True)),
    ((96, False), (96, True), (160, False), (160, False)),
)


class ConvBlock(nn.Module):
    """Convolution, batch norm, ReLU, with the padding that TensorFlow calls `same`."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int = 3, stride: int = 1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel, stride, bias=False)
        self.norm = nn.BatchNorm2d(out_channels)
        # For stride 2 TensorFlow pads one less before than after; PyTorch's own padding is symmetric.
        total = kernel - stride
        self.padding = (total // 2, total - total // 2) * 2
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.norm(self.conv(F.pad(x, self.padding))), inplace=True)


class Backbone(nn.Module):
    """Windows [n, 1, frames, bands] to embeddings [n, EMBEDDING_SIZE]."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList()
        self.pools = []
        channels = 1
        for width, pool in (block for stage in STAGES for block in stage):
            first = channels == 1
            self.blocks.append(ConvBlock(channels, width, kernel=5 if first else 3, stride=2 if first else 1))
            self.pools.append(pool)
            channels = width
        self.embedding = nn.Linear(channels, EMBEDDING_SIZE)
        nn.init.kaiming_normal_(self.embedding.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block, pool in zip(self.blocks, self.pools):
            x = block(x)
            if pool:
                x = F.avg_pool2d(x, 2)
        over_time = x.mean(dim=2)
        pooled = over_time.amax(dim=2) + over_time.mean(dim=2)
        return F.relu(self.embedding(pooled))


class Student(nn.Module):
    """The backbone with its head of logits and, in training only, two heads that learn from YAMNet."""

    def __init__(self, labels: int, teacher_scores: int, teacher_embedding: int):
        super().__init__()
        self.backbone = Backbone()
        self.dropout = nn.Dropout(0.3)
        self.head = nn.Linear(EMBEDDING_SIZE, labels)
        self.scores = nn.Linear(EMBEDDING_SIZE, teacher_scores)
        self.teacher_embedding = nn.Linear(EMBEDDING_SIZE, teacher_embedding)
        # Few labels sound at a time: start every output near the base rate, not at one half.
        nn.init.constant_(self.head.bias, -4.0)
        nn.init.constant_(self.scores.bias, -5.0)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        embedding = self.dropout(self.backbone(x))
        return self.head(embedding), self.scores(embedding), self.teacher_embedding(embedding)


def multiply_adds(frames: int, bands: int) -> int:
    """Multiply-adds of one window, convolutions and dense layers."""
    total, channels = 0, 1
    for width, pool in (block for stage in STAGES for block in stage):
        first = channels == 1
        if first:
            frames, bands = -(-frames // 2), -(-bands // 2)
        total += frames * bands * (25 if first else 9) * channels * width
        channels = width
        if pool:
            frames, bands = frames // 2, bands // 2
    return total + channels * EMBEDDING_SIZE
