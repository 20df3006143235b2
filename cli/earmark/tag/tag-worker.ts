/** Runs in a thread of its own: tags the files that the main thread names, one by one. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { eventBytes } from '../../../src/events/formats/formats';
import { folderOf } from '../find/path-bytes';
import { FileTagger, type MomentSink, type TaggedFile } from './file-tagger';
import type { Job, JobResult, WorkerMessage } from './job';
import { Ledger } from './ledger';
import { whyNotTagged } from './reasons';
import { ScoresTable } from './scores-table';
import type { TagSettings } from './settings';
import { writeBeside } from './write-beside';

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/** Reports how far a file has been heard. */
const onMoments: MomentSink = (moments) => {
  say({ kind: 'progress', seconds: moments.at(-1)?.windowEndSeconds ?? 0 });
};

async function tagged(tagger: FileTagger, job: Job): Promise<JobResult> {
  const { destination, file, modifiedMs } = job;
  const request = { path: Buffer.from(job.path), name: file.name, modifiedMs };
  if (destination.kind === 'file' && destination.scores !== undefined) {
    return withScores(tagger, job, destination.scores, request);
  }
  return keep(job, await tagger.tag(request, onMoments));
}

async function withScores(
  tagger: FileTagger,
  job: Job,
  target: Uint8Array,
  request: Parameters<FileTagger['tag']>[0],
): Promise<JobResult> {
  const temporary = ledgerOf(job).temporary(`${job.key}-scores`);
  await mkdir(dirname(temporary), { recursive: true });
  await mkdir(folderOf(Buffer.from(target)), { recursive: true });
  const labels = tagger.head.labels.map(({ id }) => id);
  const table = await ScoresTable.create(Buffer.from(target), temporary, labels);
  try {
    const found = await tagger.tag(request, async (moments) => {
      await table.add(moments);
      await onMoments(moments);
    });
    return await keep(job, found, table);
  } catch (error) {
    await table.discard();
    throw error;
  }
}

/** Puts a file's events where they belong. @param scores moved to its place with them, so that none is there alone. */
async function keep(job: Job, { rows, seconds, decoder, mix }: TaggedFile, scores?: ScoresTable): Promise<JobResult> {
  const { destination, key, fingerprint, file } = job;
  const result = { seconds, events: rows.length, decoder, mix, rows: [] };
  if (destination.kind === 'back') return { ...result, rows };
  const ledger = ledgerOf(job);
  const record = { fingerprint, path: file.path, seconds, events: rows.length, decoder };
  if (destination.kind === 'ledger') {
    await ledger.write(key, record, rows);
    return result;
  }
  // Until the new result has its record, no record may stand for it.
  await ledger.remove(key);
  const target = Buffer.from(destination.target);
  await mkdir(folderOf(target), { recursive: true });
  const withFile = rows.map((row) => ({ ...row, file: { ...file, sequenceStartSeconds: 0 } }));
  await writeBeside(target, ledger.temporary(key), eventBytes(destination.format, withFile));
  await scores?.complete();
  await ledger.write(key, record, []);
  return result;
}

function ledgerOf({ destination }: Job): Ledger {
  return new Ledger(destination.kind === 'back' ? '' : destination.ledger);
}

try {
  const tagger = await FileTagger.open(workerData as TagSettings);
  parentPort?.on('message', (job: Job) => {
    tagged(tagger, job).then(
      (result) => say({ kind: 'done', result }),
      (error: unknown) => say({ kind: 'failed', reason: whyNotTagged(error) }),
    );
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unable', reason: whyNotTagged(error) });
}
