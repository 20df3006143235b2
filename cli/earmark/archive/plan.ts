import { copyFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../command';
import { visitSounds } from '../find/find-sounds';
import { onOneLine, textOf } from '../find/path-bytes';
import { hashOf } from '../tag/ledger';
import { alone } from './alone';
import { type Archive, ArchiveFolder, type ArchiveOptions, newArchiveId, type PathText } from './archive-folder';
import { Manifest, ManifestWriter, prepareFolder } from './manifest';
import { pathText } from './path-text';
import { BullQueue } from './redis/bull-queue';
import { shownAddress } from './redis/redis-address';
import { countResults } from './results';
import { archiveFingerprint, queueAddress, tagSettings } from './settings';
import { isRemote, listRemote } from './sources/remote';

export interface PlanCommand {
  readonly sources: readonly string[];
  readonly folder: string;
  readonly options: Omit<ArchiveOptions, 'hasHead'>;
  readonly headFile: string | undefined;
  /** The address of Redis; undefined for that of an earlier plan, or a queue on this machine. */
  readonly queue?: string | undefined;
}

/** Writes down which files an archive has. @returns the exit status. */
export async function plan(command: PlanCommand): Promise<number> {
  const folder = new ArchiveFolder(command.folder);
  await prepareFolder(folder);
  return alone(join(folder.path, 'plan.lock'), 'plans', () => new Plan(folder, command).run());
}

class Plan {
  readonly #folder: ArchiveFolder;
  readonly #command: PlanCommand;
  readonly #roots: PathText[] = [];
  readonly #rootNumbers = new Map<string, number>();

  constructor(folder: ArchiveFolder, command: PlanCommand) {
    this.#folder = folder;
    this.#command = command;
  }

  async run(): Promise<number> {
    const before = await this.#folder.readIfPlanned();
    const sources = this.#command.sources.map((source) => (isRemote(source) ? source : resolve(source)));
    const options = await this.#options(before);
    const fingerprint = await archiveFingerprint(tagSettings({ options }, this.#folder));
    if (before) requireSamePlan(this.#folder, before, fingerprint, sources);
    const address = queueAddress(this.#command.queue, before?.queue);
    const manifest = await this.#writeManifest(fingerprint);
    if (manifest.files === 0) throw new Error('there are no sound files in what was named: nothing is planned');
    const archive: Archive = {
      format: 1,
      id: before?.id ?? newArchiveId(),
      fingerprint,
      options,
      timeZone: before?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      sources,
      roots: this.#roots,
      manifest,
      queue: address === undefined ? undefined : shownAddress(address),
    };
    const isChanged = before !== undefined && before.manifest.name !== manifest.name;
    await this.#folder.write(archive);
    const planned = await Manifest.open(this.#folder, manifest);
    if (address !== undefined) await this.#fill(archive, planned, address, isChanged);
    if (isChanged) await this.#removeManifest(before.manifest.name);
    const { done, unreadable } = await countResults(this.#folder, planned);
    const waiting = manifest.files - done - unreadable;
    console.error(`${manifest.files} files planned: ${done} done, ${unreadable} unreadable, ${waiting} to do`);
    return 0;
  }

  async #fill(archive: Archive, manifest: Manifest, address: string, isChanged: boolean): Promise<void> {
    const queue = await BullQueue.open(this.#folder, archive, address);
    try {
      if (isChanged) await queue.forgetJobs();
      await queue.fill(manifest);
    } finally {
      await queue.close();
    }
  }

  /** A trained head becomes part of the archive, so that every machine has it. */
  async #options(before: Archive | undefined): Promise<ArchiveOptions> {
    const { headFile, options } = this.#command;
    if (headFile !== undefined && !before) await copyFile(headFile, this.#folder.headFile);
    return { ...options, hasHead: headFile !== undefined };
  }

  async #writeManifest(fingerprint: string): Promise<Archive['manifest']> {
    const writer = new ManifestWriter(this.#folder);
    const keyOf = (path: Buffer, bytes: number): string => hashOf(fingerprint, path, String(bytes));
    const { sources } = this.#command;
    try {
      await visitSounds(
        sources.filter((source) => !isRemote(source)),
        {
          onSound: ({ path, bytes, modifiedMs, root }) => {
            writer.add({ key: keyOf(path, bytes), ...pathText(path), bytes, modifiedMs, root: this.#rootNumber(root) });
          },
          onNotFound: ({ path, reason }) => {
            if (sources.some((source) => resolve(source) === path.toString() || source === path.toString())) {
              throw new UsageError(`${textOf(path)}: ${reason}`);
            }
            console.error(`earmark: ${onOneLine(textOf(path))}: ${reason}`);
            const root = this.#rootNumber(path);
            writer.add({ key: keyOf(path, 0), ...pathText(path), bytes: 0, root, problem: reason });
          },
        },
      );
      for (const source of sources.filter(isRemote)) {
        const root = this.#rootNumber(Buffer.from(source));
        for await (const file of listRemote(source)) {
          writer.add({ key: keyOf(Buffer.from(file.path), file.bytes), ...file, root });
        }
      }
      return await writer.finish();
    } finally {
      writer.discard();
    }
  }

  #rootNumber(root: Buffer): number {
    const name = root.toString('latin1');
    const known = this.#rootNumbers.get(name);
    if (known !== undefined) return known;
    this.#rootNumbers.set(name, this.#roots.length);
    this.#roots.push(pathText(root));
    return this.#roots.length - 1;
  }

  async #removeManifest(name: string): Promise<void> {
    for (const file of [name, name.replace('.jsonl', '.index.json')]) {
      await rm(this.#folder.manifestFile(file), { force: true });
    }
  }
}

/** @throws UsageError if a folder holds another plan. */
function requireSamePlan(
  folder: ArchiveFolder,
  before: Archive,
  fingerprint: string,
  sources: readonly string[],
): void {
  const missing = before.sources.filter((source) => !sources.includes(source));
  if (missing.length > 0) {
    throw new UsageError(
      `${folder.path} is the archive of ${before.sources.join(', ')}: name ${missing.join(', ')} as well, or plan into another folder`,
    );
  }
  if (before.fingerprint === fingerprint) return;
  throw new UsageError(
    `${folder.path} was planned with other options (${optionsText(before.options)}), another model or another version of Earmark: give the same, or plan into another folder`,
  );
}

function optionsText({ model, hasHead, threshold, labels, overlapSeconds }: ArchiveOptions): string {
  return [
    `--model ${model}`,
    ...(hasHead ? ['--head'] : []),
    ...(threshold === undefined ? [] : [`--threshold ${threshold}`]),
    ...(labels === undefined ? [] : [`--labels ${labels.join(',')}`]),
    ...(overlapSeconds === undefined ? [] : [`--overlap ${overlapSeconds}`]),
  ].join(' ');
}
