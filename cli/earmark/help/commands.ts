import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';

/** The commands and their options: help, man page and shell completion are made from this. */
export interface CommandHelp {
  readonly name: string;
  /** What stands behind the name. */
  readonly synopsis: string;
  /** One line. */
  readonly summary: string;
  readonly paragraphs: readonly string[];
  /** The words of which one comes first, if there are any. */
  readonly steps?: readonly string[];
  readonly options: readonly OptionHelp[];
  readonly examples: readonly ExampleHelp[];
}

export interface OptionHelp {
  readonly flag: string;
  /** The option's value, such as `FILE`; undefined if it has none. */
  readonly value?: string;
  readonly text: string;
  /** The values that there are, if they are few. */
  readonly choices?: readonly string[];
}

interface ExampleHelp {
  readonly command: string;
  readonly text: string;
}

const helpOption: OptionHelp = { flag: '--help', text: 'show this help' };

const modelOption: OptionHelp = {
  flag: '--model',
  value: 'NAME|DIR',
  text: `one of the models that \`earmark models\` lists, or the path of a model folder, with a slash. Default: ${SHIPPED_MODEL}`,
};

const formats = ['csv', 'jsonl', 'parquet', 'raven', 'audacity', 'kaleidoscope', 'birdnet'];

const tag: CommandHelp = {
  name: 'tag',
  synopsis: 'PATH... [options]',
  summary: 'find what sounds in recordings, and write a table of events',
  paragraphs: [
    'PATH is a file, a folder with everything below it, a pattern in quotes, or - for standard input. In a folder, files with the name of a sound or a video are opened; what they contain decides how. WAV of every kind, AIFF, CAF, FLAC, MP3, Ogg, Opus and many others are decoded by Earmark itself, the rest by ffmpeg if it is installed.',
    'An event is one sounding of one label: from when to when, and with which probability. Times are seconds from the start of the file. The time of day comes from the file’s metadata (GUANO, AudioMoth, Broadcast Wave), its name (YYYYMMDD_HHMMSS), or its date.',
    'A file that cannot be read costs one line on the error stream, and the rest goes on.',
  ],
  options: [
    {
      flag: '--format',
      value: 'NAME',
      choices: formats,
      text: `${formats.join(', ')}. Default: csv, or what the name of the combined file ends in`,
    },
    {
      flag: '--out',
      value: 'DIR',
      text: 'write one table per recording into DIR, in the same folders as the recordings',
    },
    {
      flag: '--combined',
      value: 'FILE',
      text: 'write one table for all recordings. Without this and --out, it goes to standard output',
    },
    { flag: '--labels', value: 'A,B', text: 'only these labels, by id or name' },
    {
      flag: '--threshold',
      value: 'auto|N',
      text: 'the probability from which a label counts as heard. auto: what was measured to be best for each label. Default: auto',
    },
    {
      flag: '--head',
      value: 'HEAD.zip',
      text: 'sounds that you trained in Teach: a head exported there, with your labels',
    },
    modelOption,
    {
      flag: '--overlap',
      value: 'S',
      text: 'seconds that a window shares with the next one. Default: as long as four windows a second give',
    },
    { flag: '--jobs', value: 'N', text: 'how many files are tagged at the same time. Default: one per processor core' },
    { flag: '--resume', text: 'skip the files that have a result of the same settings. Needs --out or --combined' },
    { flag: '--scores', text: 'also write every window’s probabilities, NAME.scores.csv. Needs --out' },
    helpOption,
  ],
  examples: [
    { command: 'earmark tag night.wav', text: 'what sounds in one file, as CSV' },
    { command: 'earmark tag /media/card --combined card.csv', text: 'a whole SD card into one table' },
    {
      command: 'earmark tag /media/card --out results --format raven --resume',
      text: 'a Raven table per recording; go on after an interruption',
    },
    {
      command: 'earmark tag "card/**/*.WAV" --labels dog,cat --threshold 0.8 --combined pets.parquet',
      text: 'only dogs and cats, and only clear ones',
    },
    { command: 'ffmpeg -i talk.mkv -f wav - | earmark tag - --format jsonl', text: 'from another program' },
  ],
};

