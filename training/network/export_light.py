"""Turns the light network into the files that `npm run export-model -- --network earmark-light` turns into a model folder.

    python -m training.network.export_light NETWORK OUT [--only IDS.txt]

NETWORK is a run of light.py or a checkpoint of one. OUT gets `weights.bin` (8 bits a value for large kernels, float16 for the
rest), `weights.json`, `golden.bin`, `labels.json` and `run.json`. `--only` keeps the labels that the file names, one a line.
"""

import sys

from training.labels import UnusableLabelsError
from training.network.architecture import LightNetwork
from training.network.checkpoint import UnusableCheckpointError, load_any_network
from training.network.export import folded_logits, folded_weights
from training.network.exported_files import write_export
from training.network.exported_labels import export_arguments, kept_labels, kept_outputs, write_labels_and_run


def main() -> None:
    """Runs the command described in the module docstring."""
    arguments = export_arguments(__doc__ or "")
    try:
        model, facts = load_any_network(arguments.network)
        if not isinstance(model, LightNetwork):
            sys.exit(f"{arguments.network} is not a light network: export_mobilenet.py exports the others.")
        labels = kept_labels(facts, arguments.only)
        model.head = kept_outputs(model.head, facts["labels"], [label["id"] for label in labels])
    except (UnusableCheckpointError, UnusableLabelsError, OSError) as error:
        sys.exit(str(error))
    write_labels_and_run(arguments.out, labels, facts)
    write_export(arguments.out, folded_weights(model), facts["spec"], folded_logits, eight_bits=True)


if __name__ == "__main__":
    main()
