"""The untouched teacher `mn04_as`: its network, its own front end, and its outputs for windows of clips.

    python -m training.teachers.mn04 --clips clips.csv --root clips --weights teacher/mn04_as.npz --out OUT.npz

Windows have `--frames` frames of 10 ms (190 if it is not given) and start every 0.25 s, from 0.75 s before the clip until half
a second of it is left; outside the clip is silence. OUT.npz holds `files`, `windows` (the number of windows per clip), `means`
[n, 384] and `logits` [n, 527] as float16. A clip that cannot be read is left out, and a line says why.
"""

import argparse
import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from training.network.mobilenet import CLASSES, MEANS, TEACHER, MobileNet

SAMPLE_RATE_HZ = 32_000
HOP_SAMPLES = 320
FFT_SIZE = 1024
WINDOW_SIZE = 800
BANDS = 128
LARGEST_HZ = 15_000
PRE_EMPHASIS = 0.97
POWER_FLOOR = 1e-5

# Windows start 0.25 s apart. On longer ones it hears better; to teach a network, it hears what the network hears.
WINDOW_FRAMES = 190
GRID_SAMPLES = SAMPLE_RATE_HZ // 4
GRID_FRAMES = GRID_SAMPLES // HOP_SAMPLES
FIRST_START = -3 * GRID_SAMPLES


class UnusableTeacherError(Exception):
    """The teacher's file cannot be used; the message is one sentence with the file and the reason."""


def load_teacher(path: Path) -> MobileNet:
    """The teacher with its weights, for evaluation.

    Raises UnusableTeacherError if the file is missing, damaged, or of other shapes.
    """
    network = MobileNet(TEACHER)
    network.load_state_dict(read_teacher_weights(path))
    return network.eval().to(memory_format=torch.channels_last)


def read_teacher_weights(path: Path) -> dict[str, torch.Tensor]:
    """State for MobileNet(TEACHER), from the file's arrays. Raises UnusableTeacherError."""
    if not path.is_file():
        raise UnusableTeacherError(f"{path} is missing: it is part of the data folder, under teacher/.")
    try:
        with path.open("rb") as file, np.load(file) as archive:
            arrays = {name: archive[name] for name in archive.files}
    # zipfile, zlib, OSError, ValueError: a damaged file can raise any of these and more.
    except Exception as error:
        raise UnusableTeacherError(f"{path} is damaged and cannot be read ({error}).") from error
    names = {
        file_name(name): name for name in MobileNet(TEACHER).state_dict() if not name.endswith("num_batches_tracked")
    }
    missing = names.keys() - arrays.keys()
    if missing:
        raise UnusableTeacherError(f"{path} is another network: it has no array {min(missing)}.")
    shapes = {name: tensor.shape for name, tensor in MobileNet(TEACHER).state_dict().items()}
    state = {}
    for of_file, of_network in names.items():
        weight = torch.tensor(arrays[of_file])
        if weight.dim() == 4:
            weight = weight.transpose(2, 3).contiguous()
        if weight.shape != shapes[of_network]:
            raise UnusableTeacherError(
                f"{path} is another network: {of_file} has the shape {arrays[of_file].shape}, not {tuple(shapes[of_network])}."
            )
        if not torch.isfinite(weight).all():
            raise UnusableTeacherError(f"{path} is damaged: {of_file} holds values that are not finite.")
        state[of_network] = weight
    counters = {name: torch.tensor(0) for name in shapes if name.endswith("num_batches_tracked")}
    return state | counters


def file_name(name: str) -> str:
    """The teacher file's name for a tensor of MobileNet."""
    for ours, theirs in (("embedding.", "classifier.2."), ("classes.", "classifier.5.")):
        if name.startswith(ours):
            return theirs + name.removeprefix(ours)
    return name.replace(".fc1.", ".conc_se_layers.0.fc1.").replace(".fc2.", ".conc_se_layers.0.fc2.")


def to_mel(hz: np.ndarray | float) -> np.ndarray:
    """Frequencies on the mel scale of the teacher's front end."""
    return 1127 * np.log1p(np.asarray(hz) / 700)


def triangles(hz: np.ndarray) -> np.ndarray:
    """Heights of the teacher's 128 filters at frequencies, [bands, frequencies]."""
    corners = np.linspace(0, to_mel(LARGEST_HZ), BANDS + 2)
    mel = to_mel(hz)
    left, peak, right = (corners[i : i + BANDS, None] for i in range(3))
    return np.maximum(0, np.minimum((mel - left) / (peak - left), (right - mel) / (right - peak)))