const archive: CommandHelp = {
  name: 'archive',
  synopsis: 'plan SOURCE... --into DIR | work DIR | status DIR | retry DIR | merge DIR',
  summary: 'tag more recordings than one run can',
  paragraphs: [
    'plan writes down which files the sources hold: files, folders and patterns, as for `earmark tag`; https:// addresses of lists, with an address a line; and s3://BUCKET/PREFIX, with AWS’s SDK beside Earmark. DIR becomes the archive’s folder. Plan the same sources again to add what is new; what is done stays done.',
    'work tags, one process per core, and ends when all is done. It may be stopped or killed at any time: start it again. A file that fails, or kills its process, or hangs, is tried three times and then listed. Long recordings of one channel (WAV, FLAC) are cut into parts of 30 minutes, and give the same events as in one run.',
    'status says how far it is. retry lets unreadable files be tried again. merge writes DIR/merged: a Parquet table a day, and unreadable.csv. It refuses while a file of the plan is missing, and names it.',
  ],
  steps: ['plan', 'work', 'status', 'retry', 'merge'],
  options: [
    { flag: '--into', value: 'DIR', text: 'plan: the folder of the archive' },
    { flag: '--labels', value: 'A,B', text: 'plan: only these labels, by id or name' },
    {
      flag: '--threshold',
      value: 'auto|N',
      text: 'plan: the probability from which a label counts as heard. Default: auto',
    },
    { flag: '--head', value: 'HEAD.zip', text: 'plan: sounds that you trained in Teach' },
    { ...modelOption, text: `plan: ${modelOption.text}` },
    { flag: '--overlap', value: 'S', text: 'plan: seconds that a window shares with the next one' },
    {
      flag: '--jobs',
      value: 'N',
      text: 'work: how many files are tagged at the same time. Default: one per processor core',
    },
    {
      flag: '--queue',
      value: 'redis://HOST',
      text: 'plan, work, retry: the queue that several machines share. A password may stand in EARMARK_QUEUE instead. Default: none for plan, which is enough for one machine; else that of the plan',
    },
    {
      flag: '--until-done',
      text: 'work: end when the queue is empty. With Redis, a worker else waits for more; without, it always ends',
    },
    { flag: '--watch', text: 'status: again every two seconds, until all is done' },
    helpOption,
  ],
  examples: [
    { command: 'earmark archive plan /data/2025 --into results', text: 'which files there are' },
    { command: 'earmark archive work results', text: 'tag them; again after an interruption' },
    { command: 'earmark archive status results --watch', text: 'from another terminal' },
    {
      command: 'earmark archive plan /mnt/archive --into /mnt/results --queue redis://head-node',
      text: 'for many machines that mount both folders',
    },
    { command: 'earmark archive work /mnt/results --until-done', text: 'on each of them' },
    { command: 'earmark archive merge results', text: 'a table a day in results/merged' },
  ],
};

const listen: CommandHelp = {
  name: 'listen',
  synopsis: 'SOURCE [options]',
  summary: 'listen to a live source, and print what sounds as JSON Lines',
  paragraphs: [
    'SOURCE is - for 16-bit mono samples at the model’s rate (32 kHz) on standard input, alsa:DEVICE for a sound card, or an address or file that ffmpeg opens, such as rtsp://camera/stream. A live source that is cut off is opened again.',
    'Each event has three kinds of lines with one id: start, update once a second while it sounds, and end.',
    'An MQTT broker and a web server are told of the start and the end of every event. While they cannot be reached, up to 10,000 events wait on disk, also over a restart; then the oldest are dropped and counted. An event can arrive twice: its id and kind tell.',
    'Passwords come from the environment, where no other user sees them: EARMARK_MQTT_USERNAME, EARMARK_MQTT_PASSWORD, and EARMARK_WEBHOOK_SECRET, the key of the webhook’s signature. NODE_EXTRA_CA_CERTS names a certificate that TLS trusts, and EARMARK_HEARD_FILE a file that is written each second while sound is heard.',
  ],
  options: [
    {
      flag: '--labels',
      value: 'A,B',
      text: 'only these labels, by id or name',
    },
    { flag: '--threshold', value: 'auto|N', text: 'the probability from which a label counts as heard. Default: auto' },
    { flag: '--head', value: 'HEAD.zip', text: 'sounds that you trained in Teach' },
    modelOption,
    { flag: '--levels', text: 'also print the level of every window, in dB of full scale' },
    { flag: '--scores', text: 'also print every window’s probabilities' },
    {
      flag: '--mqtt',
      value: 'URL',
      text: 'tell an MQTT broker, such as mqtt://host or mqtts://host:8883; Home Assistant finds the labels by itself',
    },
    { flag: '--webhook', value: 'URL', text: 'post every event to a web server until it answers with success' },
    { flag: '--node', value: 'NAME', text: 'the name of this listener in topics. Default: the name of the host' },
    {
      flag: '--spool',
      value: 'DIR',
      text: 'where events wait. Default: $STATE_DIRECTORY, else ~/.local/state/earmark',
    },
    {
      flag: '--prometheus',
      value: '[HOST:]PORT',
      text: 'serve figures to Prometheus at /metrics. Default of the host: this machine alone, 127.0.0.1',
    },
    {
      flag: '--clips',
      value: 'DIR',
      text: 'write the sound of every event as a WAV file, from 5 s before it to its end; none in which someone speaks',
    },
    {
      flag: '--clips-size',
      value: 'SIZE',
      text: 'room for the clips; beyond it the weakest of the most frequent label goes. Default: 1G',
    },
    helpOption,
  ],
  examples: [
    { command: 'earmark listen alsa:default --labels dog', text: 'tells of barks at a sound card' },
    {
      command: 'earmark listen alsa:default --node kitchen --mqtt mqtt://homeassistant.local',
      text: 'shows Home Assistant what sounds in the kitchen',
    },
    { command: 'arecord -q -f S16_LE -r 32000 -c 1 -t raw | earmark listen -', text: 'from another program' },
  ],
};

