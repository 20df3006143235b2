"""Trains `seed-2017-eighth`, the network of the question at 1/8 of its widths, on the clips that train Earmark.

    python -m training.seed_2017.train --data DATA --cache CACHE --hold-out 4 --steps 1600 --out CACHE/seed-2017-eighth
    npm run export-model -- --run CACHE/seed-2017-eighth --name seed-2017-eighth

Its windows are crops that hold some of a clip's sound; half of them are mixed with a second clip (union of the labels);
the gain varies from −30 to +10 dB. Neither YAMNet nor anything else that `train.py` adds is used. OUT gets `run.json` and
what `export-model` reads.
"""

import argparse
import json
import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from training.clips import LISTS, Clip, FeatureSpec, read_clips, read_label_ids, read_reserved, sounding_starts
from training.evaluation.metrics import macro_figures
from training.network.augment import decibels, uniform
from training.network.exported_files import write_export
from training.network.selection import SPEECH_AND_MUSIC, may_learn_from, sampling_weights
from training.network.train import evaluation_windows, shipped_spec
from training.seed_2017.architecture import Seed2017, initialise

SHARE = 1 / 8
BATCH = 32
LEARNING_RATE = 1e-3
SEED = 2017
MIXED_SHARE = 0.5

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def read_labelled(data: Path, cache: Path) -> tuple[list[Clip], FeatureSpec]:
    """The clips of the four folds, and the shipped front end's spec."""
    clips, spec = read_clips([data / "clips.csv"], sorted((cache / "features").glob("clips-[0-9]")), [])
    return clips, shipped_spec(spec)


def training_clips(clips: list[Clip], hold_out: str) -> list[Clip]:
    """The clips that training may use if one fold is held out."""
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    return [clip for clip in clips if may_learn_from(clip, hold_out, reserved)]


