"""The labels that a network may have: what AudioSet's classes mean for them, their hierarchy, and who recorded them.

    python -m training.labels --data DATA
    python -m training.labels --only IDS.txt --out training/lists/labels.json

Without `--only`, it prints how many clips and sources of `tests.csv` and `more.csv` have each label of
`lists/candidate-labels.json`. With it, it writes the candidates that IDS.txt names, one a line, in the list's order.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NotRequired, TypedDict

from training.clips import LISTS, read_rows

LEAST_CLIPS = 5
LEAST_SOURCES = 2
RECORDED = ("tests.csv", "more.csv")


class UnusableLabelsError(Exception):
    """A list of labels cannot be used. The message names the file and the reason."""


class Label(TypedDict):
    """A label as in a model's `labels.json`."""

    id: str
    name: str
    group: str
    audioSet: NotRequired[list[str]]
    parents: NotRequired[list[str]]


def read_candidates() -> list[Label]:
    """All labels that a network may have; the first are those of `labels.json`, in the same order."""
    labels: list[Label] = json.loads((LISTS / "candidate-labels.json").read_text())
    return labels


def labels_above(labels: Iterable[Label]) -> dict[str, set[str]]:
    """For each label, all labels above it: its parents, their parents, and so on."""
    parents = {label["id"]: label.get("parents", []) for label in labels}
    above: dict[str, set[str]] = {}
    for label, own in parents.items():
        waiting, found = list(own), set[str]()
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting += parents[parent]
        above[label] = found
    return above


def labels_by_class(data: Path, labels: Iterable[Label]) -> dict[str, str]:
    """The label that each of AudioSet's classes means. Raises UnusableLabelsError."""
    path = data / "teacher" / "audioset_class_labels.csv"
    names = {row["mid"]: row["display_name"] for row in read_list(path, ["mid", "display_name"])}
    found = {}
    for label in labels:
        for mid in label.get("audioSet", []):
            if mid not in names:
                raise UnusableLabelsError(f"{path}: it has no class {mid}, which means {label['id']}")
            found[names[mid]] = label["id"]
    return found


def labels_of_clip(names: Iterable[str], by_class: dict[str, str], above: dict[str, set[str]]) -> set[str]:
    """All labels that a clip with these AudioSet names has. A name that is no class of the network's means the label of its id."""
    own = {by_class.get(name, name.lower().replace(" ", "_")) for name in names}
    known = {label for label in own if label in above}
    return known.union(*(above[label] for label in known))


def read_list(path: Path, columns: list[str]) -> list[dict[str, str]]:
    """Rows of a CSV list with these columns. Raises UnusableLabelsError."""
    try:
        rows = read_rows(path)
    except OSError as error:
        raise UnusableLabelsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnusableLabelsError(f"{path} cannot be read: it is not UTF-8 text") from error
    missing = [column for column in columns if not rows or column not in rows[0]]
    if missing:
        raise UnusableLabelsError(f"{path} cannot be used: it has no column “{missing[0]}”, or no rows")
    return rows


def recordings(data: Path, labels: list[Label]) -> dict[str, dict[str, int]]:
    """For each label, the clips of each source that have it. Raises UnusableLabelsError."""
    by_class, above = labels_by_class(data, labels), labels_above(labels)
    clips: dict[str, dict[str, int]] = {label["id"]: {} for label in labels}
    for name in RECORDED:
        for row in read_list(data / name, ["file", "source", "labels"]):
            for label in labels_of_clip(row["labels"].split(";"), by_class, above):
                clips[label][row["source"]] = clips[label].get(row["source"], 0) + 1
    return clips


def is_supported(clips: dict[str, int]) -> bool:
    """Whether enough clips, from enough sources, could show how well a label is recognised."""
    return sum(clips.values()) >= LEAST_CLIPS and len(clips) >= LEAST_SOURCES


def select(labels: list[Label], ids: set[str]) -> list[Label]:
    """The labels with these ids. Where a parent is left out, its own parents take its place. Raises UnusableLabelsError."""
    unknown = ids - {label["id"] for label in labels}
    if unknown:
        raise UnusableLabelsError(f"candidate-labels.json has no label “{min(unknown)}”")
    parents = {label["id"]: label.get("parents", []) for label in labels}

    def kept(of: str) -> list[str]:
        above = [near for parent in parents[of] for near in ([parent] if parent in ids else kept(parent))]
        return list(dict.fromkeys(above))

    selected = []
    for label in labels:
        if label["id"] in ids:
            chosen: Label = {**label, "parents": kept(label["id"])}
            if not chosen["parents"]:
                del chosen["parents"]
            selected.append(chosen)
    return selected


def write_labels(path: Path, labels: list[Label]) -> None:
    """Writes a list of labels, one a line."""
    lines = ",\n".join(f"  {json.dumps(label, ensure_ascii=False)}" for label in labels)
    path.write_text(f"[\n{lines}\n]\n")


def print_recordings(clips: dict[str, dict[str, int]]) -> None:
    """Prints a row for each label, those with too few recordings last."""
    for label, of_sources in sorted(clips.items(), key=lambda item: (not is_supported(item[1]), item[0])):
        short = "" if is_supported(of_sources) else "  too few"
        print(f"{label:20} {sum(of_sources.values()):5} clips {len(of_sources):3} sources{short}")


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="folder with tests.csv, more.csv and teacher/")
    what.add_argument("--only", type=Path, help="ids of the labels to write, one a line")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if (arguments.only is None) != (arguments.out is None):
        parser.error("--only and --out belong together")
    labels = read_candidates()
    try:
        if arguments.only:
            write_labels(arguments.out, select(labels, set(arguments.only.read_text().split())))
        else:
            print_recordings(recordings(arguments.data, labels))
    except (UnusableLabelsError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
