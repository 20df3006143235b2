import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeardClip } from '../../../../src/shared/contracts/diary/heard';
import { clipsToDelete, type SizedClip } from '../../../../src/shared/lib/clip-budget';
import { encodeWav } from '../../../../src/shared/lib/files/wav';
import { UsageError } from '../../../command';
import { faultOfFolder } from '../../../output-place';
import { isFull, reasonOf } from '../../../system-reason';
import { writeBeside } from '../../tag/write-beside';
import type { ClipLine } from '../event-line';
import type { Say } from './output';

/** A clip on disk. */
interface StoredClip extends SizedClip {
  readonly name: string;
}

/** `20260601T200010.500Z_dog_0.93_ID.wav`: from the name, a later run knows what it is. */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z_(.+)_([01]\.\d\d)_[\w-]+\.wav$/;

/**
 * The sounds of events, as WAV files in a folder, within a budget: beyond it, the weakest clip of the label whose clips
 * take the most room goes, as in the page's diary. Other files in the folder are not touched.
 */
export class ClipFolder {
  readonly #folder: string;
  readonly #mostBytes: number;
  readonly #say: Say;
  #clips: StoredClip[];
  /** What is being written: one after the other. */
  #writing: Promise<void> = Promise.resolve();

  /** @throws UsageError if the folder cannot be used. */
  constructor(folder: string, mostBytes: number, say: Say) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
    this.#say = say;
    const fault = faultOfFolder(folder);
    if (fault && !isFull(fault)) throw new UsageError(`clips cannot be written into ${folder}: ${reasonOf(fault)}`);
    this.#clips = readdirSync(folder).flatMap((name) => storedClip(folder, name));
  }

  /** Writes a clip. @param onWritten is told of the file. */
  save(clip: HeardClip, about: { label: string; peakProbability: number }, onWritten: (line: ClipLine) => void): void {
    this.#writing = this.#writing.then(() => this.#write(clip, about, onWritten));
  }

  /** Resolves when all clips are written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #write(
    { event, startMs, samples, sampleRateHz }: HeardClip,
    { label, peakProbability }: { label: string; peakProbability: number },
    onWritten: (line: ClipLine) => void,
  ): Promise<void> {
    const wav = new Uint8Array(encodeWav(samples, sampleRateHz));
    const start = new Date(startMs).toISOString();
    const stamp = start.replaceAll(/[-:]/g, '');
    const name = `${stamp}_${label.replaceAll(/[^\w-]/g, '_')}_${peakProbability.toFixed(2)}_${event}.wav`;
    const file = join(this.#folder, name);
    const stored = { name, label, peakProbability, startMs, bytes: wav.byteLength, isKept: false };
    try {
      if (!(await this.#makeRoom(stored))) return;
      await writeBeside(file, `${file}.part`, [wav]);
    } catch (error) {
      this.#say(`${file} cannot be written: ${reasonOf(error as NodeJS.ErrnoException)}. The listening goes on.`);
      return;
    }
    this.#clips.push(stored);
    onWritten({ kind: 'clip', id: event, file, start, seconds: samples.length / sampleRateHz });
  }

  /** @returns whether the new clip is to be written: it may be the one that has to go. */
  async #makeRoom(stored: StoredClip): Promise<boolean> {
    const gone = new Set(clipsToDelete([...this.#clips, stored], this.#mostBytes));
    this.#clips = this.#clips.filter((clip) => !gone.has(clip));
    for (const clip of gone) if (clip !== stored) await rm(join(this.#folder, clip.name), { force: true });
    return !gone.has(stored);
  }
}

/** What a file name tells of a clip; nothing of another file. */
function storedClip(folder: string, name: string): StoredClip[] {
  const [isClip, year, month, day, hour, minute, second, label = '', peak] = NAME.exec(name) ?? [];
  if (isClip === undefined) return [];
  return [
    {
      name,
      label,
      peakProbability: Number(peak),
      startMs: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
      bytes: statSync(join(folder, name)).size,
      isKept: false,
    },
  ];
}
