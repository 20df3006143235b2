"""Simulated rooms and microphones, drawn at random: what stands between a sound and a person's device."""

from dataclasses import dataclass

import numpy as np

from training.evaluation.test_sets import convolve, decibels
from training.sources.debian import SAMPLE_RATE_HZ

SPEED_OF_SOUND = 343.0  # m/s
SMALLEST_ROOM = (2.5, 2.5, 2.3)  # m
LARGEST_ROOM = (12.0, 9.0, 4.5)
WALL_DISTANCE = 0.4
SHORTEST_REVERBERATION, LONGEST_REVERBERATION = 0.15, 0.9  # s
# Reflections are computed one by one up to this delay. The later ones are so dense that decaying noise equals them.
EARLY_SECONDS = 0.05
IMAGES = np.arange(-4, 5)
RESPONSE_TAPS = 1023


@dataclass
class Room:
    """A box with walls that all absorb the same, and a device in it."""

    size: np.ndarray  # m, [3]
    reverberation_seconds: float  # until the sound has decayed by 60 dB
    device: np.ndarray  # m, [3]


def random_room(rng: np.random.Generator) -> Room:
    """A room from small to large, with the device somewhere in it."""
    size = rng.uniform(SMALLEST_ROOM, LARGEST_ROOM)
    seconds = float(np.exp(rng.uniform(np.log(SHORTEST_REVERBERATION), np.log(LONGEST_REVERBERATION))))
    return Room(size, seconds, random_place(size, rng))


def random_place(size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A place that is not in a wall."""
    return rng.uniform(WALL_DISTANCE, size - WALL_DISTANCE)


def reflection_coefficient(room: Room) -> float:
    """How much of the pressure a wall gives back, from the reverberation time (Eyring 1930)."""
    x, y, z = room.size
    area = 2 * (x * y + x * z + y * z)
    return float(np.exp(-0.5 * 24 * np.log(10) * x * y * z / (SPEED_OF_SOUND * area * room.reverberation_seconds)))


def room_response(room: Room, source: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """From a source to the device: early reflections as images of the source (Allen & Berkley 1979), then decaying noise.

    The direct sound comes first, with an amplitude of 1, so that times and levels stay what they were.
    """
    per_axis = []
    for size, from_, to in zip(room.size, source, room.device, strict=True):
        even, odd = 2 * IMAGES * size + from_ - to, 2 * IMAGES * size - from_ - to
        per_axis.append((np.concatenate([even, odd]), np.concatenate([np.abs(2 * IMAGES), np.abs(2 * IMAGES - 1)])))
    x, y, z = (distance for distance, _ in per_axis)
    distance = np.sqrt(x[:, None, None] ** 2 + y[:, None] ** 2 + z**2).ravel()
    order = (per_axis[0][1][:, None, None] + per_axis[1][1][:, None] + per_axis[2][1]).ravel()
    direct = max(0.1, float(np.linalg.norm(source - room.device)))
    delay = np.round((distance - np.linalg.norm(source - room.device)) / SPEED_OF_SOUND * SAMPLE_RATE_HZ).astype(int)
    gain = reflection_coefficient(room) ** order * direct / np.maximum(distance, direct)
    early = int(EARLY_SECONDS * SAMPLE_RATE_HZ)
    response = np.zeros(early + int(room.reverberation_seconds * SAMPLE_RATE_HZ))
    heard = delay < early
    np.add.at(response, delay[heard], gain[heard])
    # The noise continues the reflections: with the power that the last of them have.
    late = np.arange(len(response) - early) / SAMPLE_RATE_HZ
    last = response[early // 2 : early]
    strength = np.sqrt(np.mean(last**2)) * 10 ** (-3 * (EARLY_SECONDS / 4) / room.reverberation_seconds)
    response[early:] = strength * rng.standard_normal(len(late)) * 10 ** (-3 * late / room.reverberation_seconds)
    return response


def in_room(samples: np.ndarray, room: Room, rng: np.random.Generator) -> np.ndarray:
    """A sound from somewhere in the room, as the device hears it; longer by the reverberation."""
    return convolve(samples, room_response(room, random_place(room.size, rng), rng))


def microphone_response(rng: np.random.Generator) -> np.ndarray:
    """A microphone's frequency response as a linear-phase filter: a high-pass, a low-pass, a tilt and ripples of some dB."""
    hz = np.fft.rfftfreq(RESPONSE_TAPS + 1, 1 / SAMPLE_RATE_HZ)
    octaves = np.log2(np.maximum(hz, 20) / 1000)
    db = rng.normal(0, 0.7) * octaves
    for ripple in range(1, 4):
        db += rng.normal(0, 1.5) * np.cos(ripple * octaves + rng.uniform(0, 2 * np.pi))
    lowest, highest = rng.uniform(30, 180), rng.uniform(7_000, 15_500)
    db -= 10 * np.log10(1 + (lowest / np.maximum(hz, 1)) ** 4) + 10 * np.log10(1 + (hz / highest) ** 12)
    taps = np.roll(np.fft.irfft(decibels(db)), RESPONSE_TAPS // 2)[:RESPONSE_TAPS]
    return taps * np.hanning(RESPONSE_TAPS)


def through_microphone(samples: np.ndarray, response: np.ndarray) -> np.ndarray:
    """A sound through a microphone, without delay."""
    return convolve(samples, response)[len(response) // 2 :][: len(samples)]
