/**
 * A backup is a zip with everything that a person has made, in the layout of a data set (see `dataset-zip.ts`). So its
 * lists and sounds can be used without Earmark, and imported by versions of Earmark without backups. It also holds
 *
 * - `backup.json`, {@link backupCardSchema}: the version of this format, the settings, all labels, every clip as the
 *   library has it, and the file with its samples (16-bit WAV). This file is authoritative; `labels.csv` is for other
 *   software.
 * - `heads/1.json` and so on: a head without its weights, and `heads/1.bin` with them: the kernel, then the bias, as
 *   little-endian 32-bit floats. A head's zip file contains its model's network and can be written only with that
 *   model; a backup holds heads of all models.
 * - `diary/`: see `diary-parts.ts`. Backups from before there was a diary lack it.
 * - `recordings/`: see `recordings-parts.ts`. Backups from before there were recordings lack it.
 *
 * Embeddings of clips are left out: they are computed again when needed.
 */
import * as v from 'valibot';
import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import type { Head } from '../../shared/contracts/model/head';
import { type Settings, settingsSchema } from '../../shared/contracts/settings';
import type { ZipPart } from '../../shared/lib/files/zip-archive';
import { count, finiteNumber } from '../../shared/lib/schemas';
import { validate } from '../../shared/lib/validate';
import { rowSchemas } from '../row-schemas';
import { type DiaryCard, diaryCardSchema } from './diary-parts';

/** The card, which only backups have. */
export const BACKUP_CARD = 'backup.json';

/** Increased when older versions of Earmark could no longer read it. */
const BACKUP_VERSION = 1;

const versionSchema = v.object({ format: v.literal('earmark-backup'), version: v.pipe(count, v.minValue(1)) });

const path = v.pipe(v.string(), v.minLength(1));

function isUnique(texts: string[]): boolean {
  return new Set(texts).size === texts.length;
}

const backupCardSchema = v.object({
  ...versionSchema.entries,
  writtenAtMs: finiteNumber,
  settings: settingsSchema,
  labels: v.array(rowSchemas.labels),
  clips: v.pipe(
    v.array(v.object({ ...rowSchemas.clips.entries, path })),
    v.check((clips) => isUnique(clips.map(({ id }) => id)), 'twice'),
  ),
  /** Paths of the heads, without the extensions. */
  heads: v.pipe(v.array(path), v.check(isUnique, 'twice')),
  diary: v.exactOptional(diaryCardSchema),
  /** Paths of the recordings. */
  recordings: v.exactOptional(v.pipe(v.array(path), v.check(isUnique, 'twice'))),
});

export interface BackupCard {
  readonly writtenAtMs: number;
  readonly settings: Settings;
  readonly labels: readonly TaughtLabel[];
  readonly clips: readonly (ClipInfo & { readonly path: string })[];
  readonly heads: readonly string[];
  readonly diary?: DiaryCard;
  readonly recordings?: readonly string[];
}

/** @returns undefined if a newer version of Earmark has written it. @throws BadValue. */
export function parseBackupCard(value: unknown): BackupCard | undefined {
  if (validate(versionSchema, value).version > BACKUP_VERSION) return undefined;
  return validate(backupCardSchema, value) as BackupCard;
}

/** The card's file. */
export function cardPart(card: BackupCard): ZipPart {
  return jsonPart(BACKUP_CARD, { format: 'earmark-backup', version: BACKUP_VERSION, ...card });
}

/** A head's two files. */
export function headParts(head: Head, at: string): ZipPart[] {
  const { kernel, bias, ...rest } = head;
  const weights = new Float32Array(kernel.length + bias.length);
  weights.set(kernel);
  weights.set(bias, kernel.length);
  // Every machine that a browser runs on is little-endian.
  return [jsonPart(`${at}.json`, rest), { path: `${at}.bin`, bytes: new Uint8Array(weights.buffer) }];
}

/** Assembles a head from its two files. @throws BadValue if they do not form one. */
export function parseHead(rest: unknown, weights: Uint8Array<ArrayBuffer>): Head {
  const { labels } = validate(v.object({ labels: v.array(v.unknown()) }), rest);
  const whole = new Float32Array(weights.buffer.slice(0, weights.length - (weights.length % 4)));
  const kernel = whole.slice(0, Math.max(0, whole.length - labels.length));
  return validate(rowSchemas.heads, { ...(rest as object), kernel, bias: whole.slice(kernel.length) }) as Head;
}

function jsonPart(at: string, value: unknown): ZipPart {
  return { path: at, bytes: new TextEncoder().encode(JSON.stringify(value)) };
}
