import { existsSync, statSync } from 'node:fs';
import type { EventRow } from '../../../src/events/formats/event-row';
import { eventBytes } from '../../../src/events/formats/formats';
import type { ChannelReason } from '../../../src/shared/lib/sound/mono-mixer';
import type { MixFacts } from '../../../src/sound/mono';
import { UsageError } from '../../command';
import { requireWritableFile, requireWritableFolder } from '../../output-place';
import { type Findings, findSounds } from '../find/find-sounds';
import { onOneLine, textOf } from '../find/path-bytes';
import type { FileRow } from './file-tagger';
import type { Job, JobResult } from './job';
import { isDone, jobsOf, ledgerFolder, settingsFingerprint } from './jobs';
import { Ledger } from './ledger';
import { Progress } from './progress';
import { STANDARD_INPUT, withStandardInput } from './standard-input';
import type { Output, TagCommand } from './tag-arguments';
import { tagOnThreads } from './worker-pool';
import { writeBeside } from './write-beside';

/** Tags what the command names. @returns the exit status: 1 if something could not be read. */
export async function tag(command: TagCommand): Promise<number> {
  const { places, output, format } = command;
  if (output.kind === 'stdout' && format === 'parquet' && process.stdout.isTTY) {
    throw new UsageError('Parquet is no text: give --out or --combined, or send it to a file');
  }
  requireOutput(output);
  const fingerprint = await settingsFingerprint(command);
  if (!places.includes(STANDARD_INPUT)) return new TagRun(command, fingerprint).run(await findSounds(places));
  return withStandardInput(async (path) => {
    const findings = await findSounds(places.map((place) => (place === STANDARD_INPUT ? path : place)));
    return new TagRun(command, fingerprint, path).run(findings);
  });
}

/** Makes sure that results can be written, before the first file is tagged. @throws UsageError */
function requireOutput(output: Output): void {
  if (output.kind === 'folder') requireWritableFolder('--out', output.folder);
  if (output.kind !== 'combined') return;
  const { file } = output;
  requireWritableFile(file);
  // It would be replaced by a file, for all programs on this machine.
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new UsageError(`${file} is no file: without --combined, the table goes to standard output`);
  }
}

/** One run over all files. */
class TagRun {
  readonly #command: TagCommand;
  readonly #fingerprint: string;
  readonly #stdinPath: string | undefined;
  readonly #ledger: Ledger;
  #progress = new Progress(0);
  #unreadable = 0;
  #skipped = 0;
  #done = 0;
  #byFfmpeg = 0;

  constructor(command: TagCommand, fingerprint: string, stdinPath?: string) {
    this.#command = command;
    this.#fingerprint = fingerprint;
    this.#stdinPath = stdinPath;
    this.#ledger = new Ledger(ledgerFolder(command.output) ?? '');
  }

