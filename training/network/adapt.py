"""Adapts the teacher's network to our windows: it learns to say of augmented sound what the teacher says of the clean one.

    python -m training.network.adapt --data DATA --cache CACHE --variant window --leave-out 2 4 --steps 6000 --out RUN

CACHE holds `features/` (by `npm run features --spec training/network/window_features.json`) and `teacher/` (by
teachers/mn04.py). RUN gets `checkpoint.pt`, from which an interrupted run goes on, and `run.json` with the losses and the
figures on the folds left out. The learning rate is constant and falls to zero along a line over the last `--decay-steps`.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.clips import LISTS, FeatureSpec, read_features, read_reserved, read_rows
from training.network.adaptation_data import (
    FIRST_COLUMN,
    GRID_COLUMNS,
    AdaptationAugmenter,
    HeardClip,
    build_window_library,
    drawing_weights,
    finished_features,
    may_adapt,
    read_heard_clips,
)
from training.network.checkpoint import UnusableCheckpointError, read_checkpoint
from training.network.mobilenet import VARIANTS, Variant, WindowNetwork, fit_to_variant, multiply_adds
from training.network.train import averaged_weights, mel_centres_hz
from training.teachers.mn04 import UnusableTeacherError, band_offsets, read_teacher_weights

# ln(power) / 5, as the teacher has it: BandOffsets adds the rest.
POWER_FLOOR = 1e-11
LOG_MEAN = 0.0
LOG_STANDARD_DEVIATION = 5 / np.log(10)

LEARNING_RATE = 1e-3
WARMUP_STEPS = 200
GRADIENT_NORM = 5.0
EVALUATION_WINDOWS = 8
SAVE_STEPS = 250


class MatchingLoss(torch.nn.Module):
    """How far the student is from the teacher: standardised means and logits, and the cross-entropy of its probabilities."""

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


def total_of(losses: dict[str, torch.Tensor]) -> torch.Tensor:
    """What is made small: the parts of the loss, each with its weight."""
    return losses["means"] + losses["logits"] + 0.05 * losses["entropy"]


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


def classes_by_label(data: Path) -> dict[str, list[int]]:
    """The AudioSet outputs that mean each of our labels, by `yamnet-labels.csv`."""
    rows = read_rows(data / "teacher" / "audioset_class_labels.csv")
    index_of = {row["display_name"]: int(row["index"]) for row in rows}
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
    """On clips left out: the share of the teacher's variance that is met, and how many ESC-50 clips are named right."""
    model.eval()
    esc = [clip for clip in clips if clip.source == "esc50"]
    names = sorted({clip.labels[0] for clip in esc})
    right = 0
    found, wanted = [], []
    for clip in esc:
        starts = FIRST_COLUMN + GRID_COLUMNS * np.arange(3, len(clip.means), 4)
        means, _, logits = model(windows_of(clip, starts, spec))
        found.append(means)
        wanted.append(torch.tensor(clip.means[3::4]).float())
        score = clip_scores(logits)
        right += names[int(np.argmax([score[classes[name]].max() for name in names]))] == clip.labels[0]
    met = torch.cat(found), torch.cat(wanted)
    error = (met[0] - met[1]).square().mean(0) / met[1].var(0).clamp(min=1e-6)
    return {"meansMet": 1 - float(error.median()), "accuracyByName": right / len(esc)}


def network_of_teacher(path: Path, variant: Variant, bands: int) -> WindowNetwork:
    """A variant with the teacher's weights, as far as they fit. Raises UnusableTeacherError."""
    network = WindowNetwork(variant, band_offsets(bands))
    network.network.load_state_dict(fit_to_variant(read_teacher_weights(path), variant))
    return network


def load_network(run: Path) -> tuple[WindowNetwork, dict]:
    """A run's averaged network, for evaluation, and the spec of its front end."""
    facts = json.loads((run / "run.json").read_text())
    network = WindowNetwork(VARIANTS[facts["variant"]], torch.zeros(facts["spec"]["melBands"]))
    network.load_state_dict(averaged_weights(torch.load(run / "checkpoint.pt")["averaged"]))
    return network.to(memory_format=torch.channels_last).eval(), facts["spec"]


def learning_rate_factor(step: int, steps: int, decay_steps: int) -> float:
    """Share of LEARNING_RATE at a step."""
    return min(1.0, (steps - step) / decay_steps, (step + 1) / WARMUP_STEPS)


