"""Sounds that are computed, cut and unpacked for training."""

import random
import struct
import wave
import zlib
from pathlib import Path

import numpy as np
import pytest

from training.clips import read_label_ids
from training.make_model import once, steps_done
from training.sources import made_sounds, noise, sounds_without_label
from training.sources.debian import SAMPLE_RATE_HZ, chosen_files, clips_of, write_wav
from training.sources.qt_resources import files_of


def test_wav_files_are_16_bit_mono_at_32_khz_and_clip(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.array([0, 0.5, -1, 2]))
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 32_000)
        assert np.frombuffer(file.readframes(4), "<i2").tolist() == [0, 16383, -32767, 32767]


def test_a_sound_is_cut_to_what_is_heard_of_it() -> None:
    second = np.ones(SAMPLE_RATE_HZ, np.float32) * 0.5
    silence = np.zeros(SAMPLE_RATE_HZ, np.float32)
    assert [len(clip) for clip in clips_of(np.concatenate([silence, second, silence]))] == [SAMPLE_RATE_HZ]
    assert clips_of(silence) == []
    assert clips_of(second[:100]) == []


@pytest.mark.parametrize(("seconds", "parts"), [(8, 1), (12, 1), (17, 2), (120, 3)])
def test_a_long_sound_gives_at_most_three_parts_of_8_seconds(seconds: int, parts: int) -> None:
    clips = clips_of(np.arange(1, seconds * SAMPLE_RATE_HZ + 1, dtype=np.float32))
    assert [len(clip) for clip in clips] == [8 * SAMPLE_RATE_HZ] * parts
    assert clips[0][0] == 96 + 1 or clips[0][0] == 1
    if parts > 1:
        assert clips[-1][-1] == seconds * SAMPLE_RATE_HZ


def test_the_first_pattern_that_fits_labels_a_file_and_its_limit_holds(tmp_path: Path) -> None:
    for name in ("dog/bark1.ogg", "dog/bark2.ogg", "dog/bark3.ogg", "rain.wav", "readme.txt", "thing.flac"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    rows = [
        {"pattern": "DOG", "labels": "dog", "limit": "2"},
        {"pattern": "rain|bark", "labels": "rain", "limit": ""},
        {"pattern": "thing", "labels": "", "limit": "0"},
    ]
    chosen = chosen_files(tmp_path, rows, random.Random(1))
    assert [labels for _, labels in chosen] == ["dog", "dog", "rain"]
    assert chosen[2][0].name == "rain.wav"


def qt_resource(files: dict[str, bytes]) -> bytes:
    """A resource of version 1 with one folder of files, the second of which is compressed."""
    names, contents, nodes = b"", b"", struct.pack(">IHII", 0, 2, len(files), 1)
    for number, (name, content) in enumerate(files.items()):
        stored = struct.pack(">I", len(content)) + zlib.compress(content) if number == 1 else content
        nodes += struct.pack(">IHHHI", len(names), 1 if number == 1 else 0, 0, 0, len(contents))
        names += struct.pack(">HI", len(name), 0) + name.encode("utf-16-be")
        contents += struct.pack(">I", len(stored)) + stored
    header = 20
    tree, data = header, header + len(nodes)
    return b"qres" + struct.pack(">4I", 1, tree, data, data + len(contents)) + nodes + contents + names


def test_qt_resources_are_unpacked(tmp_path: Path) -> None:
    files = {"bark.ogg": b"a bark", "räin.wav": b"rain " * 100}
    (tmp_path / "a.rcc").write_bytes(qt_resource(files))
    assert {str(path): content for path, content in files_of(tmp_path / "a.rcc")} == files
    (tmp_path / "b.rcc").write_bytes(b"RIFF")
    with pytest.raises(ValueError, match=r"b\.rcc is no Qt resource"):
        list(files_of(tmp_path / "b.rcc"))


@pytest.mark.parametrize("maker", made_sounds.MAKERS, ids=lambda maker: maker.__name__)
def test_computed_sounds_are_named_by_a_label_and_drawn_by_their_seed(maker: made_sounds.Maker) -> None:
    assert maker.__name__ in read_label_ids()
    samples = maker(np.random.default_rng(3))
    assert len(samples) == made_sounds.SAMPLES
    assert np.isfinite(samples).all()
    assert np.array_equal(samples, maker(np.random.default_rng(3)))
    assert not np.array_equal(samples, maker(np.random.default_rng(4)))


def test_computed_sounds_lie_below_full_scale_and_over_some_noise() -> None:
    click = np.zeros(made_sounds.SAMPLES)
    click[0] = 7
    heard = made_sounds.over_noise(np.random.default_rng(1), click)
    assert heard[0] == pytest.approx(0.5, abs=0.02)
    assert 0 < np.abs(heard[1:]).max() <= 0.5 * 10 ** (-30 / 20)


def test_a_hum_has_its_level_and_sounds_at_multiples_of_the_mains() -> None:
    hum = noise.hum(np.random.default_rng(5))
    assert np.sqrt(np.mean(hum**2)) == pytest.approx(noise.LEVEL)
    spectrum = np.abs(np.fft.rfft(hum))
    hz = np.fft.rfftfreq(len(hum), 1 / SAMPLE_RATE_HZ)
    strongest_hz = hz[spectrum.argmax()]
    assert min(abs(strongest_hz / order - 55) for order in range(1, 41)) <= 7.5


@pytest.mark.parametrize(("name", "slope"), [("white", 0), ("pink", -1), ("brown", -2)])
def test_noise_has_the_colour_of_its_name(name: str, slope: float) -> None:
    samples = sounds_without_label.SOUNDS[name](np.random.default_rng(1))
    power = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    octaves = [power[(hz >= low) & (hz < 2 * low)].mean() for low in 100 * 2 ** np.arange(6)]
    assert np.polyfit(np.arange(6), np.log2(octaves), 1)[0] == pytest.approx(slope, abs=0.1)
    assert power[hz < 20].max() < power[(hz >= 20) & (hz < 40)].mean() * 1e-6


def test_half_a_folder_is_never_taken_for_the_whole(tmp_path: Path) -> None:
    def fails(folder: Path) -> None:
        folder.mkdir()
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        once(tmp_path / "sets", fails)
    assert not (tmp_path / "sets").exists()
    made: list[Path] = []

    def works(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        made.append(folder)

    once(tmp_path / "sets", works)
    once(tmp_path / "sets", works)
    assert (tmp_path / "sets").exists()
    assert len(made) == 1


def test_a_run_goes_on_from_its_last_checkpoint(tmp_path: Path) -> None:
    assert steps_done(tmp_path) == 0
    (tmp_path / "run.json").write_text('{"steps": 3000}')
    assert steps_done(tmp_path) == 3000
