"""Makes the outside test set: clips from sources that no training clip came from, labelled by their original names.

    python -m training.sources.outside --data DATA --debian DEBIAN/outside --out OUT

With `--labels extra-new-sounds.csv --most 10` and without `--debian`, it makes a set of sounds that no model has as labels:
`npm run bench:teach` teaches them.

OUT gets `clips.csv` and `clips/` with links to the files: the sources of `extra.csv` that `extra-labels.csv` names, and
the files that `debian.py --use outside` fetched. Of the 200 baby cries, 40 are drawn, so that they do not outweigh the
rest. The recordings of `heard-recordings.csv` are left out: training has them under other names (same_recordings.py).
"""

import argparse
import csv
import random
from collections import Counter
from pathlib import Path

from training.clips import CLIP_COLUMNS, LISTS, labels_by_name, read_rows

MOST_OF_ONE_SOURCE_AND_LABEL = 40
SEED = 2017


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with extra.csv and clips/")
    parser.add_argument("--debian", type=Path, help="what debian.py --use outside wrote")
    parser.add_argument("--labels", default="extra-labels.csv", help="patterns of names, a file of training/lists")
    parser.add_argument("--most", type=int, default=MOST_OF_ONE_SOURCE_AND_LABEL, help="clips of one source and label")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    patterns = read_rows(LISTS / arguments.labels)

    found = []
    for row in read_rows(arguments.data / "extra.csv"):
        labels = labels_by_name(row, patterns)
        if labels:
            found.append(({**row, "labels": labels}, arguments.data / "clips" / row["file"]))
    of_debian = read_rows(arguments.debian / "clips.csv") if arguments.debian else []
    found += [(row, arguments.debian / "clips" / row["file"]) for row in of_debian]

    random.Random(SEED).shuffle(found)
    kept: list[tuple[dict[str, str], Path]] = []
    taken: Counter[tuple[str, str]] = Counter()
    for row, path in found:
        taken[row["source"], row["labels"]] += 1
        if taken[row["source"], row["labels"]] <= arguments.most:
            kept.append((row, path))
    heard = {row["test"] for row in read_rows(LISTS / "heard-recordings.csv")}
    kept = [(row, path) for row, path in kept if Path(row["file"]).name not in heard]
    clips = arguments.out / "clips"
    clips.mkdir(parents=True, exist_ok=True)
    with (arguments.out / "clips.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, CLIP_COLUMNS, restval="", extrasaction="ignore")
        writer.writeheader()
        for row, path in sorted(kept, key=lambda pair: pair[0]["file"]):
            name = Path(row["file"]).name
            (clips / name).unlink(missing_ok=True)
            (clips / name).symlink_to(path.resolve())
            writer.writerow({**row, "file": name})
    print(f"{len(kept)} clips of {len({row['labels'] for row, _ in kept})} labels")


if __name__ == "__main__":
    main()
