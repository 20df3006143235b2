"""Trains the network on the folds that are not held out, and prints its figures on the one that is.

    python -m training.network.train --data DATA --debian DEBIAN/train --cache CACHE --hold-out all --steps 5000 --out CACHE/broad
    python -m training.network.train ... --hold-out 4 --start CACHE/broad --steps 4000 --out CACHE/run-4

The first run trains on no clip of any fold, so the runs that are tested on each fold can start from it. RUN gets
`checkpoint.pt` (a run resumes from it if it exists), `weights.npz` (averaged, batch norm folded) and `run.json`. The
learning rate is constant, then falls to zero over the last `--decay-steps`: linearly or, with `--fall cosine`, along half a
cosine (Loshchilov and Hutter 2017). So a run can be extended by resuming it with more steps before the fall begins.
"""

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from training.clips import LISTS, Clip, FeatureSpec, read_clips, read_features, read_label_ids, read_reserved
from training.evaluation.metrics import macro_figures, roc_auc
from training.network.architecture import ARCHITECTURES, Ensemble, Student, multiply_adds
from training.network.augment import LEVERS, Augmenter, build_library
from training.network.export import folded_weights
from training.network.selection import SPEECH_AND_MUSIC, may_learn_from, sampling_weights
from training.teachers.opinion import label_rows, window_targets

# The shipped front end: what training adds to the features' own spec.
POWER_FLOOR = 1e-11
LOG_MEAN = -6.5
LOG_STANDARD_DEVIATION = 2.5

EVALUATION_WINDOWS = 8
LEARNING_RATE = 2e-3
ENSEMBLE_SHARE = 0.5
CHECKPOINT = "checkpoint.pt"


def shipped_spec(spec: FeatureSpec) -> FeatureSpec:
    """The spec of features, with the shipped front end's own compression and normalisation."""
    return spec | {"powerFloor": POWER_FLOOR, "logMean": LOG_MEAN, "logStandardDeviation": LOG_STANDARD_DEVIATION}


def mel_centres_hz(spec: FeatureSpec) -> torch.Tensor:
    """Centre of each band: evenly spaced on the mel scale of src/dsp/mel-filterbank.ts."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (spec["minHz"], spec["maxHz"]))
    mel = low + (high - low) * np.arange(1, spec["melBands"] + 1) / (spec["melBands"] + 1)
    return torch.tensor((700 * (10 ** (mel / 2595) - 1)).astype(np.float32))


def evaluation_windows(clip: Clip, spec: FeatureSpec) -> torch.Tensor:
    """Evenly spaced windows of a clip as network input, [EVALUATION_WINDOWS, 1, frames, bands]."""
    frames = spec["frames"]
    starts = np.linspace(0, max(0, len(clip.log_power) - frames), EVALUATION_WINDOWS).round().astype(int)
    power = 10 ** torch.tensor(np.stack([clip.log_power[s : s + frames] for s in starts]))
    return ((torch.log10(power + spec["powerFloor"]) - spec["logMean"]) / spec["logStandardDeviation"]).unsqueeze(1)


@torch.inference_mode()
def evaluate(model: torch.nn.Module, clips: list[Clip], label_ids: list[str], spec: FeatureSpec) -> dict[str, float]:
    """Clip-level figures: a clip's score is half the mean, half the maximum over its windows."""
    model.eval()
    scores = []
    for clip in clips:
        probability = torch.sigmoid(model(evaluation_windows(clip, spec))[0])
        scores.append((probability.mean(0) + probability.amax(0)) / 2)
    score = torch.stack(scores).cpu().numpy()
    truth = np.array([[label in clip.labels for label in label_ids] for clip in clips])
    esc = [i for i, label in enumerate(label_ids) if label not in SPEECH_AND_MUSIC]
    of_esc = np.array([clip.source == "esc50" for clip in clips])
    esc_score, esc_truth = score[of_esc][:, esc], truth[of_esc][:, esc]
    figures = {
        "accuracy": float((esc_score.argmax(1) == esc_truth.argmax(1)).mean()),
        **macro_figures(esc_truth, esc_score),
    }
    for label in SPEECH_AND_MUSIC:
        i = label_ids.index(label)
        if truth[:, i].any():
            figures[f"{label}Auc"] = roc_auc(truth[:, i], score[:, i])
    return figures


def outputs_of(model: torch.nn.Module, window: torch.Tensor) -> list[torch.Tensor]:
    """All heads' outputs.

    The network computes in bfloat16, which halves the time; weights, losses and the tested network are float32.
    """
    with torch.autocast(window.device.type, torch.bfloat16):
        return [output.float() for output in model(window.to(memory_format=torch.channels_last))]


