import type { Notice } from '../../shared/contracts/messages/notice';
import { EarmarkError, isPassing } from '../../shared/contracts/messages/problem';
import type { Settings } from '../../shared/contracts/settings';
import type { BackedUp } from '../../store/backup/backup';
import type { DroppedFiles } from '../files/dropped-files';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TaggerLink } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import type { TeachState, Transfer, TransferCommands } from './teach-state';

/** Imports clips, heads and backups, and exports clips and backups. */
export class Transfers implements TransferCommands {
  readonly #parts: TeachParts;
  readonly #host: TeachHost;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  readonly #tagger: TaggerLink;
  /** Resolves when all imports and exports are done. */
  #all: Promise<void> = Promise.resolve();

  constructor(
    parts: TeachParts,
    host: TeachHost,
    holder: StateHolder<TeachState>,
    notices: Notices,
    lists: StoredLists,
    tagger: TaggerLink,
  ) {
    this.#parts = parts;
    this.#host = host;
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
    this.#tagger = tagger;
  }

  async importFiles(files: Promise<DroppedFiles>): Promise<boolean> {
    let settled = false;
    // What is refused now would be refused later. They are awaited in their turn; until then this handles the
    // rejection.
    files.catch((error: unknown) => {
      settled = error instanceof EarmarkError;
    });
    await this.#transfer('import', async (onProgress) => {
      const tagging = this.#tagger.require();
      const dropped = await files;
      const { importFiles } = await import('../files/import-files');
      const { clips, alreadyThere, heads, others, settings, problems } = await importFiles(dropped, {
        ...this.#parts,
        sampleRateHz: tagging.model.spec.sampleRateHz,
        readHead: (zip) => tagging.ask((api) => api.importHead(zip, zip.name)),
        onProgress,
      });
      settled = !problems.some(isPassing);
      await this.#lists.refresh();
      if (settings && isOther(settings, this.#host.settings)) this.#holder.change({ offeredSettings: settings });
      this.#notices.report(problems);
      return { code: 'imported', clips, alreadyThere, heads, others, leftOut: problems.length };
    });
    return settled;
  }

  exportDataset(): Promise<void> {
    return this.#transfer('export', async (onProgress) => {
      const { exportDataset } = await import('../../store/dataset/dataset-zip');
      const file = 'earmark-clips.zip';
      const { zip, clips, leftOut } = await exportDataset(this.#parts.library, onProgress);
      this.#parts.saveFile(zip, file);
      const damaged = this.#holder.state.setAside.filter(({ store }) => store === 'clips').length;
      return { code: 'clips-exported', clips, leftOut: leftOut + damaged, file };
    });
  }

  async exportBackup(): Promise<void> {
    const { backup, chooseZip, saveFile } = this.#parts;
    const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
    const target = await chooseZip(`earmark-backup-${today}.zip`);
    if (!target) return;
    const { name, file } = target;
    await this.#transfer('export', async (onProgress) => {
      const { settings } = this.#host;
      const download = async (): Promise<BackedUp> => {
        const { zip, ...backedUp } = await backup.pack(settings, onProgress);
        saveFile(zip, name);
        return backedUp;
      };
      const { clips, heads, leftOut } = await (file ? backup.stream(settings, file, onProgress) : download());
      return { code: 'backup-saved', file: name, clips, heads, leftOut: leftOut + this.#holder.state.setAside.length };
    });
  }

  async takeSettings(): Promise<void> {
    const { offeredSettings } = this.#holder.state;
    await this.leaveSettings();
    if (offeredSettings) await this.#host.changeSettings(offeredSettings);
  }

  async leaveSettings(): Promise<void> {
    this.#holder.change({ offeredSettings: undefined });
  }

  /** One after another: files dropped during an import wait for its end. */
  #transfer(
    kind: Transfer['kind'],
    work: (onProgress: (done: number, total: number) => void) => Promise<Notice>,
  ): Promise<void> {
    this.#all = this.#all.then(async () => {
      this.#holder.change({ transfer: { kind, done: 0, total: 0 }, notice: undefined });
      await this.#notices.attempt(async () => {
        const notice = await work((done, total) => this.#holder.change({ transfer: { kind, done, total } }));
        this.#holder.change({ notice });
      });
      this.#holder.change({ transfer: undefined });
    });
    return this.#all;
  }
}

/** Whether any setting differs. */
function isOther(settings: Settings, than: Settings): boolean {
  return (Object.keys(settings) as (keyof Settings)[]).some(
    (name) => JSON.stringify(settings[name]) !== JSON.stringify(than[name]),
  );
}
