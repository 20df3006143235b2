"""Turns a network with labels into the files that `npm run export-model` turns into a model folder.

    python -m training.network.export_mobilenet NETWORK OUT [--only IDS.txt]

NETWORK is a run of label_heads.py or a checkpoint of one. OUT gets `weights.bin` (8 bits a value for large kernels, float16
for the rest), `weights.json`, `golden.bin`, `labels.json`, `run.json` and `plan.json`, from which cli/networks/mobile-net.ts
builds the same layers. `--only` keeps the labels that the file names, one a line (evaluation/supported.py writes it). Batch
norm is folded into the convolutions. TensorFlow.js has no hard-swish, x · clip(x / 6 + 1/2), but it has a hard sigmoid,
clip(x / 5 + 1/2). Applied to u = 5 x / 6, it gives the gate of hard-swish. So the input of a hard-swish is scaled by 5/6,
and whatever reads u · gate by 6/5.
"""

import json
import sys
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.labels import UnusableLabelsError
from training.network.checkpoint import UnusableCheckpointError, load_network
from training.network.exported_files import write_export
from training.network.exported_labels import export_arguments, kept_labels, kept_outputs, write_labels_and_run
from training.network.mobilenet import (
    DB_OF_UNIT,
    MOST_RAISED_DB,
    QUIET_DB,
    SILENCE,
    Block,
    ConvNorm,
    FrameResampler,
    InvertedResidual,
    LabelledNetwork,
    QuietRaiser,
    SqueezeExcite,
    Variant,
)

SWISH_SCALE = 5 / 6


def plan_of(variant: Variant) -> dict[str, Any]:
    """A variant in the form that mobile-net.ts reads."""
    blocks = [
        {
            "expanded": block.expanded,
            "channels": block.channels,
            "kernel": block.kernel,
            "stride": block.stride,
            "gated": block.gated,
            "hardSwish": block.hard_swish,
        }
        for block in variant.blocks
    ]
    sizes = {"stem": variant.stem, "means": variant.means, "embedding": variant.embedding}
    resampled = {"resampledFrames": variant.resampled_frames} if variant.resampled_frames else {}
    return {
        **sizes,
        **resampled,
        "padsTime": variant.pads_time,
        "gatesSeeTime": variant.gates_see_time,
        "blocks": blocks,
    }


