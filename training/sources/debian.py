"""Fetches sounds from Debian's packages: other people's recordings, to learn from and to be tested on.

    python -m training.sources.debian --use train --out DIR

Reads `debian-sounds.csv`. It says which package is for training and which for the outside test (never both). By a pattern
of the path, it gives the labels of each file; no label means unknown, not none. A limit of 0 keeps out a recording that
the other use also has. DIR gets `clips/` (WAV at 32 kHz, mono, at most 8 s) and `clips.csv` in the layout of the
labelled data. Needs `apt-get`, `dpkg-deb` and `ffmpeg`.
"""

import argparse
import csv
import random
import re
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import wave
import zipfile
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.clips import CLIP_COLUMNS, LISTS
from training.sources import qt_resources

SAMPLE_RATE_HZ = 32_000
CLIP_SECONDS = 8
CLIPS_OF_ONE_FILE = 3
SHORTEST_SECONDS = 0.1
QUIETEST_PEAK = 0.003
AUDIO = re.compile(r"\.(ogg|oga|wav|flac|mp3|opus|aiff?|au|gsm)$", re.IGNORECASE)
HOLDS_SOUND = re.compile(AUDIO.pattern + r"|\.(rcc|zip|sf2)$", re.IGNORECASE)
SEED = 2017
DEBIAN = "http://deb.debian.org/debian/"
# Only the source contains these recordings; the packages contain them in formats of their own.
SOURCE_ARCHIVES = {
    "blanket": "pool/main/b/blanket/blanket_0.8.0.orig.tar.gz",
    "openttd-opensfx": "pool/main/o/openttd-opensfx/openttd-opensfx_1.0.3.orig.tar.xz",
}


class NotFetchedError(Exception):
    """A package could not be downloaded; the message says why."""


def download(package: str, partial: Path) -> None:
    """Fills `partial` with the files of a package or of its source; raises NotFetchedError."""
    if package in SOURCE_ARCHIVES:
        try:
            with (
                urllib.request.urlopen(DEBIAN + SOURCE_ARCHIVES[package]) as response,
                tarfile.open(fileobj=response, mode="r|*") as archive,
            ):
                archive.extractall(partial, (f for f in archive if f.isfile() and AUDIO.search(f.name)), filter="data")
        except urllib.error.URLError as error:
            raise NotFetchedError(f"{SOURCE_ARCHIVES[package]}: {error.reason}") from error
        return
    folder = partial.parent
    try:
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        raise NotFetchedError(error.stderr.decode().strip()) from error
    (deb,) = folder.glob(f"{package}_*.deb")
    # A game's data can be gigabytes; only the sounds are written.
    with (
        subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as contents,
        tarfile.open(fileobj=contents.stdout, mode="r|") as files,
    ):
        files.extractall(partial, (f for f in files if f.isfile() and HOLDS_SOUND.search(f.name)), filter="data")
    if contents.returncode != 0:
        raise NotFetchedError(f"{deb.name} is damaged")
    deb.unlink()


def unpack_qt_resources(root: Path) -> None:
    """Writes the sounds from a package's Qt resources beside the resource files."""
    for resource in sorted(root.rglob("*.rcc")):
        for path, content in qt_resources.files_of(resource):
            if AUDIO.search(path.name):
                target = resource.with_suffix("") / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


def unpack_zips(root: Path) -> None:
    """Writes the sounds from a package's zips beside the zips; raises NotFetchedError if one is damaged."""
    for archive in sorted(root.rglob("*.[zZ][iI][pP]")):
        try:
            with zipfile.ZipFile(archive) as files:
                files.extractall(archive.with_suffix(""), [name for name in files.namelist() if AUDIO.search(name)])
        except zipfile.BadZipFile as error:
            raise NotFetchedError(f"{archive.name} is damaged: {error}") from error
        archive.unlink()