const info: CommandHelp = {
  name: 'info',
  synopsis: 'PATH...',
  summary: 'say what is in sound files, as JSON Lines',
  paragraphs: [
    'Each file is decoded to its end, so that its length is what it is and not what its header claims. A line has: path, seconds, rate, channels, bits, container, codec, decoder, start, utcOffsetMinutes, startFrom, and problem if it cannot be read.',
  ],
  options: [helpOption],
  examples: [{ command: 'earmark info *.wav', text: 'one line per file' }],
};

const evaluate: CommandHelp = {
  name: 'evaluate',
  synopsis: '--clips LIST.csv --root DIR [options]',
  summary: 'measure a model on labelled clips',
  paragraphs: [
    'The list has the columns “file” and “labels” (ids or names with ; between them), in these words or those of other programs. A clip’s score is half the mean, half the maximum of the probabilities of 8 windows.',
  ],
  options: [
    { flag: '--clips', value: 'LIST.csv', text: 'columns “file” and “labels”, and “fold” where --fold is given' },
    { flag: '--root', value: 'DIR', text: 'the folder that the files are below' },
    modelOption,
    {
      flag: '--scores',
      value: 'FILE',
      text: 'judge these scores instead of a model: columns “file” and one for each label',
    },
    { flag: '--logits', value: 'FILE', text: 'judge stored logits of the model, which are calibrated' },
    { flag: '--fold', value: 'N', text: 'clips of this fold only' },
    {
      flag: '--among',
      value: 'WHICH',
      choices: ['all', 'named'],
      text: 'the labels among which a clip’s is to score highest: all, or named, those that the list names. Default: all',
    },
    { flag: '--peer', value: 'FILE', text: 'another system’s scores of the same clips, for comparison' },
    { flag: '--out', value: 'SCORES.csv', text: 'write every clip’s probabilities there' },
    { flag: '--json', value: 'OUT', text: 'write the figures there as JSON' },
    helpOption,
  ],
  examples: [{ command: 'earmark evaluate --clips clips.csv --root clips', text: 'figures of the default model' }],
};

const models: CommandHelp = {
  name: 'models',
  synopsis: '',
  summary: 'list the models that come with Earmark, as JSON Lines',
  paragraphs: ['A line has: name, summary, bytes, labels and windowsPerSecond.'],
  options: [helpOption],
  examples: [{ command: 'earmark models', text: 'one line per model' }],
};

const completion: CommandHelp = {
  name: 'completion',
  synopsis: 'bash|zsh|fish',
  summary: 'print a script that completes commands and options in a shell',
  paragraphs: [],
  steps: ['bash', 'zsh', 'fish'],
  options: [helpOption],
  examples: [{ command: 'eval "$(earmark completion bash)"', text: 'for this shell' }],
};

export const commands: readonly CommandHelp[] = [tag, archive, listen, info, evaluate, models, completion];