def log_mel(samples: torch.Tensor) -> torch.Tensor:
    """The teacher's input [n, 1, frames, 128] from samples [n, samples] at 32 kHz."""
    emphasised = samples[:, 1:] - PRE_EMPHASIS * samples[:, :-1]
    window = torch.hann_window(WINDOW_SIZE, periodic=False)
    spectrum = torch.stft(
        emphasised, FFT_SIZE, HOP_SAMPLES, WINDOW_SIZE, window, center=True, pad_mode="reflect", return_complex=True
    )
    power = spectrum.real.square() + spectrum.imag.square()
    hz = np.arange(FFT_SIZE // 2 + 1) * SAMPLE_RATE_HZ / FFT_SIZE
    bank = torch.tensor(triangles(hz), dtype=torch.float32)
    mel = (bank @ power).transpose(1, 2)
    return ((torch.log(mel + POWER_FLOOR) + 4.5) / 5).unsqueeze(1)


def band_offsets(bands: int) -> torch.Tensor:
    """The difference between the teacher's value of a band and ours; ours is ln(power of a full-scale sine = 1) / 5.

    The teacher's filters are higher than ours, which give mean power, and its front end has pre-emphasis.
    """
    hz = np.linspace(0, SAMPLE_RATE_HZ / 2, 1 << 15)
    emphasis = np.abs(1 - PRE_EMPHASIS * np.exp(-2j * np.pi * hz / SAMPLE_RATE_HZ)) ** 2
    bins_apart = FFT_SIZE / 2 / (len(hz) - 1)
    # A sine of amplitude 1 has the power (800 / 4)² in the teacher's spectrum.
    gain = (triangles(hz) * emphasis).sum(1) * bins_apart * (WINDOW_SIZE / 4) ** 2
    return torch.tensor((np.log(gain[:bands]) + 4.5) / 5, dtype=torch.float32)


def decode(path: Path) -> np.ndarray:
    """Mono samples at 32 kHz; raises CalledProcessError if ffmpeg cannot read the file."""
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        str(path),
        "-vn",
        "-ac",
        "1",
        "-ar",
        str(SAMPLE_RATE_HZ),
        "-f",
        "f32le",
        "-",
    ]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.float32)


def window_count(samples: int) -> int:
    """Number of windows of a clip: the last one still contains half a second of it, and there is at least one."""
    return max(1, -(-(samples - SAMPLE_RATE_HZ // 2 - FIRST_START) // GRID_SAMPLES))


@torch.inference_mode()
def hear(teacher: MobileNet, samples: np.ndarray, window_frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Means and logits of all windows of a clip, with silence around it."""
    count = window_count(len(samples))
    padded = np.zeros((count - 1) * GRID_SAMPLES + window_frames * HOP_SAMPLES, np.float32)
    inside = samples[: len(padded) + FIRST_START]
    padded[-FIRST_START : len(inside) - FIRST_START] = inside
    frames = log_mel(torch.tensor(padded).unsqueeze(0))[0, 0]
    windows = frames.unfold(0, window_frames, GRID_FRAMES)[:count].transpose(1, 2).unsqueeze(1)
    means, _, logits = teacher(windows.contiguous(memory_format=torch.channels_last))
    return means.numpy(), logits.numpy()


def windows_inside(outputs: np.ndarray) -> np.ndarray:
    """The windows that start at or after the start of the clip; the last window if there is none."""
    before = -FIRST_START // GRID_SAMPLES
    return (outputs[before:] if len(outputs) > before else outputs[-1:]).astype(np.float32)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, required=True, help="CSV with a column `file`")
    parser.add_argument("--root", type=Path, required=True, help="folder that `file` is below")
    parser.add_argument("--weights", type=Path, required=True, help="mn04_as.npz")
    parser.add_argument("--frames", type=int, default=WINDOW_FRAMES, help="frames of a window")
    parser.add_argument("--out", type=Path, required=True, help=".npz to write")
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    try:
        teacher = load_teacher(arguments.weights)
    except UnusableTeacherError as error:
        sys.exit(str(error))
    with arguments.clips.open() as handle:
        files = list(dict.fromkeys(row["file"] for row in csv.DictReader(handle)))
    heard, all_means, all_logits = [], [np.empty((0, MEANS), np.float16)], [np.empty((0, CLASSES), np.float16)]
    for file in tqdm(files, unit="clip", mininterval=10):
        try:
            samples = decode(arguments.root / file)
        except subprocess.CalledProcessError as error:
            print(f"{file}: left out, ffmpeg cannot read it ({error.stderr.decode().strip()})", file=sys.stderr)
            continue
        means, logits = hear(teacher, samples, arguments.frames)
        heard.append((file, len(means)))
        all_means.append(means.astype(np.float16))
        all_logits.append(logits.astype(np.float16))
    unfinished = arguments.out.with_suffix(".part.npz")
    np.savez(
        unfinished,
        files=np.array([file for file, _ in heard]),
        windows=np.array([count for _, count in heard]),
        means=np.concatenate(all_means),
        logits=np.concatenate(all_logits),
    )
    unfinished.replace(arguments.out)


if __name__ == "__main__":
    main()
