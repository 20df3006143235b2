"""Makes scenes with known times: held-out clips over held-out backgrounds, in simulated rooms.

    python -m training.scenes.make --data DATA --out CACHE/scenes --hours 0.5

OUT gets a folder for each set, `fit`, `report` and, if asked for, `wide` (sounds.py says what is in which). Each has 16-bit WAV
files at 32 kHz; `scenes.csv` (file, seconds, kind, background); and `events.csv` (file, onset, end, sound, audioSet, certain,
snrDb, clip): who sounds when. `sound` is the id of one of our labels or a name, `audioSet` the id of the class with that name, if
there is one.
An event that is not `certain` may or may not be there, so a detection of it counts neither as right nor as wrong. Kinds, by
share of the time, are in KINDS. Seeds are fixed, and a set of more hours begins with the scenes of one of fewer.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.clips import read_rows
from training.evaluation.test_sets import decibels, level
from training.scenes.rooms import Room, in_room, microphone_response, random_room, through_microphone
from training.scenes.sounds import SEED, SETS, WIDE, Recording, read_companions, recordings_of, sounding_parts
from training.sources.debian import SAMPLE_RATE_HZ, decode, write_wav
from training.sources.sounds_without_label import SOUNDS as NOISES

SCENE_SECONDS = 120
# Of ten scenes: with single events, nothing but background, and long stretches of speech, music or other sounds.
KINDS = ("events",) * 4 + ("quiet",) * 2 + ("speech", "music", "ambience", "ambience")
LEAST_SNR_DB, MOST_SNR_DB = 3.0, 30.0
MOST_AT_ONCE = 3
QUIETEST_DB, LOUDEST_DB = -65.0, -40.0  # of backgrounds, in dBFS
LOUDEST_EVENT_DB = -12.0
# Events come in bursts, with quiet stretches between them.
SECONDS_BETWEEN_EVENTS, BURST_SECONDS, STRETCH_SECONDS = 4.0, (15.0, 40.0), (10.0, 40.0)
FADE_SECONDS = 0.5
# Sounds that go on and on: what is heard behind others.
AMBIENT = frozenset({
    "rain", "sea_waves", "wind", "crackling_fire", "crickets", "vacuum_cleaner", "washing_machine", "engine", "train",
    "airplane", "helicopter", "insects_flying", "chirping_birds", "Air conditioning", "Animal", "Boiling",
    "Boat, Water vehicle", "Car", "Car passing by", "Chatter", "Cheering", "Children playing", "Children shouting",
    "Cicada", "Crowd", "Fire", "Frying (food)", "Hair dryer", "Mechanical fan", "Mechanisms", "Ocean",
    "Race car, auto racing", "Rain", "Rustling leaves", "Shower", "Stream", "Tractor", "Traffic noise, roadway noise",
    "Truck", "Water", "Waterfall", "Waves, surf", "Wind",
})  # fmt: skip
TALKING, PLAYING = frozenset({"speech"}), frozenset({"music"})


@dataclass(frozen=True)
class Event:
    """One sounding of one sound."""

    onset: float  # seconds
    end: float
    sound: str
    certain: bool
    snr_db: float
    clip: str


@dataclass
class Scene:
    """Two minutes in one place: samples, and who sounds when."""

    room: Room
    samples: np.ndarray
    background_level: float  # root mean square
    events: list[Event] = field(default_factory=list)

    def sounding_at(self, onset: float, end: float) -> list[Event]:
        """What sounds in a stretch."""
        return [event for event in self.events if event.certain and event.onset < end and event.end > onset]


class Maker:
    """Draws scenes of one set."""

    def __init__(self, recordings: list[Recording], clips: Path) -> None:
        self.clips = clips
        self.companions = read_companions()
        self.by_sound: dict[str, list[Recording]] = {}
        for recording in recordings:
            for sound in recording.sounds:
                self.by_sound.setdefault(sound, []).append(recording)
        self.bags: dict[tuple[str, ...], list[str]] = {}
        self.samples_of = lru_cache(maxsize=600)(self.read)

    def read(self, file: str) -> np.ndarray:
        """A clip's samples; raises SystemExit if it cannot be read."""
        samples = decode(self.clips / file)
        if samples is None:
            sys.exit(f"{file} cannot be read")
        return samples.astype(np.float64)

    def draw(self, sounds: list[str], rng: np.random.Generator) -> Recording:
        """Each of these sounds once before any comes again, however many clips it has."""
        bag = self.bags.setdefault(tuple(sounds), [])
        if not bag:
            bag += rng.permutation(sounds).tolist()
        of_sound = self.by_sound[bag.pop()]
        return of_sound[rng.integers(len(of_sound))]

    def among(self, wanted: frozenset[str]) -> list[str]:
        """The set's sounds that are in a list."""
        return sorted(wanted & self.by_sound.keys())

    def scene(self, kind: str, rng: np.random.Generator) -> tuple[Scene, str]:
        """One scene, and the name of its background."""
        room = random_room(rng)
        noise = list(NOISES)[rng.integers(len(NOISES))]
        background = repeated(lambda: NOISES[noise](rng), SCENE_SECONDS)
        scaled = background / level(background) * decibels(rng.uniform(QUIETEST_DB, LOUDEST_DB))
        scene = Scene(room, scaled, level(scaled))
        if kind == "events":
            behind = rng.random() < 0.5
            name = self.add_ambience(scene, rng) if behind else noise
            self.add_events(scene, rng)
        elif kind == "ambience":
            name = self.add_ambience(scene, rng)
        else:
            name = noise
            sounds = {"quiet": frozenset[str](), "speech": TALKING, "music": PLAYING}[kind]
            self.add_chain(scene, self.among(sounds), rng)
        own_noise = rng.standard_normal(len(scene.samples)) * decibels(rng.uniform(-85, -65))
        scene.samples = np.clip(through_microphone(scene.samples, microphone_response(rng)) + own_noise, -1, 1)
        return scene, name

    def add_ambience(self, scene: Scene, rng: np.random.Generator) -> str:
        """A continuing sound from the beginning to the end; it becomes the background."""
        recording = self.draw(self.among(AMBIENT), rng)
        clip = self.samples_of(recording.file)
        parts = sounding_parts(clip)
        if not parts:
            return self.add_ambience(scene, rng)
        clip = clip[int(parts[0][0] * SAMPLE_RATE_HZ) : int(parts[-1][1] * SAMPLE_RATE_HZ)]
        sound = repeated(lambda: clip, SCENE_SECONDS)
        sound = in_room(sound, scene.room, rng)[: len(scene.samples)]
        snr_db = rng.uniform(6, MOST_SNR_DB)
        sound *= min(scene.background_level * decibels(snr_db), decibels(LOUDEST_EVENT_DB - 9)) / level(sound)
        scene.samples = scene.samples + sound
        snr_db = 20 * np.log10(level(sound) / scene.background_level)
        self.note(scene, recording, (0.0, float(SCENE_SECONDS)), snr_db)
        scene.background_level = level(scene.samples)
        return recording.file

    def add_events(self, scene: Scene, rng: np.random.Generator) -> None:
        """Bursts of events, up to three at once, with quiet stretches between them."""
        sounds = sorted(self.by_sound)
        for onset in burst_onsets(rng):
            recording = self.draw(sounds, rng)
            clip = self.samples_of(recording.file)
            end = onset + len(clip) / SAMPLE_RATE_HZ
            at_once = scene.sounding_at(onset, end)
            taken = {event.sound for event in at_once}
            if end > SCENE_SECONDS or len(at_once) >= MOST_AT_ONCE or taken & set(recording.sounds):
                continue
            self.add(scene, recording, onset, rng.uniform(LEAST_SNR_DB, MOST_SNR_DB), rng)

    def add_chain(self, scene: Scene, sounds: list[str], rng: np.random.Generator) -> None:
        """Clip after clip until the end, at about the same level."""
        onset, usual_db = 1.0, rng.uniform(10, MOST_SNR_DB)
        while sounds:
            recording = self.draw(sounds, rng)
            seconds = len(self.samples_of(recording.file)) / SAMPLE_RATE_HZ
            if onset + seconds > SCENE_SECONDS:
                return
            self.add(scene, recording, onset, usual_db + rng.uniform(-4, 4), rng)
            onset += seconds + rng.uniform(0.2, 2)

    def add(self, scene: Scene, recording: Recording, onset: float, snr_db: float, rng: np.random.Generator) -> None:
        """One clip at one moment; one that is silent is left out."""
        clip = self.samples_of(recording.file)
        parts = sounding_parts(clip)
        if not parts:
            return
        strength = min(scene.background_level * decibels(snr_db), decibels(LOUDEST_EVENT_DB))
        sound = in_room(clip, scene.room, rng)
        sound *= strength / level(sound)
        start = int(onset * SAMPLE_RATE_HZ)
        sound = sound[: len(scene.samples) - start]
        scene.samples[start : start + len(sound)] += sound
        for first, last in parts:
            heard_db = 20 * float(np.log10(strength / scene.background_level))
            self.note(scene, recording, (onset + first, onset + last), heard_db)

    def note(self, scene: Scene, recording: Recording, times: tuple[float, float], snr_db: float) -> None:
        """Who sounds, and who else may."""
        others = {other for sound in recording.sounds for other in self.companions.get(sound, ())}
        told = [(sound, True) for sound in recording.sounds]
        told += [(other, False) for other in sorted(others - set(recording.sounds))]
        scene.events += [Event(*times, sound, certain, snr_db, recording.file) for sound, certain in told]


