/** Measures a model on a list of labelled clips. Usage: `npm run evaluate -- --help`. */
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { AudioFileReader } from '../audio/audio-file-reader';
import { startCommand } from '../command';
import { evaluate } from '../evaluation/evaluate-command';

const usage = `usage: npm run evaluate -- --clips LIST.csv --root DIR [--model NAME] [options]
       npm run evaluate -- --clips LIST.csv --scores SCORES.csv [--model NAME] [options]
       npm run evaluate -- --clips LIST.csv --logits FILE.json [--model NAME] [options]

Measures a model on labelled clips, with the front end and the network that the page uses; or scores that another system
gave the same clips.

  --clips LIST.csv  columns "file" and "labels" (ids, ";" between several), and "fold" where --fold is given
  --root DIR        folder that the files are below: wav, mp3, ogg, opus, flac, m4a and others
  --model NAME      a folder of public/models, or a path with a slash to any model folder; default ${SHIPPED_MODEL}. Beside
                    --scores: the model whose hierarchy the labels have; default none
  --scores FILE     the scores to judge, in place of a model's: columns "file" and one for each label
  --logits FILE     what \`npm run logits\` wrote of the model: its network is not run again, only calibrated
  --fold N          clips of this fold alone
  --among WHICH     the labels among which a clip's is to score highest: all, or named, those that the list names;
                    default all
  --peer FILE       another system's scores of the same clips, as for --scores: its figures stand beside ours
  --json OUT        writes {clips, accuracy, macroAuc, microAuc, mAP, ece, labels: [{id, positives, auc, ap, aucLow,
                    aucHigh}], macroAucLow, macroAucHigh, reliableEce, sureAndWrong, reliability, confusions, peer}
                    there, fractions between 0 and 1, null where a figure is undefined
  --out SCORES.csv  writes a row for each clip there, with the scores of all labels, in the form that --scores takes

A clip's score is half the mean, half the maximum of the probabilities of 8 windows. A clip holds its labels and those
above them in the hierarchy: a bark is a dog. Labels that the list never names are left out of the means over labels and
of the calibration, since it cannot be known where they sound. Accuracy is over the clips with exactly one label and asks
which label scores highest: labels above the clip's own do not take part, and one below it is right. Macro AUC and mAP are
means over the labels that have a positive and a negative clip; intervals are of 95 % (DeLong). Sure and wrong are present
labels with less than 0.001 and absent ones with more than 0.999.

The exit status is 0 when every clip was read and the list fits the model; 1 when something was left out, which a line
on the error stream names; 2 when the command itself is wrong.`;

startCommand(usage);
process.exitCode = await evaluate(process.argv.slice(2), () => new AudioFileReader());
