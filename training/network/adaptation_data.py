"""Data for adaptation: augmented windows of clips from our front end, with the teacher's outputs for the clean sound.

The teacher gets the clean sound. The student gets it in a room, through a microphone, with noise, and with other sounds or
voices. Each class of a mixture is as probable as in the sound that holds it most; a mixture has no target means.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.clips import (
    LISTS,
    NON_COMMERCIAL,
    TESTED_SOURCES,
    UNKNOWN_LICENCE,
    FeatureSpec,
    read_clip_rows,
    read_features,
    read_rows,
)
from training.network.augment import HISTORY_FRAMES, VOICES, Augmenter, decibels, random_equalisation, uniform

# Where the teacher's first window starts in a clip, and how far apart its windows are (teachers/mn04.py).
FIRST_START_SECONDS, GRID_SECONDS = -0.75, 0.25
JITTER_SECONDS = 1 / 16
LEAST_SOUNDING_COLUMNS = 10
# The clips of one source together count for at most this many.
MOST_OF_ONE_SOURCE = 300
NOISE_SHARE = 0.03
# Shares of the examples that hold a second sound, another one, and several voices.
MIXED_SHARE, MIXED_AGAIN_SHARE, BABBLE_SHARE = 0.4, 0.15, 0.15


@dataclass
class HeardClip:
    """A clip's columns, and the teacher's outputs for its windows."""

    file: str
    source: str
    fold: str  # 1 to 4, or the half of `more.csv`, a or b: what tested networks leave out
    labels: tuple[str, ...]
    log_power: np.ndarray  # [columns, bands], log10 of power
    means: np.ndarray  # [windows, 384]
    logits: np.ndarray  # [windows, 527]


def read_teacher_outputs(paths: list[Path]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The teacher's (means, logits) by file, of archives that teachers/mn04.py wrote."""
    found = {}
    for path in paths:
        with np.load(path) as archive:
            ends = np.cumsum(archive["windows"])
            means, logits = archive["means"], archive["logits"]
            for file, start, end in zip(archive["files"], np.concatenate([[0], ends[:-1]]), ends, strict=True):
                found[str(file)] = (means[start:end], logits[start:end])
    return found


def finished_features(folder: Path) -> list[Path]:
    """Folders that `npm run features` has finished; it writes the index last."""
    return sorted(index.parent for index in folder.glob("*-[0-9]/index.json"))


def read_heard_clips(
    lists: list[Path], features: list[Path], teacher: list[Path]
) -> tuple[list[HeardClip], FeatureSpec]:
    """Clips of the lists that have features and teacher outputs, except those whose licence forbids use."""
    columns_of, spec = read_features(features)
    heard = read_teacher_outputs(teacher)
    halves = {row["source"]: row["set"] for row in read_rows(LISTS / "more-halves.csv")}
    clips = []
    for path in lists:
        for row in read_clip_rows(path):
            licence = row.get("licence", "")
            usable = not re.search(rf"\b{NON_COMMERCIAL}\b", licence) and licence != UNKNOWN_LICENCE
            if not usable or row["file"] not in columns_of or row["file"] not in heard:
                continue
            labels = tuple(label for label in row["labels"].split(";") if label)
            source = row.get("source", path.stem)
            fold = row.get("fold", "") or halves.get(source, "")
            clips.append(HeardClip(row["file"], source, fold, labels, columns_of[row["file"]], *heard[row["file"]]))
    return clips, spec


def may_adapt(clip: HeardClip, left_out: frozenset[str], reserved: set[str]) -> bool:
    """Whether a clip is in none of the tests."""
    return clip.fold not in left_out and clip.file not in reserved and clip.source not in TESTED_SOURCES


def columns_a_second(spec: FeatureSpec) -> float:
    """How many columns of our front end begin in a second."""
    return spec["sampleRateHz"] / spec["hopSamples"]


def first_columns(numbers: np.ndarray, spec: FeatureSpec) -> np.ndarray:
    """Columns of a clip at which the teacher's windows of these numbers start; negative before the clip."""
    seconds = FIRST_START_SECONDS + GRID_SECONDS * numbers
    return np.round(seconds * columns_a_second(spec)).astype(int)


