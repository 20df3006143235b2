"""Which recordings the scenes of each set are made from, and which parts of a recording sound.

Two sets share no recording. `fit` sets thresholds and calibration: half of the fold's recordings and the `development`
sources of tests.csv. `report` is measured: the other half, and the `outside` sources. `sealed` sources are never opened. `wide`
raises thresholds: the recordings of `fit`, and the half of more.csv that the tested network did not hear.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.clips import LISTS, TESTED_SOURCES, may_ship, read_clip_rows, read_reserved, read_rows
from training.sources.debian import SAMPLE_RATE_HZ

SETS = ("fit", "report")
WIDE = "wide"
OTHERS = {"fit": "development", "report": "outside"}
SEED = 2017
FRAME_SECONDS = 0.02
# Parts this far below the loudest are background or padding.
SOUNDING_DB = 30
# Two parts with a shorter pause are one sounding. The detector (src/events/timing.ts) bridges longer ones too.
LONGEST_PAUSE_SECONDS = 2.0
SHORTEST_SECONDS = 0.05


@dataclass(frozen=True)
class Recording:
    """A clip that a scene may hold. `sounds` are ids of our labels or AudioSet's names; `group` is never split."""

    file: str
    group: str
    sounds: tuple[str, ...]


def recording_of(row: dict[str, str]) -> str:
    """What must not be in both sets: clips cut from one ESC-50 recording, and whatever else came from one place."""
    if row["source"] == "esc50":
        return "esc50/" + Path(row["file"]).name.split("-")[1]
    return row["source"] + "/" + row.get("attribution", "")


def divided(recordings: list[Recording], seed: int) -> dict[str, list[Recording]]:
    """Half of the recordings of each sound for each set; a group goes to one set as a whole."""
    rng = random.Random(seed)
    set_of: dict[str, str] = {}
    counts: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings:
        groups[recording.group].append(recording)
    for group in rng.sample(sorted(groups), len(groups)):
        sounds = [sound for recording in groups[group] for sound in recording.sounds]
        # The set that has fewer clips of these sounds; `report` if both have the same.
        fewer = min(reversed(SETS), key=lambda name: sum(counts[name, sound] for sound in sounds))
        set_of[group] = fewer
        for sound in sounds:
            counts[fewer, sound] += 1
    return {name: [r for r in recordings if set_of[r.group] == name] for name in SETS}


def of_fold(data: Path, fold: str, only_reserved: bool) -> list[Recording]:
    """The fold's clips; `only_reserved`: only those that no network learns from, not even one that ships."""
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    rows = [row for row in read_clip_rows(data / "clips.csv") if row["fold"] == fold]
    if only_reserved:
        rows = [row for row in rows if row["file"] in reserved]
    return [Recording(row["file"], recording_of(row), tuple(row["labels"].split(";"))) for row in rows]


def of_others(data: Path, name: str) -> list[Recording]:
    """Other people's recordings for a set."""
    set_of = {row["source"]: row["set"] for row in read_rows(LISTS / "test-sources.csv")}
    rows = [row for row in read_rows(data / "tests.csv") if set_of[row["source"]] == OTHERS[name]]
    return [Recording(row["file"], row["source"], tuple(row["labels"].split(";"))) for row in rows]


def of_half(data: Path, half: str) -> list[Recording]:
    """A half of more.csv (lists/more-halves.csv), but for what may not be used."""
    half_of = {row["source"]: row["set"] for row in read_rows(LISTS / "more-halves.csv")}
    rows = [row for row in read_rows(data / "more.csv") if half_of.get(row["source"]) == half]
    usable = [row for row in rows if may_ship(row["licence"]) and row["source"] not in TESTED_SOURCES]
    return [Recording(row["file"], row["source"], tuple(row["labels"].split(";"))) for row in usable]


def recordings_of(data: Path, name: str, fold: str, half: str | None, only_reserved: bool) -> list[Recording]:
    """Everything that a set may be made from."""
    like = "fit" if name == WIDE else name
    unheard = of_half(data, half) if name == WIDE and half else []
    return divided(of_fold(data, fold, only_reserved), SEED)[like] + of_others(data, like) + unheard


def read_companions() -> dict[str, tuple[str, ...]]:
    """What else may sound in a recording of that name: its list says nothing about it, so nobody can be wrong there."""
    rows = read_rows(LISTS / "may-also-sound.csv")
    return {row["sound"]: tuple(row["others"].split(";")) for row in rows}


def sounding_parts(samples: np.ndarray) -> list[tuple[float, float]]:
    """(Onset, end) in seconds of the parts that sound; none in silence."""
    size = int(FRAME_SECONDS * SAMPLE_RATE_HZ)
    padded = np.pad(samples, (0, -len(samples) % size))
    power = np.square(padded.reshape(-1, size)).mean(1)
    if not power.any():
        return []
    heard = np.flatnonzero(power > power.max() * 10 ** (-SOUNDING_DB / 10))
    breaks = np.flatnonzero(np.diff(heard) * FRAME_SECONDS > LONGEST_PAUSE_SECONDS)
    firsts = heard[np.concatenate([[0], breaks + 1])]
    lasts = heard[np.concatenate([breaks, [len(heard) - 1]])] + 1
    parts = zip(firsts * FRAME_SECONDS, np.minimum(lasts * FRAME_SECONDS, len(samples) / SAMPLE_RATE_HZ), strict=True)
    return [(float(onset), float(end)) for onset, end in parts if end - onset >= SHORTEST_SECONDS]
