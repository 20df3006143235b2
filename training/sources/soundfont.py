"""Plays the instruments and sound effects of Debian's soundfonts: some for training, others for tests.

    python -m training.sources.soundfont --use train --out DIR

Music in the training data consists of pieces, in which a note is seldom held or heard alone. A network that had learned
horns took such a note for a horn. So each instrument holds notes or chords, and plays a melody. Training uses FluidR3 (Frank
Wen and others, MIT licence); its effects are recordings that no other source has. The test plays other notes on TimGM6mb
(Tim Brechbill). DIR gets `clips/` and `clips.csv` in the layout of the labelled data. Needs `apt-get`,
`dpkg-deb` and `fluidsynth`.
"""

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import NamedTuple

import mido
import numpy as np
from tqdm import tqdm

from training.clips import CLIP_COLUMNS
from training.sources.debian import SAMPLE_RATE_HZ, NotFetchedError, clips_of, unpack, write_wav

SECONDS = 5
SEEDS = {"train": 2017, "test": 2018}
TICKS_PER_SECOND = 960  # mido's 480 per beat at MIDI's tempo of 120 beats per minute
INSTRUMENTS = range(112)  # programs of General MIDI with a pitch; percussion and effects follow them
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
SEMITONES_OF_AN_EFFECT = (-4, 0, 3)

FONTS = {
    "fluid-soundfont-gm": "usr/share/sounds/sf2/FluidR3_GM.sf2",
    "fluid-soundfont-gs": "usr/share/sounds/sf2/FluidR3_GS.sf2",
    "timgm6mb-soundfont": "usr/share/sounds/sf2/TimGM6mb.sf2",
}
INSTRUMENTS_OF = {"train": "fluid-soundfont-gm", "test": "timgm6mb-soundfont"}

# Package, bank and program of the effects for training. YAMNet gives each of these labels 0.3 or more, on average over
# the three pitches; it does not recognise the helicopter, thunder, wind, door, train and jet.
EFFECTS = (
    ("fluid-soundfont-gm", 0, 122, "sea_waves"),
    ("fluid-soundfont-gm", 0, 123, "chirping_birds"),
    ("fluid-soundfont-gm", 0, 126, "clapping"),
    ("fluid-soundfont-gs", 1, 122, "rain"),
    ("fluid-soundfont-gs", 1, 123, "dog"),
    ("fluid-soundfont-gs", 1, 125, "engine"),
    ("fluid-soundfont-gs", 1, 126, "laughing"),
    ("fluid-soundfont-gs", 3, 123, "chirping_birds"),
    ("fluid-soundfont-gs", 5, 125, "siren"),
)

# Keys that sound together, their start and their length.
Note = tuple[list[int], float, float]


class Score(NamedTuple):
    """What one clip plays."""

    package: str
    bank: int
    program: int
    label: str
    name: str
    notes: list[Note]


def held(rng: np.random.Generator) -> list[Note]:
    """One to three long notes or chords."""
    count = int(rng.integers(1, 4))
    starts = np.linspace(0, SECONDS, count, endpoint=False)
    root = int(rng.integers(48, 77))
    chord = [0, *rng.choice([3, 4, 5, 7, 9, 12], int(rng.integers(0, 3)), replace=False)]
    return [
        ([root + int(step + interval) for interval in chord], start, SECONDS / count * rng.uniform(0.6, 1))
        for start, step in zip(starts, rng.integers(-5, 6, count), strict=True)
    ]


def melody(rng: np.random.Generator) -> list[Note]:
    """Notes of one scale, one after another."""
    scale = MAJOR if rng.random() < 0.5 else MINOR
    root, degree, at = int(rng.integers(48, 73)), int(rng.integers(0, 7)), 0.0
    beat = rng.uniform(0.2, 0.6)
    notes = []
    while at < SECONDS:
        length = beat * rng.choice([0.5, 1, 1, 2])
        notes.append(([root + 12 * (degree // 7) + scale[degree % 7]], at, length * rng.uniform(0.5, 1)))
        degree = int(np.clip(degree + rng.integers(-3, 4), -4, 12))
        at += length
    return notes


def as_midi(score: Score, velocity: int) -> mido.MidiFile:
    """A one-channel MIDI file that plays the notes, all equally loud."""
    events = [(0.0, mido.Message("control_change", control=0, value=score.bank))]
    events.append((0.0, mido.Message("program_change", program=score.program)))
    for keys, start, length in score.notes:
        for key in keys:
            events.append((start, mido.Message("note_on", note=key, velocity=velocity)))
            events.append((start + length, mido.Message("note_off", note=key)))
    track, now = mido.MidiTrack(), 0
    for at, message in sorted(events, key=lambda event: event[0]):
        tick = round(at * TICKS_PER_SECOND)
        track.append(message.copy(time=tick - now))
        now = tick
    return mido.MidiFile(tracks=[track])


def played(font: Path, midi: mido.MidiFile) -> np.ndarray:
    """Mono samples, at most SECONDS long."""
    with tempfile.TemporaryDirectory() as folder:
        score, sound = Path(folder) / "score.mid", Path(folder) / "sound.wav"
        midi.save(score)
        command = ["fluidsynth", "-q", "-n", "-i", "-r", str(SAMPLE_RATE_HZ)]
        subprocess.run([*command, "-F", sound, font, score], check=True, capture_output=True)
        with wave.open(str(sound), "rb") as file:
            samples = np.frombuffer(file.readframes(SECONDS * SAMPLE_RATE_HZ), "<i2").reshape(-1, 2)
    return samples.mean(1).astype(np.float32) / 32768


def scores_of(use: str, rng: np.random.Generator) -> list[Score]:
    """Two pieces per instrument; for training, also the effects at three pitches."""
    package = INSTRUMENTS_OF[use]
    scores = [
        Score(package, 0, program, "music", piece.__name__, piece(rng))
        for program in INSTRUMENTS
        for piece in (held, melody)
    ]
    if use == "train":
        scores += [
            Score(*effect, f"{semitones:+d}", [([60 + semitones], 0.0, float(SECONDS))])
            for effect in EFFECTS
            for semitones in SEMITONES_OF_AN_EFFECT
        ]
    return scores


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--use", choices=INSTRUMENTS_OF, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    if shutil.which("fluidsynth") is None:
        sys.exit("fluidsynth is not installed; Debian's package of that name has it")
    rng = np.random.default_rng(SEEDS[arguments.use])
    scores = scores_of(arguments.use, rng)
    try:
        fonts = {
            package: unpack(package, arguments.out / "packages") / FONTS[package]
            for package in {s.package for s in scores}
        }
    except NotFetchedError as error:
        sys.exit(f"a soundfont could not be fetched: {error}")
    (arguments.out / "clips").mkdir(parents=True, exist_ok=True)
    rows = []
    for score in tqdm(scores, unit="clip"):
        for clip in clips_of(played(fonts[score.package], as_midi(score, int(rng.integers(60, 128))))):
            file = f"{score.package}_{score.bank}_{score.program}_{score.name}.wav"
            write_wav(arguments.out / "clips" / file, clip / np.abs(clip).max() / 2)
            original = f"bank {score.bank}, program {score.program}"
            rows.append(
                [file, score.package, "", score.label, "", f"see {score.package}'s debian/copyright", "", original]
            )
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        csv.writer(handle).writerows([CLIP_COLUMNS, *rows])
    print(f"{len(rows)} clips")


if __name__ == "__main__":
    main()