def burst_onsets(rng: np.random.Generator) -> Iterator[float]:
    """Moments at which a clip may begin."""
    now = rng.uniform(*STRETCH_SECONDS)
    while now < SCENE_SECONDS:
        end = now + rng.uniform(*BURST_SECONDS)
        while now < min(end, SCENE_SECONDS):
            yield now
            now += rng.exponential(SECONDS_BETWEEN_EVENTS)
        now += rng.uniform(*STRETCH_SECONDS)


def repeated(draw: Callable[[], np.ndarray], seconds: float) -> np.ndarray:
    """Pieces one after another until they last long enough, crossfaded with constant power."""
    total, fade = int(seconds * SAMPLE_RATE_HZ), int(FADE_SECONDS * SAMPLE_RATE_HZ)
    made, at = np.zeros(total), 0
    while at < total:
        piece = draw()
        ramp = min(fade, len(piece) // 3)
        envelope = np.ones(len(piece))
        envelope[:ramp] = np.sqrt(np.linspace(0, 1, ramp))
        envelope[len(piece) - ramp :] = np.sqrt(np.linspace(1, 0, ramp))
        held = made[at : at + len(piece)]
        held += (piece * envelope)[: len(held)]
        at += len(piece) - ramp
    return made


def read_class_ids(data: Path) -> dict[str, str]:
    """AudioSet's ids by the names of its classes."""
    return {row["display_name"]: row["mid"] for row in read_rows(data / "teacher" / "audioset_class_labels.csv")}


def write_set(folder: Path, maker: Maker, class_ids: dict[str, str], count: int) -> None:
    """Writes the scenes of one set."""
    folder.mkdir(parents=True, exist_ok=True)
    seed_of_set = SETS.index("fit" if folder.name == WIDE else folder.name)
    with (
        (folder / "scenes.csv").open("w", newline="") as scenes,
        (folder / "events.csv").open("w", newline="") as events,
    ):
        write_scene, write_event = csv.writer(scenes).writerow, csv.writer(events).writerow
        write_scene(["file", "seconds", "kind", "background"])
        write_event(["file", "onset", "end", "sound", "audioSet", "certain", "snrDb", "clip"])
        for number in tqdm(range(count), desc=folder.name, unit="scene"):
            kind = KINDS[number % len(KINDS)]
            scene, background = maker.scene(kind, np.random.default_rng([SEED, seed_of_set, number]))
            name = f"{number:04}-{kind}.wav"
            write_wav(folder / name, scene.samples)
            write_scene([name, SCENE_SECONDS, kind, background])
            for event in sorted(scene.events, key=lambda event: event.onset):
                certain = "yes" if event.certain else "no"
                times = (f"{event.onset:.3f}", f"{event.end:.3f}")
                named = (event.sound, class_ids.get(event.sound, ""))
                write_event([name, *times, *named, certain, f"{event.snr_db:.1f}", event.clip])


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with clips.csv, tests.csv and clips/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=0.5, help="of each set")
    parser.add_argument("--sets", nargs="+", choices=(*SETS, WIDE), default=SETS)
    parser.add_argument("--fold", default="4", help="the fold that the tested network did not hear")
    parser.add_argument("--half", help="the half of more.csv that the tested network did not hear, for `wide`")
    parser.add_argument("--reserved", action="store_true", help="of the fold, only clips that no network ever hears")
    arguments = parser.parse_args()
    count = max(1, round(arguments.hours * 3600 / SCENE_SECONDS))
    class_ids = read_class_ids(arguments.data)
    for name in arguments.sets:
        recordings = recordings_of(arguments.data, name, arguments.fold, arguments.half, arguments.reserved)
        write_set(arguments.out / name, Maker(recordings, arguments.data / "clips"), class_ids, count)


if __name__ == "__main__":
    main()