@torch.no_grad()
def with_ensemble_targets(batch: dict[str, torch.Tensor], ensemble: Ensemble) -> dict[str, torch.Tensor]:
    """The batch with an ensemble's outputs for the same windows mixed into the targets (distillation, Hinton et al. 2015)."""
    heard = torch.sigmoid(outputs_of(ensemble, batch["window"])[0])
    return batch | {"targets": (1 - ENSEMBLE_SHARE) * batch["targets"] + ENSEMBLE_SHARE * heard}


def loss_of(model: torch.nn.Module, batch: dict[str, torch.Tensor], has_teacher: bool) -> torch.Tensor:
    """Sigmoid cross-entropy on logits for the labels and YAMNet's scores, cosine distance for its embedding."""
    logits, scores, embedding = outputs_of(model, batch["window"])
    label_loss = F.binary_cross_entropy_with_logits(logits, batch["targets"], reduction="none").sum(1)
    if not has_teacher:
        return (label_loss * batch["targets_known"]).mean()
    score_loss = F.binary_cross_entropy_with_logits(scores, batch["scores"], reduction="none").sum(1)
    embedding_loss = 1 - F.cosine_similarity(embedding, batch["embedding"])
    return (
        (label_loss * batch["targets_known"]).mean()
        + 0.1 * (score_loss * batch["scores_known"]).mean()
        + (embedding_loss * batch["embedding_known"]).mean()
    )