def unpack(package: str, folder: Path) -> Path:
    """Downloads a package, unless it already exists, and returns the folder with its files; raises NotFetchedError."""
    target = folder / package
    if target.exists():
        return target
    partial = folder / f"{package}.partial"
    partial.mkdir(parents=True, exist_ok=True)
    download(package, partial)
    unpack_qt_resources(partial)
    unpack_zips(partial)
    partial.rename(target)
    return target


def chosen_files(root: Path, rows: list[dict[str, str]], rng: random.Random) -> list[tuple[Path, str]]:
    """Files of one package with their labels; the first row whose pattern matches sets the labels and the limit."""
    found: dict[int, list[Path]] = {i: [] for i in range(len(rows))}
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink() and AUDIO.search(p.name)):
        for i, row in enumerate(rows):
            if re.search(row["pattern"], str(path.relative_to(root)), re.IGNORECASE):
                found[i].append(path)
                break
    chosen = []
    for i, row in enumerate(rows):
        paths = found[i]
        if row["limit"] and len(paths) > int(row["limit"]):
            paths = rng.sample(paths, int(row["limit"]))
        chosen += [(path, row["labels"]) for path in sorted(paths)]
    return chosen


def decode(path: Path) -> np.ndarray | None:
    """Mono samples; None if ffmpeg finds no sound in the file."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vn", "-ac", "1", "-ar", str(SAMPLE_RATE_HZ), "-t", "120"]
    result = subprocess.run([*command, "-f", "f32le", "-"], check=False, capture_output=True)
    if result.returncode != 0:
        print(f"{path}: left out, ffmpeg cannot read it", file=sys.stderr)
        return None
    return np.frombuffer(result.stdout, np.float32)


def clips_of(samples: np.ndarray) -> list[np.ndarray]:
    """At most three parts of a sound, each at most 8 s long, without silence at either end; none if the sound is too short."""
    loud = np.flatnonzero(np.abs(samples) > QUIETEST_PEAK)
    if len(loud) < SHORTEST_SECONDS * SAMPLE_RATE_HZ / 10 or np.ptp(loud) < SHORTEST_SECONDS * SAMPLE_RATE_HZ:
        return []
    samples = samples[loud[0] : loud[-1] + 1]
    size = CLIP_SECONDS * SAMPLE_RATE_HZ
    if len(samples) <= 1.5 * size:
        return [samples[:size]]
    count = min(CLIPS_OF_ONE_FILE, len(samples) // size)
    starts = np.linspace(0, len(samples) - size, count).astype(int)
    return [samples[start : start + size] for start in starts]


def write_wav(path: Path, samples: np.ndarray) -> None:
    """Writes mono samples as 16-bit WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--use", choices=["train", "outside"], required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    with (LISTS / "debian-sounds.csv").open() as handle:
        rows = [row for row in csv.DictReader(handle) if row["use"] == arguments.use]
    packages = list(dict.fromkeys(row["package"] for row in rows))
    rng = random.Random(SEED)
    (arguments.out / "clips").mkdir(parents=True, exist_ok=True)
    written = []
    for package in tqdm(packages, unit="package"):
        try:
            root = unpack(package, arguments.out / "packages")
        except NotFetchedError as error:
            print(f"{package}: left out, {error}", file=sys.stderr)
            continue
        for path, labels in chosen_files(root, [row for row in rows if row["package"] == package], rng):
            original = path.relative_to(root)
            samples = decode(path)
            for part, clip in enumerate([] if samples is None else clips_of(samples)):
                name = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{package}_{original.with_suffix('')}") + f"_{part}.wav"
                write_wav(arguments.out / "clips" / name, clip)
                written.append((name, package, "", labels, "", f"see {package}'s debian/copyright", "", str(original)))
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(CLIP_COLUMNS)
        writer.writerows(written)
    print(f"{len(written)} clips of {len(packages)} packages")


if __name__ == "__main__":
    main()