def sounding_windows(clip: HeardClip, spec: FeatureSpec) -> np.ndarray:
    """Indices of the teacher's windows that contain some of the clip's sound, not only the silence around it."""
    loudness_db = 10 * np.log10((10.0**clip.log_power).sum(1))
    active = np.concatenate([[0], np.cumsum(loudness_db > loudness_db.max() - 40)])
    starts = first_columns(np.arange(len(clip.means)), spec)
    first, last = (np.clip(edge, 0, len(clip.log_power)) for edge in (starts, starts + spec["frames"]))
    held = active[last] - active[first]
    return np.flatnonzero(held >= min(LEAST_SOUNDING_COLUMNS, held.max() / 2))


def drawing_weights(clips: list[HeardClip]) -> np.ndarray:
    """How often each clip is drawn: no source more often than MOST_OF_ONE_SOURCE clips, noise a fixed share."""
    sources = np.array([clip.source for clip in clips])
    names, counts = np.unique(sources, return_counts=True)
    limit = {name: min(1.0, MOST_OF_ONE_SOURCE / count) for name, count in zip(names, counts, strict=True)}
    # The folds' clips have the best labels: all of them count.
    weights = np.array([1.0 if clip.source == "esc50" else limit[clip.source] for clip in clips])
    noise = sources == "noise"
    if noise.any():
        weights[noise] = NOISE_SHARE / (1 - NOISE_SHARE) * weights[~noise].sum() / noise.sum()
    return weights


@dataclass
class WindowLibrary:
    """All clips, concatenated; Augmenter.crop reads the fields up to `columns`."""

    power: torch.Tensor  # [columns, bands]
    first_column: torch.Tensor  # [clips]
    columns: torch.Tensor  # [clips]
    labels: torch.Tensor  # [clips, 1]: whether people speak, for Augmenter's babble
    windows: torch.Tensor  # indices of the teacher's windows that may be drawn, clip by clip
    first_window: torch.Tensor  # [clips], into `windows`
    window_counts: torch.Tensor  # [clips]
    first_output: torch.Tensor  # [clips], into `means` and `logits`
    means: torch.Tensor
    logits: torch.Tensor


def build_window_library(clips: list[HeardClip], spec: FeatureSpec) -> WindowLibrary:
    """Joins the clips' arrays."""
    drawn = [sounding_windows(clip, spec) for clip in clips]

    def firsts(counts: list[int]) -> torch.Tensor:
        return torch.tensor(np.cumsum(counts) - counts)

    lengths = [len(clip.log_power) for clip in clips]
    return WindowLibrary(
        torch.pow(10, torch.tensor(np.concatenate([clip.log_power for clip in clips]))),
        firsts(lengths),
        torch.tensor(lengths),
        torch.tensor([[float("speech" in clip.labels)] for clip in clips]),
        torch.tensor(np.concatenate(drawn)),
        firsts([len(numbers) for numbers in drawn]),
        torch.tensor([len(numbers) for numbers in drawn]),
        firsts([len(clip.means) for clip in clips]),
        torch.tensor(np.concatenate([clip.means for clip in clips])),
        torch.tensor(np.concatenate([clip.logits for clip in clips])),
    )


