"""The lists of the new network's training data."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from training.make_mobilenet import LISTS_READ, some_of_each_source, write_lists


def test_a_source_gives_at_most_so_many_clips_and_the_same_each_time() -> None:
    rows = [{"file": f"{source}-{i}", "source": source} for source in "ab" for i in range(9)] + [
        {"file": "c-0", "source": "c"}
    ]
    kept = some_of_each_source(rows, 4)
    assert Counter(row["source"] for row in kept) == {"a": 4, "b": 4, "c": 1}
    assert some_of_each_source(rows, 4) == kept


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_lists_hold_no_clip_that_may_not_be_learned_from(tmp_path: Path) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    data.mkdir()
    cache.mkdir()
    write(
        data / "clips.csv",
        [
            {"file": "free.opus", "fold": "1", "licence": "CC0"},
            {"file": "bought.opus", "fold": "1", "licence": "CC-BY-NC"},
        ],
    )
    write(
        data / "extra.csv",
        [{"file": "step.opus", "source": "cc-sounds"}, {"file": "bird.opus", "source": "minetest-sounds"}],
    )
    write(
        data / "more.csv",
        [{"file": "bell.opus", "source": "bells"}, {"file": "snore.opus", "source": "adrianagaler/Snoring-Detection"}],
    )
    lists = write_lists(data, cache, 10)
    found = {}
    for name, path in lists.items():
        with path.open() as handle:
            found[name] = [row["file"] for row in csv.DictReader(handle)]
    assert found == {"clips": ["free.opus"], "extra": ["step.opus"], "more": ["bell.opus"]}


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("more.csv", "more.csv cannot be read: No such file or directory"),
        ("clips.csv", "clips.csv cannot be read: No such file or directory"),
        (None, "more.csv cannot be used: it has no column “labels”"),
    ],
)
def test_a_data_folder_without_its_lists_stops_before_anything_is_written(
    missing: str | None, told: str, tmp_path: Path
) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    data.mkdir()
    for name, columns in LISTS_READ.items():
        if name != missing:
            write(data / name, [dict.fromkeys(columns, "x")])
    if missing is None:
        write(data / "more.csv", [{"file": "a", "source": "b"}])
    command = [sys.executable, "-m", "training.make_mobilenet", "--data", str(data), "--cache", str(cache)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.strip().split("\n")) == 1
    assert told in ended.stderr
    assert not cache.exists()