  async run({ sounds, notFound }: Findings): Promise<number> {
    const { output, format, settings, threads } = this.#command;
    for (const { path, reason } of notFound) this.#complain(textOf(path), reason);
    const jobs = jobsOf(sounds, this.#command, this.#fingerprint, this.#stdinPath);
    const waiting = await this.#withoutResult(jobs);
    this.#progress = new Progress(waiting.length);
    const results = new ResultQueue(jobs);
    const tagging = tagOnThreads({ settings, count: Math.min(threads, waiting.length) }, waiting.values(), {
      onHeard: (seconds) => this.#progress.heard(seconds),
      onDone: (job, result) => {
        this.#noteDone(job, result);
        results.settle(job, result);
      },
      onFailed: (job, reason) => {
        this.#complain(job.file.path, reason);
        results.settle(job, undefined);
      },
    });
    if (output.kind === 'stdout') await Promise.all([tagging, toStandardOutput(eventBytes(format, results.rows()))]);
    else await tagging;
    if (output.kind === 'combined') {
      await writeBeside(output.file, this.#ledger.temporary('combined'), eventBytes(format, this.#notedRows(jobs)));
    }
    this.#progress.clear();
    this.#summarize(jobs.length + notFound.length);
    return this.#unreadable > 0 ? 1 : 0;
  }

  /** With --resume, the jobs that an earlier run has not done; else all. */
  async #withoutResult(jobs: readonly Job[]): Promise<Job[]> {
    if (!this.#command.resume) return [...jobs];
    const waiting: Job[] = [];
    for (const job of jobs) {
      if (await isDone(job, this.#ledger)) this.#skipped += 1;
      else waiting.push(job);
    }
    return waiting;
  }

  /** The rows of all files that have a record, in the order of the files, which are laid end to end. */
  async *#notedRows(jobs: readonly Job[]): AsyncGenerator<EventRow> {
    let sequenceStartSeconds = 0;
    for (const { key, fingerprint, file } of jobs) {
      const record = await this.#ledger.read(key, fingerprint);
      if (!record) continue;
      const shared = { ...file, sequenceStartSeconds };
      for await (const row of this.#ledger.rows(key)) yield { ...row, file: shared };
      sequenceStartSeconds += record.seconds;
    }
  }

  #noteDone({ file }: Job, { decoder, mix }: JobResult): void {
    this.#done += 1;
    if (decoder === 'ffmpeg') this.#byFfmpeg += 1;
    this.#progress.fileEnded();
    for (const note of notesOn(mix)) this.#say(file.path, note);
  }

  #complain(path: string, reason: string): void {
    this.#unreadable += 1;
    this.#progress.fileEnded();
    this.#say(path, reason);
  }

  #say(path: string, what: string): void {
    this.#progress.clear();
    console.error(`earmark: ${onOneLine(path)}: ${onOneLine(what)}`);
  }

  /** On a terminal, and wherever not all went as the first time. */
  #summarize(found: number): void {
    if (found === 0) console.error('earmark: there are no sound files in what was named');
    const isQuiet = !process.stderr.isTTY && this.#unreadable === 0 && !this.#command.resume;
    if (isQuiet) return;
    const ffmpeg = this.#byFfmpeg === 0 ? '' : `; ${this.#byFfmpeg} decoded by ffmpeg`;
    console.error(
      `${found} found = ${this.#done} done + ${this.#unreadable} unreadable + ${this.#skipped} skipped${ffmpeg}`,
    );
  }
}

const channelReasons: Readonly<Record<ChannelReason, string>> = {
  cancels: 'the channels cancel each other',
  'others-silent': 'the others are silent',
};

/** What was done to a sound before it was tagged. */
function notesOn({ channel, beyondFullScale }: MixFacts): string[] {
  return [
    ...(channel ? [`only channel ${channel.number} was used: ${channelReasons[channel.reason]}`] : []),
    ...(beyondFullScale ? [`goes beyond full scale; made quieter by a factor of ${beyondFullScale.toFixed(1)}`] : []),
  ];
}

/** Results in the order of their jobs, whatever the order in which they come. */
class ResultQueue {
  readonly #jobs: readonly Job[];
  readonly #results = new Map<number, JobResult | undefined>();
  #wake: () => void = () => undefined;

  constructor(jobs: readonly Job[]) {
    this.#jobs = jobs;
  }

  /** @param result undefined if the file could not be read. */
  settle({ number, destination }: Job, result: JobResult | undefined): void {
    if (destination.kind !== 'back') return;
    this.#results.set(number, result);
    this.#wake();
  }

  async *rows(): AsyncGenerator<EventRow> {
    let sequenceStartSeconds = 0;
    for (const { number, file } of this.#jobs) {
      while (!this.#results.has(number)) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      const result = this.#results.get(number);
      this.#results.delete(number);
      if (!result) continue;
      const shared = { ...file, sequenceStartSeconds };
      for (const row of result.rows as FileRow[]) yield { ...row, file: shared };
      sequenceStartSeconds += result.seconds;
    }
  }
}

/** Writes no faster than the reader reads. */
async function toStandardOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
