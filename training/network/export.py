"""Turns a trained student into the files that `npm run export-model` turns into a model folder.

    python -m training.network.export RUN

RUN holds `weights.npz` and `run.json`; it gets the files of exported_files.py, with logits computed in float64.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training.network.architecture import FIRST_STRIDE, LightNetwork, Student, layers_of, same_padding
from training.network.exported_files import write_export


def folded_weights(model: Student | LightNetwork) -> dict[str, np.ndarray]:
    """Kernels and biases by the layer names of cli/networks/networks.ts, batch norm folded into the convolutions.

    Convolutions are [height, width, in, out] and dense layers [in, out], as tfjs expects them.
    """
    arrays = {}
    for i, block in enumerate(model.backbone.blocks, start=1):
        scale = block.norm.weight / torch.sqrt(block.norm.running_var + block.norm.eps)
        kernel = block.conv.weight * scale.reshape(-1, 1, 1, 1)
        arrays[f"conv{i}/kernel"] = kernel.permute(2, 3, 1, 0)
        arrays[f"conv{i}/bias"] = block.norm.bias - block.norm.running_mean * scale
    for name, layer in (("embedding", model.backbone.embedding), ("head", model.head)):
        arrays[f"{name}/kernel"] = layer.weight.T
        arrays[f"{name}/bias"] = layer.bias
    return {name: np.ascontiguousarray(array.detach().cpu().numpy(), np.float32) for name, array in arrays.items()}


def folded_logits(weights: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
    """Logits of one window [frames, bands] from folded weights, in float64: the reference for every backend."""
    arrays = {name: torch.from_numpy(array.astype(np.float64)) for name, array in weights.items()}
    x = torch.from_numpy(window.astype(np.float64))[None, None]
    for i, layer in enumerate(layers_of("shipped"), start=1):
        kernel = arrays[f"conv{i}/kernel"].permute(3, 2, 0, 1)
        stride = FIRST_STRIDE if i == 1 else 1
        padded = F.pad(x, same_padding(kernel.shape[3], stride))
        x = F.relu(F.conv2d(padded, kernel, arrays[f"conv{i}/bias"], stride))
        if layer.pool != (1, 1):
            x = F.avg_pool2d(x, layer.pool)
    over_time = x.mean(dim=2)
    pooled = over_time.amax(dim=2) + over_time.mean(dim=2)
    embedding = F.relu(pooled @ arrays["embedding/kernel"] + arrays["embedding/bias"])
    return (embedding @ arrays["head/kernel"] + arrays["head/bias"])[0].numpy()


def main() -> None:
    """Runs the command described in the module docstring."""
    run = Path(sys.argv[1])
    spec = json.loads((run / "run.json").read_text())["spec"]
    with np.load(run / "weights.npz") as archive:
        write_export(run, {name: archive[name] for name in archive.files}, spec, folded_logits)


if __name__ == "__main__":
    main()
