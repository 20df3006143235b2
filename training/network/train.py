"""Trains the network on folds that are not held out, and prints how it does on the one that is.

    python -m training.network.train --data DATA --debian DEBIAN/train --cache CACHE --hold-out all --steps 5000 --out CACHE/broad
    python -m training.network.train ... --hold-out 4 --start CACHE/broad --steps 4000 --out CACHE/run-4

The first run hears no clip of any fold, so it can be the start of the runs that are tested on each. RUN gets
`checkpoint.pt` (resumed from when it exists), `weights.npz` (averaged, batch norm folded) and `run.json`. The learning
rate is constant and falls to zero over the last `--decay-steps`, along a line or with `--fall cosine` along half a cosine
(Loshchilov and Hutter 2017). So a run can be lengthened by resuming it with more steps as long as the fall has not begun.
"""

import argparse
import json
import math
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from training.clips import INSTRUMENTS, LISTS, MADE, Clip, read_clips, read_features, read_reserved
from training.evaluation.metrics import macro_figures, roc_auc
from training.network.architecture import ARCHITECTURES, Ensemble, Student, multiply_adds
from training.network.augment import LEVERS, Augmenter, build_library
from training.network.export import folded_weights
from training.teachers.opinion import label_rows, window_targets

# The shipped front end: what training adds to the features' own spec.
POWER_FLOOR = 1e-11
LOG_MEAN = -6.5
LOG_STANDARD_DEVIATION = 2.5

EVALUATION_WINDOWS = 8
SPEECH_AND_MUSIC = ("speech", "music")
NAMED_OF_A_LABEL = 24
MADE_OF_A_LABEL = 12
INSTRUMENTS_DRAWN = 60
LEARNING_RATE = 2e-3
ENSEMBLE_SHARE = 0.5


def mel_centres_hz(spec: dict) -> torch.Tensor:
    """Centre of each band: even on the mel scale of src/dsp/mel-filterbank.ts."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (spec["minHz"], spec["maxHz"]))
    mel = low + (high - low) * np.arange(1, spec["melBands"] + 1) / (spec["melBands"] + 1)
    return torch.tensor((700 * (10 ** (mel / 2595) - 1)).astype(np.float32))


def sampling_weights(clips: list[Clip]) -> list[float]:
    """How often each clip is drawn: every label of the 50 alike, and most often what is known for certain.

    Speech and music have many more clips each. Recordings by others, whose labels are read from a file's name, count as
    much as three folds' clips of that label do, NAMED_OF_A_LABEL, but none more than twice as much as such a clip: a
    microphone hears what others recorded. Computed sounds are half as much, MADE_OF_A_LABEL. Single instruments count more,
    INSTRUMENTS_DRAWN, because they are what is most easily taken for a computed horn. The thousands of clips without a label,
    which teach what YAMNet hears, are a quarter of what is drawn.
    """

    def is_instrument(clip: Clip) -> bool:
        return clip.source == INSTRUMENTS and "music" in clip.labels

    unfolded = [clip for clip in clips if clip.labelled and not clip.fold and not is_instrument(clip)]
    instruments = sum(map(is_instrument, clips))
    named = Counter(clip.labels[0] for clip in unfolded if clip.source != MADE)
    made = Counter(clip.labels[0] for clip in unfolded if clip.source == MADE)

    def weight(clip: Clip) -> float:
        if not clip.labelled:
            return 0.09
        if clip.fold:
            return 0.25 if clip.labels[0] in SPEECH_AND_MUSIC else 1.0
        if is_instrument(clip):
            return INSTRUMENTS_DRAWN / instruments
        if clip.source == MADE:
            return MADE_OF_A_LABEL / made[clip.labels[0]]
        return min(2, NAMED_OF_A_LABEL / named[clip.labels[0]])

    return [weight(clip) for clip in clips]


def may_learn_from(clip: Clip, hold_out: str, reserved: set[str]) -> bool:
    """Whether a clip is in none of the tests; `hold_out` is a fold, '' for none or 'all' for all of them."""
    held_out = clip.fold != "" and hold_out in ("all", clip.fold)
    return clip.may_train and not held_out and clip.file not in reserved


def evaluation_windows(clip: Clip, spec: dict) -> torch.Tensor:
    """Evenly spaced windows of a clip as network input, [EVALUATION_WINDOWS, 1, frames, bands]."""
    frames = spec["frames"]
    starts = np.linspace(0, max(0, len(clip.log_power) - frames), EVALUATION_WINDOWS).round().astype(int)
    power = 10 ** torch.tensor(np.stack([clip.log_power[s : s + frames] for s in starts]))
    return ((torch.log10(power + spec["powerFloor"]) - spec["logMean"]) / spec["logStandardDeviation"]).unsqueeze(1)


@torch.inference_mode()
def evaluate(model: torch.nn.Module, clips: list[Clip], label_ids: list[str], spec: dict) -> dict[str, float]:
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

    The network computes in bfloat16, which takes half the time; weights, losses and the tested network are float32.
    """
    with torch.autocast(window.device.type, torch.bfloat16):
        return [output.float() for output in model(window.to(memory_format=torch.channels_last))]


