"""Scenes with known times: who is in which set, when a clip sounds, what a room does, and how scenes are put together."""

import csv
from pathlib import Path

import numpy as np
import pytest

from training.clips import LISTS, read_rows
from training.evaluation.test_sets import level
from training.scenes import fit_model
from training.scenes.make import (
    LEAST_SNR_DB,
    MOST_AT_ONCE,
    MOST_SNR_DB,
    SCENE_SECONDS,
    Event,
    Maker,
    burst_onsets,
    repeated,
    write_set,
)
from training.scenes.rooms import Room, in_room, microphone_response, random_room, room_response, through_microphone
from training.scenes.sounds import (
    LONGEST_PAUSE_SECONDS,
    Recording,
    divided,
    of_half,
    of_others,
    read_companions,
    sounding_parts,
)
from training.scenes.window_times import heard_scores, times_of_scores
from training.sources.debian import SAMPLE_RATE_HZ


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def burst(seconds: float, amplitude: float = 0.5) -> np.ndarray:
    return amplitude * rng().standard_normal(int(seconds * SAMPLE_RATE_HZ))


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * SAMPLE_RATE_HZ))


def recording(file: str, group: str, sound: str) -> Recording:
    return Recording(file, group, (sound,))


def test_a_recording_is_in_one_set_and_each_sound_in_both() -> None:
    recordings = [recording(f"{sound}-{i}", f"{sound}-{i // 2}", sound) for sound in "abc" for i in range(8)]
    sets = divided(recordings, 1)
    assert {r.group for r in sets["fit"]}.isdisjoint(r.group for r in sets["report"])
    for sound in "abc":
        assert [sum(r.sounds == (sound,) for r in sets[name]) for name in ("fit", "report")] == [4, 4]


def test_the_only_recording_of_a_sound_is_measured() -> None:
    sets = divided([recording("a", "a", "saw")], 1)
    assert [len(sets[name]) for name in ("fit", "report")] == [0, 1]


