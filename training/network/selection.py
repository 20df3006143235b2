"""Which clips a network may learn from, and how often each is drawn."""

from collections import Counter

from training.clips import INSTRUMENTS, MADE, Clip

SPEECH_AND_MUSIC = ("speech", "music")
NAMED_OF_A_LABEL = 24
MADE_OF_A_LABEL = 12
INSTRUMENTS_DRAWN = 60


def sampling_weights(clips: list[Clip]) -> list[float]:
    """How often each clip is drawn: each of the 50 labels equally, and clips with certain labels most often.

    Speech and music have many more clips, so each counts less. Recordings by others get their labels from the file name. They count as
    much as three folds' clips of that label, NAMED_OF_A_LABEL, but no clip more than twice as much as such a clip: a
    microphone hears what others recorded. Computed sounds count half as much, MADE_OF_A_LABEL. Single instruments count more,
    INSTRUMENTS_DRAWN, because they are most easily mistaken for a computed horn. The thousands of clips without a label,
    which teach YAMNet's outputs, are a quarter of all draws.
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