def main() -> None:  # noqa: PLR0915  (a training, step by step)
    """Runs the command that this file's first lines describe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, default="window")
    parser.add_argument("--start", type=Path, help="a checkpoint to start from, in place of the teacher's weights")
    parser.add_argument("--leave-out", nargs="*", default=["2", "4"], help="folds that are not heard")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--decay-steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    arguments.out.mkdir(parents=True, exist_ok=True)
    cache, data = arguments.cache, arguments.data

    clip_lists = [data / "clips.csv", cache / "extra-cc.csv", data / "more.csv", cache / "noise" / "noise.csv"]
    features = finished_features(cache / "features")
    clips, spec = read_heard_clips(clip_lists, features, sorted((cache / "teacher").glob("*.npz")))
    spec |= {"powerFloor": POWER_FLOOR, "logMean": LOG_MEAN, "logStandardDeviation": float(LOG_STANDARD_DEVIATION)}
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    left_out = frozenset(arguments.leave_out)
    training = [clip for clip in clips if may_adapt(clip, left_out, reserved)]
    testing = [clip for clip in clips if clip.fold in left_out][::3]
    noises, _ = read_features([cache / "features" / "noise-0"])
    noise, hum = (torch.tensor(10.0 ** noises[name]) for name in ("white.wav", "hum.wav"))
    library = build_window_library(training, spec["frames"])
    centres = mel_centres_hz(spec)
    sampling = torch.tensor(drawing_weights(training), dtype=torch.float32)
    without = frozenset({"warping", "masks"})
    augmenter = AdaptationAugmenter(library, noise, hum, 0, spec, centres, sampling, without)  # type: ignore[arg-type]  # its library has the fields that crop reads
    loss_of = MatchingLoss(library.means[::7], library.logits[::7])

    try:
        if arguments.start:
            model, _ = read_checkpoint(arguments.start)
        else:
            model = network_of_teacher(data / "teacher" / "mn04_as.npz", VARIANTS[arguments.variant], spec["melBands"])
    except (UnusableTeacherError, UnusableCheckpointError) as error:
        sys.exit(str(error))
    variant = model.network.variant
    model = model.to(memory_format=torch.channels_last)
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
    print(
        f"{len(training)} clips with {len(library.windows)} windows to learn from, {len(testing)} clips to test; "
        f"{multiply_adds(variant) / 1e6:.1f} M multiply-adds a window",
        flush=True,
    )
    classes = classes_by_label(data)

    step, history = 0, []
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        averaged.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        step, history = saved["step"], saved["history"]
    else:
        history.append({"step": 0, **evaluate(model, testing, classes, spec)})
        print(json.dumps(history[-1]), flush=True)
    torch.manual_seed(arguments.seed + step)
    np.random.seed(arguments.seed + step)
    sums: dict[str, float] = {}
    began = time.monotonic()
    while step < arguments.steps:
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * learning_rate_factor(step, arguments.steps, arguments.decay_steps)
        model.train()
        batch = augmenter.batch(arguments.batch)
        losses = loss_of(model(batch["window"].contiguous(memory_format=torch.channels_last)), batch)
        optimizer.zero_grad()
        total_of(losses).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
        optimizer.step()
        averaged.update_parameters(model)
        step += 1
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0) + float(loss.detach())
        if step % SAVE_STEPS == 0 or step == arguments.steps:
            row = {"step": step, **{name: round(value / SAVE_STEPS, 4) for name, value in sums.items()}}
            row["seconds"] = round(time.monotonic() - began)
            sums = {}
            if step % (2 * SAVE_STEPS) == 0 or step == arguments.steps:
                row |= evaluate(averaged, testing, classes, spec)
            history.append(row)
            print(json.dumps(row), flush=True)
            state = {
                "model": model.state_dict(),
                "averaged": averaged.state_dict(),
                "optimizer": optimizer.state_dict(),
            }
            torch.save(state | {"step": step, "history": history}, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
            run = {
                "variant": variant.name,
                "leftOut": arguments.leave_out,
                "seed": arguments.seed,
                "batch": arguments.batch,
                "steps": step,
                "clips": len(training),
                "spec": spec,
                "history": history,
            }
            (arguments.out / "run.json").write_text(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