def test_sealed_sources_are_in_no_set(tmp_path: Path) -> None:
    rows = read_rows(LISTS / "test-sources.csv")
    with (tmp_path / "tests.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "source", "labels"])
        writer.writerows([f"{row['set']}/{row['source']}", row["source"], "Dog;Bark"] for row in rows)
    fit, report = (of_others(tmp_path, name) for name in ("fit", "report"))
    assert {r.file.split("/")[0] for r in fit} == {"development"}
    assert {r.file.split("/")[0] for r in report} == {"outside"}
    assert fit[0].sounds == ("Dog", "Bark")


def test_of_more_clips_only_the_half_that_was_not_heard_is_used_and_only_what_may_be_used(tmp_path: Path) -> None:
    halves = read_rows(LISTS / "more-halves.csv")
    with (tmp_path / "more.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "source", "labels", "licence"])
        writer.writerows([f"{row['set']}/{row['source']}", row["source"], "Dog;Bark", "CC0"] for row in halves)
        writer.writerow(["forbidden", halves[0]["source"], "Dog", "CC BY-NC"])
        writer.writerow(["a/unknown", "of no half", "Dog", "CC0"])
    for half in ("a", "b"):
        unheard = of_half(tmp_path, half)
        assert {r.file for r in unheard} == {f"{half}/{row['source']}" for row in halves if row["set"] == half}
        assert unheard[0].sounds == ("Dog", "Bark")


def test_every_companion_is_a_label_or_a_name_and_none_is_its_own() -> None:
    companions = read_companions()
    assert companions["Traffic noise, roadway noise"][0] == "engine"
    assert all(sound not in others and "" not in others for sound, others in companions.items())


def test_a_clip_sounds_where_it_is_not_much_quieter_than_its_loudest_part() -> None:
    clip = np.concatenate(
        [silence(1), burst(0.5), silence(LONGEST_PAUSE_SECONDS + 0.1), burst(0.3, 0.1), burst(1, 0.001)]
    )
    parts = sounding_parts(clip)
    assert np.allclose(parts, [(1, 1.5), (3.6, 3.9)], atol=0.021)
    joined = sounding_parts(np.concatenate([burst(0.5), silence(LONGEST_PAUSE_SECONDS - 0.1), burst(0.5)]))
    assert np.allclose(joined, [(0, 2.9)], atol=0.021)
    assert sounding_parts(silence(2)) == []


def test_a_room_keeps_the_direct_sound_and_decays_by_60_db_in_its_time() -> None:
    room = Room(np.array([6.0, 5.0, 3.0]), 0.5, np.array([2.0, 2.0, 1.5]))
    response = room_response(room, np.array([4.0, 3.0, 1.2]), rng())
    assert response[0] == 1
    assert np.abs(response[1:]).max() < 1
    left = np.cumsum(response[::-1] ** 2)[::-1]
    left_db = 10 * np.log10(left / left[0])
    fifth, twenty_fifth = (np.argmax(left_db < db) / SAMPLE_RATE_HZ for db in (-5, -25))
    assert 3 * (twenty_fifth - fifth) == pytest.approx(0.5, rel=0.15)


def test_the_first_reflection_comes_from_the_nearest_wall() -> None:
    # Device and source are 1 m apart and 1 m above the floor of a hall: the floor's detour is √(1² + 2²) − 1 m.
    room = Room(np.array([40.0, 40.0, 30.0]), 1.0, np.array([20.0, 20.0, 1.0]))
    response = room_response(room, np.array([21.0, 20.0, 1.0]), rng())
    first = np.flatnonzero(response[1:])[0] + 1
    assert first == pytest.approx((np.sqrt(5) - 1) / 343 * SAMPLE_RATE_HZ, abs=1)


def test_a_microphone_neither_delays_nor_changes_the_level_much() -> None:
    click = silence(0.2)
    click[3200] = 1
    heard = through_microphone(click, microphone_response(rng()))
    assert len(heard) == len(click)
    assert abs(int(np.argmax(np.abs(heard))) - 3200) <= 2
    noise = burst(1)
    assert abs(20 * np.log10(level(through_microphone(noise, microphone_response(rng()))) / level(noise))) < 8


def test_a_room_is_as_long_as_the_sound_and_its_reverberation() -> None:
    room = random_room(rng())
    assert len(in_room(burst(0.5), room, rng())) > 0.5 * SAMPLE_RATE_HZ


def test_pieces_are_joined_without_a_gap_or_a_bump() -> None:
    random = rng()
    joined = repeated(lambda: random.standard_normal(2 * SAMPLE_RATE_HZ), 20)
    assert len(joined) == 20 * SAMPLE_RATE_HZ
    tenths = np.sqrt(np.square(joined[SAMPLE_RATE_HZ:].reshape(-1, SAMPLE_RATE_HZ // 10)).mean(1))
    assert tenths.min() > 0.9
    assert tenths.max() < 1.1


def test_bursts_leave_quiet_stretches() -> None:
    gaps = np.concatenate([np.diff(list(burst_onsets(np.random.default_rng(seed)))) for seed in range(20)])
    assert (gaps > 10).sum() > 20
    assert np.median(gaps) < 5


class SilentDisk(Maker):
    """Draws scenes from made clips instead of files."""

    def read(self, file: str) -> np.ndarray:
        random = np.random.default_rng(int(file))
        return np.concatenate([silence(0.5), random.standard_normal(2 * SAMPLE_RATE_HZ), silence(0.5)])


def maker() -> Maker:
    sounds = ["dog", "cat", "siren", "speech", "music", "rain", "Wind", "Crowd"]
    return SilentDisk([recording(str(i), str(i), sounds[i % len(sounds)]) for i in range(40)], Path())


def certain(events: list[Event]) -> list[Event]:
    return [event for event in events if event.certain]


def test_every_sound_comes_before_any_comes_again() -> None:
    made, random = maker(), rng()
    sounds = sorted(made.by_sound)
    drawn = [made.draw(sounds, random).sounds[0] for _ in range(2 * len(sounds))]
    assert sorted(drawn[: len(sounds)]) == sorted(drawn[len(sounds) :]) == sounds


@pytest.mark.parametrize("seed", range(2))
def test_at_most_three_events_of_different_sounds_overlap(seed: int) -> None:
    scene, background = maker().scene("events", np.random.default_rng(seed))
    events = [event for event in certain(scene.events) if event.clip != background]
    assert len(events) > 3
    for event in events:
        with_it = [other for other in events if other.onset <= event.onset < other.end]
        assert len(with_it) <= MOST_AT_ONCE
        assert len({other.sound for other in with_it}) == len(with_it)
        assert LEAST_SNR_DB - 0.1 <= event.snr_db <= MOST_SNR_DB
        assert 0 <= event.onset < event.end <= SCENE_SECONDS


def test_an_event_is_where_the_list_says_and_as_loud() -> None:
    scene, _ = maker().scene("events", np.random.default_rng(3))
    events = certain(scene.events)
    alone = next(e for e in events if e.snr_db > 12 and len(scene.sounding_at(e.onset - 3, e.end + 3)) == 1)
    start, end = (int(seconds * SAMPLE_RATE_HZ) for seconds in (alone.onset, alone.end))
    before = scene.samples[start - SAMPLE_RATE_HZ : start - SAMPLE_RATE_HZ // 10]
    heard_db = 20 * np.log10(level(scene.samples[start:end]) / level(before))
    assert heard_db == pytest.approx(alone.snr_db, abs=3)


def test_quiet_scenes_hold_nothing_and_long_ones_only_their_sound() -> None:
    assert maker().scene("quiet", rng())[0].events == []
    speech = maker().scene("speech", rng())[0].events
    assert {event.sound for event in certain(speech)} == {"speech"}
    assert sum(event.end - event.onset for event in certain(speech)) > SCENE_SECONDS / 3
    ambience, background = maker().scene("ambience", rng())
    (event,) = certain(ambience.events)
    assert (event.onset, event.end, event.clip) == (0, SCENE_SECONDS, background)
    assert event.sound in ("rain", "Wind", "Crowd")


def test_what_may_also_sound_is_listed_as_uncertain() -> None:
    made = Maker([recording("1", "1", "Crowd")], Path())
    scene, _ = maker().scene("quiet", rng())
    made.note(scene, recording("1", "1", "Crowd"), (1.0, 2.0), 10)
    assert [event.sound for event in certain(scene.events)] == ["Crowd"]
    assert "laughing" in {event.sound for event in scene.events if not event.certain}


def test_a_longer_set_begins_with_the_shorter_one(tmp_path: Path) -> None:
    for name, count in (("short", 1), ("long", 2)):
        write_set(tmp_path / name / "fit", maker(), {"rain": "/m/06mb1"}, count)
    short, long = (tmp_path / name / "fit" for name in ("short", "long"))
    first = read_rows(short / "scenes.csv")[0]["file"]
    assert (short / first).read_bytes() == (long / first).read_bytes()
    events = read_rows(short / "events.csv")
    assert events
    assert events == [event for event in read_rows(long / "events.csv") if event["file"] == first]
    assert all(event["audioSet"] == ("/m/06mb1" if event["sound"] == "rain" else "") for event in events)


def test_scores_stand_for_the_middle_of_their_windows() -> None:
    borders = times_of_scores(0.125, 0.125, 40, 1.875)
    assert borders[-1] == pytest.approx(0.125 + 39 * 0.125 - 1.875 / 2 + 0.0625)
    cut, scores = heard_scores(borders, np.arange(40)[:, None], 5.0)
    assert cut[0] == 0
    assert cut[-1] == 5
    assert len(cut) == len(scores) + 1
    assert np.all(np.diff(cut) > 0)
    # The window that ends at 2 s is centred on 1.0625 s.
    index = int(np.searchsorted(cut, 1.0625, side="right")) - 1
    assert scores[index, 0] == 15


@pytest.mark.parametrize("has_figures", [False, True])
def test_a_model_is_measured_calibrated_and_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_figures: bool
) -> None:
    model = tmp_path / "models" / "net"
    model.mkdir(parents=True)
    if has_figures:
        (model / "figures.json").write_text("{}")
    steps: list[tuple[str, ...]] = []

    def make(*arguments: object) -> None:
        steps.append(tuple(map(str, arguments)))
        (tmp_path / "scenes-reserved.partial").mkdir(exist_ok=True)

    monkeypatch.setattr(fit_model, "python", make)
    monkeypatch.setattr(fit_model, "npm", lambda *arguments: steps.append(tuple(map(str, arguments))))
    for _ in range(2):
        fit_model.fit_model(tmp_path, tmp_path, model, 0.5, None, only_reserved=True)
    assert [step[0] for step in steps] == [*(2 * ["scenes.make"]), *(2 * ["scenes", "calibrate", "scenes"])]
    assert [step[-4:] for step in steps[:2]] == [
        ("--hours", "0.5", "--sets", "fit"),
        ("--hours", "2.0", "--sets", "report"),
    ]
    assert all("--reserved" in step for step in steps[:2])
    assert (tmp_path / "scenes-reserved").exists()
    scenes, calibrate, again = steps[2:5]
    assert str(tmp_path / "scenes-reserved" / "fit") in calibrate
    assert str(tmp_path / "scene-outputs" / "net" / "fit") in calibrate
    assert calibrate[-2:] == ("--into", str(model))
    assert "--into" not in scenes
    assert ("--into" in again) == has_figures


def test_thresholds_also_have_to_hold_on_more_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, ...]] = []

    def make(*arguments: object) -> None:
        steps.append(tuple(map(str, arguments)))
        (tmp_path / "scenes.partial" / "wide").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(fit_model, "python", make)
    monkeypatch.setattr(fit_model, "npm", lambda *arguments: steps.append(tuple(map(str, arguments))))
    fit_model.fit_model(tmp_path, tmp_path, tmp_path / "net", 2, "a", only_reserved=False)
    assert steps[2][-6:] == ("--hours", "8", "--sets", "wide", "--half", "a")
    calibrate = steps[4]
    scenes, outputs = tmp_path / "scenes", tmp_path / "scene-outputs" / "net"
    pairs = [calibrate[i : i + 4] for i in (1, 5)]
    assert pairs == [("--scenes", str(scenes / name), "--outputs", str(outputs / name)) for name in ("fit", "wide")]
