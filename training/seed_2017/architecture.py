"""The PyTorch twin of `seed-2017` in cli/networks/networks.ts: the network of the question that the project starts from.

Convolutions of 10×10 with 128, 284 and 768 filters and `same` padding, pooling 6 and 2, a dense layer of 2,048 with
dropout, one logit per label. The loss and the calibration apply the sigmoid.
"""

import math
from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F

CONVOLUTIONS = (128, 284, 768)
POOLS = (6, 2, 1)
DENSE = 2048
KERNEL = 10
FRAMES = BANDS = 120


class Seed2017(nn.Module):
    """Windows [n, 1, 120, 120] to logits [n, labels]; `share` is the fraction of the original widths, rounded up."""

    def __init__(self, labels: int, share: float = 1.0) -> None:
        super().__init__()
        widths = [math.ceil(width * share) for width in CONVOLUTIONS]
        self.convolutions = nn.ModuleList(nn.Conv2d(before, width, KERNEL) for before, width in pairwise([1, *widths]))
        side = FRAMES // math.prod(POOLS)
        self.dense = nn.Linear(side * side * widths[-1], math.ceil(DENSE * share))
        self.dropout = nn.Dropout(0.5)
        self.head = nn.Linear(self.dense.out_features, labels)

    def layers(self) -> list[nn.Module]:
        """Its layers with weights, from the input on."""
        return [*self.convolutions, self.dense, self.head]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits of windows."""
        return self.activations(x)[-1]

    def activations(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Each layer's output before its activation; the last are the logits."""
        found = []
        for convolution, pool in zip(self.convolutions, POOLS, strict=True):
            # For an even kernel, TensorFlow's `same` pads one less before than after.
            before = (KERNEL - 1) // 2
            found.append(convolution(F.pad(x, (before, KERNEL - 1 - before) * 2)))
            x = F.max_pool2d(F.relu(found[-1]), pool)
        # TensorFlow flattens [frames, bands, channels].
        found.append(self.dense(x.permute(0, 2, 3, 1).flatten(1)))
        found.append(self.head(self.dropout(F.relu(found[-1]))))
        return found


@torch.no_grad()
def initialise(model: Seed2017, method: str) -> None:
    """`normal`: weights from N(0, 1), as in the question; `he`: N(0, 2 / fan-in), after He et al. 2015. Biases are 0."""
    for layer in model.layers():
        fan_in = layer.weight[0].numel()
        layer.weight.normal_(0, 1 if method == "normal" else math.sqrt(2 / fan_in))
        layer.bias.zero_()
