import { setTimeout as delay } from 'node:timers/promises';
import { onOneLine } from '../find/path-bytes';
import { durationText } from '../tag/progress';
import { ArchiveFolder } from './archive-folder';
import { Manifest } from './manifest';
import { countResults } from './results';
import { isDead, readNotes } from './worker-note';

const WATCH_SECONDS = 2;
/** Paths that are shown of those in work. */
const MOST_PATHS = 10;

export interface StatusCommand {
  readonly folder: string;
  readonly watch: boolean;
}

/** Prints how far an archive is. @returns the exit status. */
export async function status({ folder: path, watch }: StatusCommand): Promise<number> {
  const folder = new ArchiveFolder(path);
  for (;;) {
    const { text, isComplete } = await statusText(folder);
    if (watch && process.stdout.isTTY) process.stdout.write('\x1b[H\x1b[2J');
    process.stdout.write(text);
    if (!watch || isComplete) return 0;
    await delay(1000 * WATCH_SECONDS);
  }
}

async function statusText(folder: ArchiveFolder): Promise<{ text: string; isComplete: boolean }> {
  const archive = await folder.read();
  const { files } = archive.manifest;
  const { done, unreadable } = await countResults(folder, await Manifest.open(folder, archive.manifest));
  const notes = await readNotes(folder);
  const living = notes.filter((note) => !isDead(note));
  const dead = notes.filter(isDead);
  const left = files - done - unreadable;
  const filesPerSecond = living.reduce((sum, note) => sum + note.filesPerSecond, 0);
  const speed = living.reduce((sum, note) => sum + note.speed, 0);
  const running = living.flatMap((note) => note.running);
  const isTimeKnown = left > 0 && filesPerSecond > 0;
  const lines = [
    `${files} files: ${done} done, ${unreadable} unreadable, ${left} to do`,
    `running: ${running.length} files, ${living.length} workers`,
    ...(running.length > 0 ? running.slice(0, MOST_PATHS).map((path) => `  ${onOneLine(path)}`) : []),
    ...(running.length > MOST_PATHS ? [`  and ${running.length - MOST_PATHS} more`] : []),
    `rate: ${filesPerSecond.toFixed(2)} files a second, ${Math.round(speed)} × real time`,
    ...(isTimeKnown ? [`time left: ${durationText(left / filesPerSecond)}`] : []),
    ...living.flatMap(({ host, pid, waitsFor }) =>
      waitsFor === undefined ? [] : [`worker ${pid} of ${host} waits: ${onOneLine(waitsFor)}`],
    ),
    ...dead.map(({ host, pid, running: had }) => {
      const what = had.length === 0 ? 'nothing' : had.map(onOneLine).join(', ');
      return `dead worker: ${pid} of ${host}, which had ${what} in work`;
    }),
    ...(left > 0 && living.length === 0 ? [`no worker: start \`earmark archive work ${folder.path}\``] : []),
    ...(left === 0 ? [`all is done: \`earmark archive merge ${folder.path}\` makes the tables`] : []),
  ];
  return { text: `${lines.join('\n')}\n`, isComplete: left === 0 };
}