class AdaptationAugmenter(Augmenter):
    """Batches of (window, the teacher's means and logits) from a WindowLibrary."""

    @property
    def window_library(self) -> WindowLibrary:
        """The library that it was created with."""
        return self.library  # type: ignore[return-value]  # it has the fields that crop reads

    def single(self, chosen: torch.Tensor) -> dict[str, torch.Tensor]:
        """A sound of each of these clips, through random responses and rooms, with its targets."""
        library, count = self.window_library, len(chosen)
        which = (torch.rand(count) * library.window_counts[chosen]).long()
        number = library.windows[library.first_window[chosen] + which]
        output = library.first_output[chosen] + number
        jitter = round(JITTER_SECONDS * columns_a_second(self.spec))
        starts = torch.from_numpy(first_columns(number.numpy(), self.spec))
        starts += torch.randint(-jitter, jitter + 1, (count,))
        power = self.crop(chosen, starts) * random_response(count, self.spec["melBands"])
        return {"power": self.reverberate(power)[:, HISTORY_FRAMES:], **self.known_of(chosen, output)}

    def drawn(self, count: int) -> dict[str, torch.Tensor]:
        """Single sounds, drawn by weight."""
        return self.single(torch.multinomial(self.sampling, count, replacement=True))

    def voices(self, count: int) -> dict[str, torch.Tensor]:
        """Several people speaking at once, equally loud. Needs clips of speech."""
        together = self.voice(count)
        for _ in range(VOICES - 1):
            together = self.joined(together, self.voice(count))
        return together

    def voice(self, count: int) -> dict[str, torch.Tensor]:
        """One person speaking, at a loudness of 1."""
        sound = self.single(self.speakers[torch.randint(0, len(self.speakers), (count,))])
        loudness = self.loudness(sound["power"]).clamp(min=1e-14).reshape(-1, 1, 1)
        return {**sound, "power": sound["power"] / loudness}

    def joined(self, first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Both sounds at once; each target takes the larger value."""
        larger = {name: torch.maximum(known, second[name]) for name, known in first.items() if name != "power"}
        return {"power": self.mix(first["power"], second["power"]), **larger}

    def known_of(self, chosen: torch.Tensor, output: torch.Tensor) -> dict[str, torch.Tensor]:  # noqa: ARG002  (labels are known per clip)
        """The targets of windows: `chosen` holds the indices of their clips, `output` those of the teacher's outputs."""
        return {
            "means": self.window_library.means[output].float(),
            "logits": self.window_library.logits[output].float(),
        }

    def batch(self, size: int) -> dict[str, torch.Tensor]:
        """One batch: windows [n, 1, frames, bands], their targets, and `alone`, 1 if a window holds a single sound.

        The means of a mixture are not a target.
        """
        sound = self.drawn(size)
        reference = self.loudness(sound["power"])
        alone = torch.ones(size)
        for draw, share, quietest_db, loudest_db in (
            (self.drawn, MIXED_SHARE, -12, 12),
            (self.drawn, MIXED_AGAIN_SHARE, -12, 12),
            (self.voices, BABBLE_SHARE if len(self.speakers) > 0 else 0, -20, 0),
        ):
            chosen = torch.flatten(torch.nonzero(torch.rand(size) < share))
            if len(chosen) == 0:
                continue
            other = draw(len(chosen))
            level = reference[chosen] / self.loudness(other["power"]).clamp(min=1e-14)
            level = level * decibels(uniform(quietest_db, loudest_db, len(chosen)))
            other["power"] = other["power"] * level.reshape(-1, 1, 1)
            both = self.joined({name: values[chosen] for name, values in sound.items()}, other)
            for name, values in both.items():
                sound[name][chosen] = values
            alone[chosen] = 0
        mixed = sound.pop("power")
        for noise, share, quietest_db, loudest_db in ((self.coloured_noise, 0.4, -40, -3), (self.hum, 0.1, -40, -6)):
            chosen = torch.flatten(torch.nonzero(torch.rand(size) < share))
            if len(chosen) > 0:
                level = reference[chosen] * decibels(uniform(quietest_db, loudest_db, len(chosen)))
                mixed[chosen] = self.mix(mixed[chosen], noise(len(chosen)) * level.reshape(-1, 1, 1))
        mixed = self.band_limit(mixed) * decibels(uniform(-30, 10, size)).reshape(-1, 1, 1)
        own = torch.flatten(torch.nonzero(torch.rand(size) < 0.7))
        if len(own) > 0:
            level = decibels(uniform(-105, -65, len(own))).reshape(-1, 1, 1)
            mixed[own] = self.mix(mixed[own], self.coloured_noise(len(own)) * level)
        return {**sound, "window": self.window_of(mixed).unsqueeze(1), "alone": alone}


def random_response(batch: int, bands: int) -> torch.Tensor:
    """Frequency responses of microphones for three sounds in four, none for the others."""
    response = random_equalisation(batch, bands, 4)
    return torch.where(torch.rand(batch, 1, 1) < 0.75, response, torch.ones(()))
