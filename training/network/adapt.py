"""Adapts the teacher's network to our windows: it learns to match, on augmented sound, the teacher's outputs for the clean sound.

    python -m training.network.adapt --data DATA --cache CACHE --variant window --leave-out 4 a --steps 6000 --out RUN

CACHE holds `features/` (by `npm run features --spec training/network/window_features.json`) and `teacher/` (by
teachers/mn04.py). RUN gets `checkpoint.pt`, from which an interrupted run resumes, and `run.json` with the losses and the
figures on the folds left out. The learning rate is constant, then falls linearly to zero over the last `--decay-steps`.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training.clips import LISTS, FeatureSpec, read_features, read_reserved, read_rows
from training.network.adaptation_data import (
    AdaptationAugmenter,
    HeardClip,
    build_window_library,
    drawing_weights,
    finished_features,
    first_columns,
    may_adapt,
    read_heard_clips,
)
from training.network.checkpoint import UnusableCheckpointError, load_network
from training.network.loop import Run
from training.network.mobilenet import VARIANTS, LabelledNetwork, Variant, WindowNetwork, fit_to_variant, multiply_adds
from training.network.train import mel_centres_hz
from training.teachers.mn04 import UnusableTeacherError, band_offsets, read_teacher_weights

# ln(power) / 5, as in the teacher: BandOffsets adds the rest.
POWER_FLOOR = 1e-11
LOG_MEAN = 0.0
LOG_STANDARD_DEVIATION = 5 / np.log(10)

LEARNING_RATE = 1e-3
WARMUP_STEPS = 200
EVALUATION_WINDOWS = 8


class MatchingLoss(torch.nn.Module):
    """The student's distance from the teacher: standardised means and logits, and the cross-entropy of its probabilities."""

    def __init__(self, means: torch.Tensor, logits: torch.Tensor) -> None:
        super().__init__()
        self.means_deviation = means.float().std(0).clamp(min=1e-3)
        self.logits_deviation = logits.float().std(0).clamp(min=1e-3)

    def forward(self, outputs: tuple[torch.Tensor, ...], batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Each part of the loss of a batch."""
        means, _, logits = outputs
        alone = batch["alone"] / batch["alone"].sum().clamp(min=1)
        means_error = ((means - batch["means"]) / self.means_deviation).square().mean(1)
        logits_error = ((logits - batch["logits"]) / self.logits_deviation).square().mean(1)
        entropy = F.binary_cross_entropy_with_logits(logits, torch.sigmoid(batch["logits"]), reduction="none").sum(1)
        return {"means": (means_error * alone).sum(), "logits": (logits_error * alone).sum(), "entropy": entropy.mean()}


def windows_of(clip: HeardClip, starts: np.ndarray, spec: FeatureSpec) -> torch.Tensor:
    """Clean windows of a clip as network input, with silence around it."""
    frames, bands = spec["frames"], spec["melBands"]
    column = starts[:, None] + np.arange(frames)
    inside = (column >= 0) & (column < len(clip.log_power))
    power = 10.0 ** clip.log_power[column.clip(0, len(clip.log_power) - 1)] * inside[:, :, None]
    value = (np.log10(power + spec["powerFloor"]) - spec["logMean"]) / spec["logStandardDeviation"]
    return torch.tensor(value.astype(np.float32)).reshape(len(starts), 1, frames, bands)


@torch.inference_mode()
def outputs_of_clip(model: torch.nn.Module, clip: HeardClip, spec: FeatureSpec) -> tuple[torch.Tensor, ...]:
    """Outputs for evenly spaced windows of a clip."""
    starts = np.linspace(0, max(0, len(clip.log_power) - spec["frames"]), EVALUATION_WINDOWS).round().astype(int)
    return model(windows_of(clip, starts, spec))


def class_names(data: Path) -> list[str]:
    """Names of the 527 outputs, in their order."""
    return [row["display_name"] for row in read_rows(data / "teacher" / "audioset_class_labels.csv")]


def classes_by_label(data: Path) -> dict[str, list[int]]:
    """The AudioSet outputs that mean each of our labels, according to `yamnet-labels.csv`."""
    index_of = {name: i for i, name in enumerate(class_names(data))}
    return {
        row["label"]: [index_of[name] for name in row["classes"].split(";") if name in index_of]
        for row in read_rows(LISTS / "yamnet-labels.csv")
    }


def clip_scores(logits: torch.Tensor) -> np.ndarray:
    """A clip's score: half the mean, half the maximum over its windows."""
    probability = torch.sigmoid(logits)
    return ((probability.mean(0) + probability.amax(0)) / 2).numpy()


@torch.inference_mode()
def evaluate(
    model: torch.nn.Module, clips: list[HeardClip], classes: dict[str, list[int]], spec: FeatureSpec
) -> dict[str, float]:
    """On ESC-50 clips left out: the shares of the teacher's variance explained and of clips classified correctly."""
    model.eval()
    names = sorted({clip.labels[0] for clip in clips})
    right = 0
    found, wanted = [], []
    for clip in clips:
        starts = first_columns(np.arange(3, len(clip.means), 4), spec)
        means, _, logits = model(windows_of(clip, starts, spec))
        found.append(means)
        wanted.append(torch.tensor(clip.means[3::4]).float())
        score = clip_scores(logits)
        right += names[int(np.argmax([score[classes[name]].max() for name in names]))] == clip.labels[0]
    met = torch.cat(found), torch.cat(wanted)
    error = (met[0] - met[1]).square().mean(0) / met[1].var(0).clamp(min=1e-6)
    return {"meansMet": 1 - float(error.median()), "accuracyByName": right / len(clips)}


def network_of_teacher(path: Path, variant: Variant, bands: int) -> WindowNetwork:
    """A variant initialised with the teacher's weights, as far as they fit. Raises UnusableTeacherError."""
    network = WindowNetwork(variant, band_offsets(bands))
    network.network.load_state_dict(fit_to_variant(read_teacher_weights(path), variant))
    return network


def learning_rate_factor(step: int, steps: int, decay_steps: int) -> float:
    """Fraction of LEARNING_RATE at a step."""
    return min(1.0, (steps - step) / decay_steps, (step + 1) / WARMUP_STEPS)


def training_arguments(description: str) -> argparse.ArgumentParser:
    """The options of every command that trains a network on windows."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--out", type=Path, required=True)
    return parser


def read_all_clips(data: Path, cache: Path) -> tuple[list[HeardClip], FeatureSpec]:
    """All clips for training and testing, and the spec of the network's front end."""
    lists = [data / "clips.csv", cache / "extra-cc.csv", data / "more.csv", cache / "noise" / "noise.csv"]
    teacher = sorted((cache / "teacher").glob("*.npz"))
    clips, spec = read_heard_clips(lists, finished_features(cache / "features"), teacher)
    spec |= {"powerFloor": POWER_FLOOR, "logMean": LOG_MEAN, "logStandardDeviation": float(LOG_STANDARD_DEVIATION)}
    return clips, spec


def clips_to_learn_from(clips: list[HeardClip], left_out: list[str]) -> list[HeardClip]:
    """The clips that are in none of the tests."""
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    return [clip for clip in clips if may_adapt(clip, frozenset(left_out), reserved)]


def make_augmenter(
    kind: type[AdaptationAugmenter], clips: list[HeardClip], cache: Path, spec: FeatureSpec, without: frozenset[str]
) -> AdaptationAugmenter:
    """An augmenter over the clips, with the noise and the hum of `training/sources/noise.py`."""
    noises, _ = read_features([cache / "features" / "noise-0"])
    noise, hum = (torch.tensor(10.0 ** noises[name]) for name in ("white.wav", "hum.wav"))
    sampling = torch.tensor(drawing_weights(clips), dtype=torch.float32)
    library = build_window_library(clips, spec)
    return kind(library, noise, hum, 0, spec, mel_centres_hz(spec), sampling, without)  # type: ignore[arg-type]  # its library has the fields that crop reads


def first_network(arguments: argparse.Namespace, bands: int) -> WindowNetwork:
    """What a run starts from. Raises UnusableTeacherError or UnusableCheckpointError."""
    if arguments.start:
        start, _ = load_network(arguments.start)
        return start.backbone if isinstance(start, LabelledNetwork) else start
    return network_of_teacher(arguments.data / "teacher" / "mn04_as.npz", VARIANTS[arguments.variant], bands)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = training_arguments(__doc__ or "")
    parser.add_argument("--variant", choices=VARIANTS, default="resampled")
    parser.add_argument("--start", type=Path, help="a checkpoint to start from, in place of the teacher's weights")
    parser.add_argument("--leave-out", nargs="*", default=["4", "a"], help="folds and halves that are not heard")
    parser.add_argument("--decay-steps", type=int, default=2000)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    clips, spec = read_all_clips(arguments.data, arguments.cache)
    training = clips_to_learn_from(clips, arguments.leave_out)
    testing = [clip for clip in clips if clip.fold in arguments.leave_out and clip.source == "esc50"][::3]
    try:
        model = first_network(arguments, spec["melBands"]).to(memory_format=torch.channels_last)
    except (UnusableTeacherError, UnusableCheckpointError) as error:
        sys.exit(str(error))
    augmenter = make_augmenter(AdaptationAugmenter, training, arguments.cache, spec, frozenset({"warping", "masks"}))
    library = augmenter.window_library
    loss_of = MatchingLoss(library.means[::7], library.logits[::7])
    variant = model.network.variant
    print(
        f"{len(training)} clips with {len(library.windows)} windows to learn from, {len(testing)} clips to test; "
        f"{multiply_adds(variant) / 1e6:.1f} M multiply-adds a window",
        flush=True,
    )
    classes = classes_by_label(arguments.data)
    facts = {"variant": variant.name, "leftOut": arguments.leave_out, "batch": arguments.batch}
    facts |= {"clips": len(training), "spec": spec}
    run = Run(
        arguments.out,
        model,
        [list(model.parameters())],
        facts,
        lambda averaged: evaluate(averaged, testing, classes, spec) if testing else {},
        arguments.seed,
    )

    def losses_of() -> dict[str, torch.Tensor]:
        batch = augmenter.batch(arguments.batch)
        return loss_of(model(batch["window"].contiguous(memory_format=torch.channels_last)), batch)

    def rates(step: int) -> list[float]:
        return [LEARNING_RATE * learning_rate_factor(step, arguments.steps, arguments.decay_steps)]

    run.train(arguments.steps, rates, losses_of)


if __name__ == "__main__":
    main()
