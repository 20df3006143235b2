"""Writes other people's recordings as one test set: what the figures of a model with many labels are measured on.

    python -m training.evaluation.others_set --data DATA --only IDS.txt --half a --list CACHE/outside --out CACHE/fold-4/others
    python -m training.evaluation.others_set --data DATA --only IDS.txt --sets outside --out CACHE/fold-4/outside

OUT gets `clips.csv` with the labels of IDS.txt, and `clips/` with links to the recordings: the sets of `tests.csv` that may be
looked at, or those that are named; the half of `more.csv` that the network did not hear; and the folder `--list` (sources/outside.py).
A clip has its own labels; a model's hierarchy adds those above them. Clips without any of the labels are left out.
"""

import argparse
import csv
from pathlib import Path

from training.clips import read_rows
from training.evaluation.others import EVERY_SET, SETS, rows_of_set
from training.evaluation.supported import rows_of_half
from training.labels import labels_above, labels_by_class, labels_of_clip, read_candidates


def own_labels(names: list[str], ids: set[str], by_class: dict[str, str], above: dict[str, set[str]]) -> list[str]:
    """The labels among `ids` that a clip has, without those above another one of them; in alphabetical order."""
    known = labels_of_clip(names, by_class, above) & ids
    return sorted(label for label in known if not any(label in above[other] for other in known))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", type=Path, required=True, metavar="IDS.txt")
    parser.add_argument(
        "--sets", nargs="+", choices=EVERY_SET, default=SETS, help="of tests.csv; not sealed by default"
    )
    parser.add_argument("--half", choices=("a", "b"), help="of more.csv; none by default")
    parser.add_argument("--list", type=Path, help="a folder with clips.csv and clips/; none by default")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    candidates = read_candidates()
    by_class, above = labels_by_class(arguments.data, candidates), labels_above(candidates)
    ids = set(arguments.only.read_text().split())
    rows = [row for name in arguments.sets for row in rows_of_set(arguments.data, name)]
    rows += rows_of_half(arguments.data, arguments.half) if arguments.half else []
    folders = {name: arguments.data / "clips" / name for name in ("tests", "more")}
    listed = []
    if arguments.list:
        listed = [{**row, "file": f"listed/{row['file']}"} for row in read_rows(arguments.list / "clips.csv")]
        folders["listed"] = arguments.list / "clips"
    clips = arguments.out / "clips"
    clips.mkdir(parents=True, exist_ok=True)
    for name, folder in folders.items():
        (clips / name).unlink(missing_ok=True)
        (clips / name).symlink_to(folder.resolve())
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, ["file", "labels"])
        writer.writeheader()
        for row in [*rows, *listed]:
            labels = own_labels(row["labels"].split(";"), ids, by_class, above)
            if labels:
                writer.writerow({"file": row["file"], "labels": ";".join(labels)})


if __name__ == "__main__":
    main()
