"""Turns the light network into the files that `npm run export-model -- --network earmark-light` turns into a model folder.

    python -m training.network.export_light NETWORK OUT [--only IDS.txt]

NETWORK is a run of light.py or a checkpoint of one. OUT gets `weights.bin` (8 bits a value for large kernels, float16 for the
rest), `weights.json`, `golden.bin`, `labels.json` and `run.json`. `--only` keeps the labels that the file names, one a line.
"""

import argparse
import json
import sys
from pathlib import Path

from training.labels import UnusableLabelsError, read_candidates, select, write_labels
from training.network.architecture import LightNetwork
from training.network.checkpoint import UnusableCheckpointError, load_any_network
from training.network.export import folded_logits, folded_weights
from training.network.export_mobilenet import kept_outputs
from training.network.exported_files import write_export


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", type=Path, metavar="IDS.txt")
    arguments = parser.parse_args()
    try:
        model, facts = load_any_network(arguments.network)
        if not isinstance(model, LightNetwork):
            sys.exit(f"{arguments.network} is not a light network: export_mobilenet.py exports the others.")
        ids = arguments.only.read_text().split() if arguments.only else facts["labels"]
        labels = select(read_candidates(), set(ids))
        model.head = kept_outputs(model.head, facts["labels"], [label["id"] for label in labels])
    except (UnusableCheckpointError, UnusableLabelsError, OSError) as error:
        sys.exit(str(error))
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_labels(arguments.out / "labels.json", labels)
    (arguments.out / "run.json").write_text(json.dumps(facts, indent=1))
    write_export(arguments.out, folded_weights(model), facts["spec"], folded_logits, eight_bits=True)


if __name__ == "__main__":
    main()
