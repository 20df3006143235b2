"""The lists of the new network's training data."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from training import make_mobilenet
from training.make_mobilenet import LISTS_READ, Networks, some_of_each_source, write_lists


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


def test_each_network_starts_from_the_one_before_and_what_exists_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def pretend(module: str, *given: object) -> None:
        calls.append([module.rpartition(".")[2], *map(str, given)])
        out = next(Path(str(part)) for part in reversed(given) if str(part).startswith(str(tmp_path)))
        if module in ("network.checkpoint", "network.towards_teacher"):
            out.write_text("")

    monkeypatch.setattr(make_mobilenet, "python", pretend)
    networks = Networks(Path("data"), tmp_path, "4")
    assert networks.make_tested() == tmp_path / "finished-4.npz"
    assert networks.make_shipped() == tmp_path / "finished-all.npz"
    trained = [call for call in calls if call[0] in ("adapt", "label_heads")]
    starts = [call[call.index("--start") + 1] if "--start" in call else None for call in trained]
    assert starts == [
        None,
        *(str(tmp_path / f"{name}.npz") for name in ("adapted-4", "moved-4", "labels-4", "moved-all")),
    ]
    heard = [call[call.index("--leave-out") + 1 : call.index("--steps")] for call in trained]
    assert heard == [["4", "a"]] * 3 + [[], []]
    alone = [call[call.index("--heads-steps") + 1] for call in trained if call[0] == "label_heads"]
    assert alone == ["300", "0", "0", "0"]
    moved = [call[1:] for call in calls if call[0] == "towards_teacher"]
    assert [call[: call.index("--data")] for call in moved[:2]] == [
        [str(tmp_path / "labels-4.npz")],
        [str(tmp_path / "labels-4.npz"), str(tmp_path / "again-4.npz")],
    ]
    shares = [call[call.index("--share") + 1 : call.index("--out")] for call in moved]
    assert shares == [["0.6", "--from-layer", "0"], ["0.8", "--from-layer", "9"]] * 2
    made = len(calls)
    networks.make_tested()
    networks.make_shipped()
    assert len(calls) == made