@torch.no_grad()
def with_ensemble_targets(batch: dict[str, torch.Tensor], ensemble: Ensemble) -> dict[str, torch.Tensor]:
    """The batch with targets that are in part what an ensemble hears in the same windows (distillation, Hinton et al. 2015)."""
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


def load_checkpoint(run: Path) -> dict:
    return torch.load(run / "checkpoint.pt", map_location=torch.get_default_device())


def load_network(run: Path, weights: str = "averaged") -> Student:
    """A finished run's network, with `averaged` weights or those of the last step, `model`."""
    state = load_checkpoint(run)[weights]
    state = averaged_weights(state) if weights == "averaged" else state
    sizes = (state[f"{head}.weight"].shape[0] for head in ("head", "scores", "teacher_embedding"))
    network = Student(*sizes, json.loads((run / "run.json").read_text())["architecture"])
    network.load_state_dict(state)
    return network.to(memory_format=torch.channels_last).eval()


def learning_rate_factor(step: int, steps: int, decay_steps: int, fall: str, warmup_steps: int = 500) -> float:
    """Share of LEARNING_RATE at a step, by `fall` along a line or half a cosine."""
    remaining = min(1.0, (steps - step) / decay_steps)
    factor = remaining if fall == "linear" else (1 - math.cos(math.pi * remaining)) / 2
    return min(factor, (step + 1) / warmup_steps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with clips.csv and extra.csv")
    parser.add_argument("--debian", type=Path, required=True, help="what debian.py --use train wrote")
    parser.add_argument("--cache", type=Path, required=True, help="folder with features/, teacher-*.npz, made/ and soundfont/")
    parser.add_argument("--hold-out", default="4", help="fold that is tested; '' for none, 'all' for all of them")
    parser.add_argument("--without", action="append", default=[], choices=(*LEVERS, "teacher", "opinion"), help="leave out a lever")
    parser.add_argument("--architecture", default="shipped", choices=ARCHITECTURES, help="the others are for comparison")
    parser.add_argument("--start", type=Path, help="run whose averaged weights this one starts from")
    parser.add_argument("--ensemble", type=Path, nargs="+", help="runs that together say half of each target")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--steps", type=int, default=12_000)
    parser.add_argument("--decay-steps", type=int, default=4_000)
    parser.add_argument("--fall", default="linear", choices=("linear", "cosine"), help="how the learning rate falls")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    # Every tensor that names no other device is made on this one.
    torch.set_default_device(arguments.device)
    torch.manual_seed(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)

    features = sorted((arguments.cache / "features").glob("*-[0-9]"))
    lists = [arguments.data / "clips.csv", arguments.data / "extra.csv"]
    lists += [arguments.debian / "clips.csv", arguments.cache / "made" / "clips.csv"]
    lists += [arguments.cache / "soundfont" / "train" / "clips.csv"]
    clips, spec = read_clips(lists, features, sorted(arguments.cache.glob("teacher-*.npz")))
    spec |= {"powerFloor": POWER_FLOOR, "logMean": LOG_MEAN, "logStandardDeviation": LOG_STANDARD_DEVIATION}
    label_ids = [label["id"] for label in json.loads((LISTS / "labels.json").read_text())]
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    training = [c for c in clips if may_learn_from(c, arguments.hold_out, reserved)]
    testing = [c for c in clips if c.fold != "" and c.fold == arguments.hold_out]
    noises, _ = read_features([arguments.cache / "features" / "noise"])
    noise, hum = (torch.tensor(10 ** noises[name]) for name in ("white.wav", "hum.wav"))
    # The broad run has little but clips without labels.
    broad = arguments.hold_out == "all"
    sampling = [0.25] * len(training) if broad else sampling_weights(training)
    if broad or "opinion" in arguments.without:
        targets = [label_rows(clip, label_ids) for clip in training]
        known = [clip.labelled for clip in training]
    else:
        class_map = arguments.data / "teacher" / "yamnet_class_map.csv"
        targets = window_targets(training, np.array(sampling), label_ids, class_map, arguments.seed)
        known = [True] * len(training)
    library = build_library(training, label_ids, spec["frames"], targets, known)
    augmenter = Augmenter(
        library,
        noise,
        hum,
        label_ids.index("speech"),
        spec,
        mel_centres_hz(spec),
        torch.tensor(sampling),
        frozenset(arguments.without),
    )
    print(f"{len(training)} clips to learn from, {len(testing)} to test; "
          f"{multiply_adds(spec['frames'], spec['melBands'], arguments.architecture) / 1e6:.1f} M multiply-adds a window")

    teacher_sizes = library.score_sums.shape[1], library.embedding_sums.shape[1]
    model = Student(len(label_ids), *teacher_sizes, arguments.architecture)
    model = model.to(memory_format=torch.channels_last)
    if arguments.start:
        model.load_state_dict(averaged_weights(load_checkpoint(arguments.start)["averaged"]))
    ensemble = Ensemble([load_network(run) for run in arguments.ensemble]) if arguments.ensemble else None
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.999), use_buffers=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.02)
    step, history = 0, []
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = load_checkpoint(arguments.out)
        model.load_state_dict(saved["model"])
        averaged.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        step, history = saved["step"], saved["history"]

    # A resumed run must not see the examples of its beginning again.
    torch.manual_seed(arguments.seed + step)
    np.random.seed(arguments.seed + step)
    progress = tqdm(total=arguments.steps, initial=step, unit="step", mininterval=5)
    while step < arguments.steps:
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * learning_rate_factor(
                step, arguments.steps, arguments.decay_steps, arguments.fall
            )
        model.train()
        optimizer.zero_grad()
        batch = augmenter.batch(arguments.batch)
        if ensemble:
            batch = with_ensemble_targets(batch, ensemble)
        loss = loss_of(model, batch, "teacher" not in arguments.without)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        averaged.update_parameters(model)
        step += 1
        progress.update()
        if step % 50 == 0:  # reading the loss waits for the device
            progress.set_postfix(loss=f"{loss.item():.3f}", refresh=False)
        if step % 1000 == 0 or step == arguments.steps:
            figures = evaluate(averaged, testing, label_ids, spec) if testing else {}
            history.append({"step": step, **figures})
            tqdm.write(json.dumps(history[-1]))
            state = {"model": model.state_dict(), "averaged": averaged.state_dict()}
            state |= {"optimizer": optimizer.state_dict(), "step": step, "history": history}
            torch.save(state, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
            np.savez(arguments.out / "weights.npz", **folded_weights(averaged.module))
            run = {"holdOut": arguments.hold_out, "architecture": arguments.architecture, "seed": arguments.seed,
                   "steps": step, "decaySteps": arguments.decay_steps, "fall": arguments.fall,
                   "batch": arguments.batch, "trainingClips": len(training), "history": history,
                   "finished": time.strftime("%Y-%m-%d"), "spec": spec, "labels": label_ids}
            (arguments.out / "run.json").write_text(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