def folded(layer: ConvNorm, reads: float, gives: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Kernel and bias, if the input is the true one times `reads` and the output is to be the true one times `gives`."""
    conv, norm = layer[0], layer[1]
    assert isinstance(conv, nn.Conv2d)
    assert isinstance(norm, nn.BatchNorm2d)
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    kernel = conv.weight * scale.reshape(-1, 1, 1, 1)
    return kernel * gives / reads, (norm.bias - norm.running_mean * scale) * gives


class Folder:
    """Collects a network's arrays under the names that mobile-net.ts gives its layers."""

    def __init__(self) -> None:
        self.arrays: dict[str, torch.Tensor] = {}

    def convolution(self, name: str, layer: ConvNorm, reads: float, gives: float) -> None:
        """Convolutions are [height, width, in, out], depthwise ones [height, width, channels, 1]."""
        kernel, bias = folded(layer, reads, gives)
        depthwise = isinstance(layer[0], nn.Conv2d) and layer[0].groups > 1
        axes = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
        self.arrays[f"{name}/{'depthwise_kernel' if depthwise else 'kernel'}"] = kernel.permute(axes)
        self.arrays[f"{name}/bias"] = bias

    def offsets(self, name: str, values: torch.Tensor) -> None:
        """A value that is added to each band, as a batch norm that does nothing else."""
        self.arrays[f"{name}/gamma"], self.arrays[f"{name}/beta"] = torch.ones_like(values), values
        self.arrays[f"{name}/moving_mean"] = torch.zeros_like(values)
        self.arrays[f"{name}/moving_variance"] = torch.ones_like(values)

    def dense(self, name: str, layer: nn.Linear, reads: float, gives: float, pointwise: bool = False) -> None:
        """Dense layers are [in, out]; a `pointwise` one is a convolution there, [1, 1, in, out]."""
        kernel = layer.weight.T * gives / reads
        self.arrays[f"{name}/kernel"] = kernel[None, None] if pointwise else kernel
        self.arrays[f"{name}/bias"] = layer.bias * gives

    def block(self, name: str, block: InvertedResidual, plan: Block, reads: float) -> float:
        """One block. Returns the scale of its output."""
        inside = SWISH_SCALE if plan.hard_swish else 1.0
        layers = list(block.block)
        if len(layers) - plan.gated == 3:
            self.convolution(f"{name}_expand", layers.pop(0), reads, inside)
            self.convolution(f"{name}_depthwise", layers.pop(0), inside, inside)
        else:
            self.convolution(f"{name}_depthwise", layers.pop(0), reads, inside)
        if isinstance(layers[0], SqueezeExcite):
            self.dense(f"{name}_squeeze", layers[0].fc1, inside, 1.0, pointwise=True)
            self.dense(f"{name}_excite", layers[0].fc2, 1.0, 1.0, pointwise=True)
            layers.pop(0)
        # What is added to the input has the same scale as the input.
        gives = reads if block.adds_input else 1.0
        self.convolution(f"{name}_project", layers.pop(0), inside, gives)
        return gives


def folded_weights(model: LabelledNetwork) -> dict[str, np.ndarray]:
    """Kernels and biases by the layer names of mobile-net.ts."""
    folder = Folder()
    if isinstance(model.backbone.raiser, QuietRaiser):
        # QuietRaiser as three convolutions of the peak, of one value each: every backend has those.
        for name, bias in (("missing", QUIET_DB), ("spared", MOST_RAISED_DB), ("raise", MOST_RAISED_DB)):
            folder.arrays[f"{name}/kernel"] = torch.full((1, 1, 1, 1), -1.0)
            folder.arrays[f"{name}/bias"] = torch.tensor([bias / DB_OF_UNIT])
    # The floor is at zero, so that ReLU makes it.
    folder.offsets("bands", model.backbone.bands.offsets - SILENCE)
    resampler = model.backbone.resampler
    if isinstance(resampler, FrameResampler):
        folder.arrays["resampled/kernel"] = resampler.interpolation
        folder.arrays["resampled/bias"] = torch.full((resampler.interpolation.shape[1],), SILENCE)
    else:
        folder.offsets("floor", torch.full_like(model.backbone.bands.offsets, SILENCE))
    network = model.backbone.network
    stem, *blocks, last = network.features
    folder.convolution("stem", stem, 1.0, SWISH_SCALE)
    scale = SWISH_SCALE
    for i, (block, plan) in enumerate(zip(blocks, network.variant.blocks, strict=True), start=1):
        scale = folder.block(f"block{i}", block, plan, scale)
    folder.convolution("last", last, scale, SWISH_SCALE)
    folder.dense("dense", network.embedding, SWISH_SCALE, SWISH_SCALE)
    folder.dense("head", model.labels, SWISH_SCALE, 1.0)
    return {name: np.ascontiguousarray(t.detach().numpy(), np.float32) for name, t in folder.arrays.items()}


def swish(x: torch.Tensor) -> torch.Tensor:
    """Hard-swish of scaled values, as TensorFlow.js computes it."""
    return x * (x / 5 + 0.5).clamp(0, 1)


def folded_logits(variant: Variant, weights: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
    """Logits of one window [frames, bands] from folded weights, in float64: the reference for every backend."""
    arrays = {name: torch.from_numpy(array.astype(np.float64)) for name, array in weights.items()}

    def convolve(x: torch.Tensor, name: str, stride: tuple[int, int] = (1, 1)) -> torch.Tensor:
        depthwise = f"{name}/depthwise_kernel" in arrays
        kernel = arrays[f"{name}/{'depthwise_kernel' if depthwise else 'kernel'}"]
        kernel = kernel.permute((2, 3, 0, 1) if depthwise else (3, 2, 0, 1))
        padding = (kernel.shape[2] // 2 if variant.pads_time else 0, kernel.shape[3] // 2)
        return F.conv2d(x, kernel, arrays[f"{name}/bias"], stride, padding, groups=x.shape[1] if depthwise else 1)

    x = torch.from_numpy(window.astype(np.float64))
    if "raise/bias" in arrays:
        missing = F.relu(arrays["missing/bias"] - x.max())
        x = x + arrays["raise/bias"] - F.relu(arrays["spared/bias"] - missing)
    x = F.relu(x + arrays["bands/beta"])
    interpolates = variant.resampled_frames is not None
    x = (x.T @ arrays["resampled/kernel"] + arrays["resampled/bias"]).T if interpolates else x + arrays["floor/beta"]
    x = swish(convolve(x[None, None], "stem", (2, 2)))
    for i, block in enumerate(variant.blocks, start=1):
        activate = swish if block.hard_swish else F.relu
        before = x
        if block.expanded != x.shape[1]:
            x = activate(convolve(x, f"block{i}_expand"))
        x = activate(convolve(x, f"block{i}_depthwise", block.stride))
        if block.gated:
            means = x.mean((2, 3) if variant.gates_see_time else 3, keepdim=True)
            x = x * torch.sigmoid(convolve(F.relu(convolve(means, f"block{i}_squeeze")), f"block{i}_excite"))
        x = convolve(x, f"block{i}_project")
        if before.shape[1] == block.channels and block.stride[1] == 1:
            trimmed = 0 if variant.pads_time else block.kernel[0] // 2
            x = x + before[:, :, trimmed : before.shape[2] - trimmed]
    means = swish(convolve(x, "last")).mean((2, 3))
    embedding = swish(means @ arrays["dense/kernel"] + arrays["dense/bias"])
    return (embedding @ arrays["head/kernel"] + arrays["head/bias"])[0].numpy()


def main() -> None:
    """Runs the command described in the module docstring."""
    arguments = export_arguments(__doc__ or "")
    try:
        model, facts = load_network(arguments.network)
        if not isinstance(model, LabelledNetwork):
            sys.exit(f"{arguments.network} knows no labels yet: label_heads.py teaches them.")
        labels = kept_labels(facts, arguments.only)
        model.labels = kept_outputs(model.labels, facts["labels"], [label["id"] for label in labels])
    except (UnusableCheckpointError, UnusableLabelsError, OSError) as error:
        sys.exit(str(error))
    write_labels_and_run(arguments.out, labels, facts)
    variant = model.backbone.network.variant
    (arguments.out / "plan.json").write_text(json.dumps(plan_of(variant)))

    def logits_of(weights: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
        return folded_logits(variant, weights, window)

    write_export(arguments.out, folded_weights(model), facts["spec"], logits_of, eight_bits=True)


if __name__ == "__main__":
    main()