def averaged_weights(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The network's own weights in the state of an AveragedModel."""
    return {name.removeprefix("module."): tensor for name, tensor in state.items() if name.startswith("module.")}


def load_checkpoint(run: Path) -> dict[str, Any]:
    """The last checkpoint of a run."""
    return torch.load(run / CHECKPOINT, map_location=torch.get_default_device())


def load_network(run: Path, weights: str = "averaged") -> Student:
    """A finished run's network, with `averaged` weights or those of the last step, `model`."""
    state = load_checkpoint(run)[weights]
    state = averaged_weights(state) if weights == "averaged" else state
    labels, scores, embedding = (state[f"{head}.weight"].shape[0] for head in ("head", "scores", "teacher_embedding"))
    network = Student(labels, scores, embedding, json.loads((run / "run.json").read_text())["architecture"])
    network.load_state_dict(state)
    return network.to(memory_format=torch.channels_last).eval()


def learning_rate_factor(step: int, steps: int, decay_steps: int, fall: str, warmup_steps: int = 500) -> float:
    """Fraction of LEARNING_RATE at a step; `fall` selects a linear or half-cosine fall."""
    remaining = min(1.0, (steps - step) / decay_steps)
    factor = remaining if fall == "linear" else (1 - math.cos(math.pi * remaining)) / 2
    return min(factor, (step + 1) / warmup_steps)


def parse_options() -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with clips.csv and extra.csv")
    add("--debian", type=Path, required=True, help="what debian.py --use train wrote")
    add("--cache", type=Path, required=True, help="folder with features/, teacher-*.npz, made/ and soundfont/")
    add("--hold-out", default="4", help="fold that is tested; '' for none, 'all' for all of them")
    add("--without", action="append", default=[], choices=(*LEVERS, "teacher", "opinion"), help="leave out a lever")
    add("--architecture", default="shipped", choices=ARCHITECTURES, help="the others are for comparison")
    add("--start", type=Path, help="run whose averaged weights this one starts from")
    add("--ensemble", type=Path, nargs="+", help="runs that together say half of each target")
    add("--device", default="cpu", help="cpu or cuda")
    add("--steps", type=int, default=12_000)
    add("--decay-steps", type=int, default=4_000)
    add("--fall", default="linear", choices=("linear", "cosine"), help="how the learning rate falls")
    add("--batch", type=int, default=64)
    add("--seed", type=int, default=2017)
    add("--out", type=Path, required=True)
    return parser.parse_args()


def read_training_data(options: argparse.Namespace) -> tuple[list[Clip], FeatureSpec]:
    """Every clip that has features, from all sources, and the shipped front end's spec."""
    features = sorted((options.cache / "features").glob("*-[0-9]"))
    lists = [options.data / "clips.csv", options.data / "extra.csv"]
    lists += [options.debian / "clips.csv", options.cache / "made" / "clips.csv"]
    lists += [options.cache / "soundfont" / "train" / "clips.csv"]
    clips, spec = read_clips(lists, features, sorted(options.cache.glob("teacher-*.npz")))
    return clips, shipped_spec(spec)


def make_augmenter(
    training: list[Clip], label_ids: list[str], spec: FeatureSpec, options: argparse.Namespace
) -> Augmenter:
    """The augmenter that draws examples from the clips, with the targets that the options ask for."""
    noises, _ = read_features([options.cache / "features" / "noise"])
    noise, hum = (torch.tensor(10 ** noises[name]) for name in ("white.wav", "hum.wav"))
    # The broad run has almost only clips without labels.
    broad = options.hold_out == "all"
    sampling = [0.25] * len(training) if broad else sampling_weights(training)
    if broad or "opinion" in options.without:
        targets = [label_rows(clip, label_ids) for clip in training]
        known = [clip.labelled for clip in training]
    else:
        class_map = options.data / "teacher" / "yamnet_class_map.csv"
        targets = window_targets(training, np.array(sampling), label_ids, class_map, options.seed)
        known = [True] * len(training)
    return Augmenter(
        build_library(training, label_ids, spec["frames"], targets, known),
        noise,
        hum,
        label_ids.index("speech"),
        spec,
        mel_centres_hz(spec),
        torch.tensor(sampling),
        frozenset(options.without),
    )


class Run:
    """A network in training, with everything that its checkpoint holds."""

    def __init__(self, options: argparse.Namespace, model: Student) -> None:
        self.options = options
        self.model = model.to(memory_format=torch.channels_last)
        if options.start:
            self.model.load_state_dict(averaged_weights(load_checkpoint(options.start)["averaged"]))
        self.averaged = AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(0.999), use_buffers=True)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=LEARNING_RATE, weight_decay=0.02)
        self.step = 0
        self.history: list[dict[str, float]] = []
        if (options.out / CHECKPOINT).exists():
            self.resume()

    def resume(self) -> None:
        """Restores the last checkpoint."""
        saved = load_checkpoint(self.options.out)
        self.model.load_state_dict(saved["model"])
        self.averaged.load_state_dict(saved["averaged"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.history = saved["step"], saved["history"]

    def learn(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """One step; returns its loss."""
        options = self.options
        factor = learning_rate_factor(self.step, options.steps, options.decay_steps, options.fall)
        for group in self.optimizer.param_groups:
            group["lr"] = LEARNING_RATE * factor
        self.model.train()
        self.optimizer.zero_grad()
        loss = loss_of(self.model, batch, "teacher" not in options.without)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.averaged.update_parameters(self.model)
        self.step += 1
        return loss

    def save(self, figures: dict[str, float], card: dict[str, Any]) -> None:
        """Writes the checkpoint, the averaged weights, and the run's card."""
        out, options = self.options.out, self.options
        self.history.append({"step": self.step, **figures})
        tqdm.write(json.dumps(self.history[-1]))
        state = {"model": self.model.state_dict(), "averaged": self.averaged.state_dict()}
        state |= {"optimizer": self.optimizer.state_dict(), "step": self.step, "history": self.history}
        partial = (out / CHECKPOINT).with_suffix(".tmp")
        torch.save(state, partial)
        partial.replace(out / CHECKPOINT)
        np.savez(out / "weights.npz", **folded_weights(self.averaged.module))  # type: ignore[arg-type]  # names of weights
        run = {
            "holdOut": options.hold_out,
            "architecture": options.architecture,
            "seed": options.seed,
            "steps": self.step,
            "decaySteps": options.decay_steps,
            "fall": options.fall,
            "batch": options.batch,
            **card,
            "history": self.history,
            "finished": time.strftime("%Y-%m-%d"),
        }
        (out / "run.json").write_text(json.dumps(run, indent=1))


def main() -> None:
    """Runs the command described in the module docstring."""
    options = parse_options()
    # Every tensor that names no other device is created on this one.
    torch.set_default_device(options.device)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    clips, spec = read_training_data(options)
    label_ids = read_label_ids()
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    training = [c for c in clips if may_learn_from(c, options.hold_out, reserved)]
    testing = [c for c in clips if c.fold != "" and c.fold == options.hold_out]
    augmenter = make_augmenter(training, label_ids, spec, options)
    million = multiply_adds(spec["frames"], spec["melBands"], options.architecture) / 1e6
    print(f"{len(training)} clips to learn from, {len(testing)} to test; {million:.1f} M multiply-adds a window")

    library = augmenter.library
    teacher_sizes = library.score_sums.shape[1], library.embedding_sums.shape[1]
    run = Run(options, Student(len(label_ids), *teacher_sizes, options.architecture))
    ensemble = Ensemble([load_network(student) for student in options.ensemble]) if options.ensemble else None
    card = {"trainingClips": len(training), "spec": spec, "labels": label_ids}

    # A resumed run must not repeat the examples of its beginning.
    torch.manual_seed(options.seed + run.step)
    np.random.seed(options.seed + run.step)
    progress = tqdm(total=options.steps, initial=run.step, unit="step", mininterval=5)
    while run.step < options.steps:
        batch = augmenter.batch(options.batch)
        loss = run.learn(with_ensemble_targets(batch, ensemble) if ensemble else batch)
        progress.update()
        if run.step % 50 == 0:  # reading the loss waits for the device
            progress.set_postfix(loss=f"{loss.item():.3f}", refresh=False)
        if run.step % 1000 == 0 or run.step == options.steps:
            run.save(evaluate(run.averaged, testing, label_ids, spec) if testing else {}, card)


if __name__ == "__main__":
    main()
