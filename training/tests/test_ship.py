"""Which network gives what to the folder that ships."""

from pathlib import Path

import pytest

from training import ship


def test_the_shipped_network_gets_what_was_measured_on_the_tested_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ship, "MODELS", tmp_path / "public")
    calls: list[list[str]] = []

    def called(*arguments: object) -> None:
        words = [str(argument) for argument in arguments]
        calls.append(words)
        if words[0] == "export-model":
            Path(words[-1], words[words.index("--name") + 1]).mkdir(parents=True)
        elif "--out" in words:
            Path(words[words.index("--out") + 1]).mkdir(parents=True, exist_ok=True)

    def fitted(_data: Path, _cache: Path, model: Path, *_rest: object, **_options: object) -> None:
        for file in ship.OF_TESTED:
            (model / file).write_text("of the tested network")

    monkeypatch.setattr(ship, "npm", called)
    monkeypatch.setattr(ship, "python", called)
    monkeypatch.setattr(ship, "fit_model", fitted)
    shipment = ship.Shipment(tmp_path / "data", tmp_path / "cache", "new", tmp_path / "ids.txt")
    shipment.make(tmp_path / "tested.npz", tmp_path / "all.npz")

    assert shipment.shipped == tmp_path / "public" / "new"
    for file in ship.OF_TESTED:
        assert (shipment.shipped / file).read_text() == "of the tested network"
    models = {words[0]: words[words.index("--model") + 1] for words in calls if "--model" in words}
    assert models == {"logits": str(shipment.tested), "scenes": str(shipment.tested), "exemplars": "new"}
    exported = [words[1] for words in calls if words[0] == "network.export_mobilenet"]
    assert exported == [str(tmp_path / "tested.npz"), str(tmp_path / "all.npz")]
    # The figures of all sets go into the folder; those of `outside` alone are printed.
    evaluated = [("--into" in words, words[-1]) for words in calls if words[0] == "evaluate:all"]
    assert evaluated == [(True, str(shipment.tests)), (False, str(shipment.outside))]