class Crops:
    """Draws batches of windows with their targets."""

    def __init__(self, clips: list[Clip], spec: FeatureSpec, labels: list[str], seed: int) -> None:
        frames = spec["frames"]
        # Crops may begin before the clip and end after it.
        self.power = [np.pad(10**clip.log_power, ((frames, frames), (0, 0))) for clip in clips]
        self.starts = [sounding_starts(clip.log_power, frames) + frames for clip in clips]
        self.targets = torch.tensor([[float(label in clip.labels) for label in labels] for clip in clips])
        weights = np.array(sampling_weights(clips))
        self.chance = weights / weights.sum()
        self.spec = spec
        self.rng = np.random.default_rng(seed)

    def draw(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Power of crops and their targets."""
        chosen = self.rng.choice(len(self.power), size, p=self.chance)
        starts = [self.rng.choice(self.starts[i]) for i in chosen]
        crops = [self.power[i][start : start + self.spec["frames"]] for i, start in zip(chosen, starts, strict=True)]
        return torch.from_numpy(np.stack(crops)), self.targets[chosen]

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Windows [size, 1, frames, bands] and targets [size, labels]."""
        power, targets = self.draw(size)
        mixed = round(MIXED_SHARE * size)
        others, other_targets = self.draw(mixed)
        power[:mixed] += others
        targets = torch.cat([torch.maximum(targets[:mixed], other_targets), targets[mixed:]])
        power = power * decibels(uniform(-30, 10, size, 1, 1))
        spec = self.spec
        window = (torch.log10(power + spec["powerFloor"]) - spec["logMean"]) / spec["logStandardDeviation"]
        return window.unsqueeze(1), targets


def train(model: Seed2017, crops: Crops, steps: int, loss_of: Loss, name: str) -> list[float]:
    """Trains in place with AdamW and a cosine learning-rate schedule; returns the loss of every step."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.02)
    model.train().to(memory_format=torch.channels_last)
    losses = []
    for step in tqdm(range(steps), desc=name, unit="step", mininterval=5):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * (1 + math.cos(math.pi * step / steps)) / 2
        windows, targets = crops.batch(BATCH)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(windows.contiguous(memory_format=torch.channels_last))
        loss = loss_of(logits.float(), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@torch.inference_mode()
def clip_probabilities(model: Seed2017, clips: list[Clip], spec: FeatureSpec) -> np.ndarray:
    """A clip's score is half the mean, half the maximum over its windows; [clips, labels]."""
    model.eval()
    scores = []
    for clip in clips:
        probability = torch.sigmoid(model(evaluation_windows(clip, spec)))
        scores.append((probability.mean(0) + probability.amax(0)) / 2)
    return torch.stack(scores).numpy()


def figures_of(score: np.ndarray, clips: list[Clip], labels: list[str]) -> dict[str, float]:
    """Figures over the 50 labels of ESC-50, to watch; the ones that are reported come from `npm run evaluate`."""
    esc = [i for i, label in enumerate(labels) if label not in SPEECH_AND_MUSIC]
    truth = np.array([[label in clip.labels for label in labels] for clip in clips])[:, esc]
    score = score[:, esc]
    return {
        "accuracy": float((score.argmax(1) == truth.argmax(1)).mean()),
        **macro_figures(truth, score),
    }


def named_weights(model: Seed2017) -> dict[str, np.ndarray]:
    """Kernels and biases by the layer names of cli/networks/networks.ts, in the layout of tfjs."""
    arrays = {}
    names = [*(f"conv{i + 1}" for i in range(len(model.convolutions))), "embedding", "head"]
    for name, layer in zip(names, model.layers(), strict=True):
        kernel = layer.weight.permute(2, 3, 1, 0) if layer.weight.ndim == 4 else layer.weight.T
        arrays[f"{name}/kernel"], arrays[f"{name}/bias"] = kernel, layer.bias
    return {name: np.ascontiguousarray(array.detach().numpy(), np.float32) for name, array in arrays.items()}


@torch.no_grad()
def logits_in_float64(model: Seed2017, weights: dict[str, np.ndarray], window: np.ndarray) -> np.ndarray:
    """Logits of one window [frames, bands] from the given weights, which are loaded into the model."""
    model.double().eval()
    kernels = [array for name, array in weights.items() if name.endswith("kernel")]
    biases = [array for name, array in weights.items() if name.endswith("bias")]
    for layer, kernel, bias in zip(model.layers(), kernels, biases, strict=True):
        weight = torch.from_numpy(kernel.astype(np.float64))
        layer.weight.copy_(weight.permute(3, 2, 0, 1) if weight.ndim == 4 else weight.T)
        layer.bias.copy_(torch.from_numpy(bias.astype(np.float64)))
    return model(torch.from_numpy(window.astype(np.float64))[None, None])[0].numpy()


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--hold-out", default="4")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    labels = read_label_ids()
    clips, spec = read_labelled(arguments.data, arguments.cache)
    training = training_clips(clips, arguments.hold_out)
    testing = [clip for clip in clips if clip.fold == arguments.hold_out and clip.source == "esc50"]
    model = Seed2017(len(labels), SHARE)
    initialise(model, "he")
    losses = train(
        model,
        Crops(training, spec, labels, SEED),
        arguments.steps,
        lambda logits, targets: F.binary_cross_entropy_with_logits(logits, targets, reduction="none").sum(1).mean(),
        "seed-2017-eighth",
    )
    figures = figures_of(clip_probabilities(model, testing, spec), testing, labels)
    print(json.dumps(figures))
    run = {
        "holdOut": arguments.hold_out,
        "seed": SEED,
        "steps": arguments.steps,
        "batch": BATCH,
        "trainingClips": len(training),
        "parameters": sum(p.numel() for p in model.parameters()),
        "loss": [float(np.mean(losses[i : i + 100])) for i in range(0, len(losses), 100)],
        **figures,
        "finished": time.strftime("%Y-%m-%d"),
        "spec": spec,
        "labels": labels,
    }
    (arguments.out / "run.json").write_text(json.dumps(run, indent=1) + "\n")
    write_export(
        arguments.out, named_weights(model), spec, lambda weights, window: logits_in_float64(model, weights, window)
    )


if __name__ == "__main__":
    main()
