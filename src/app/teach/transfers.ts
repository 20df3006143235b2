import { idForm, type TaughtLabel } from '../../shared/contracts/clip';
import type { Notice } from '../../shared/contracts/messages/notice';
import { EarmarkError, isAboutStorage, isPassing } from '../../shared/contracts/messages/problem';
import type { Settings } from '../../shared/contracts/settings';
import type { BackedUp } from '../../store/backup/backup';
import type { FindLabel } from '../../store/dataset/dataset-lists';
import type { DroppedFiles } from '../files/dropped-files';
import type { TeachShared } from './stored-lists';
import type { Transfer, TransferCommands } from './teach-state';

/** Imports clips, heads and backups, and exports clips and backups. */
export class Transfers implements TransferCommands {
  readonly #shared: TeachShared;
  /** Resolves when all imports and exports are done. */
  #all: Promise<void> = Promise.resolve();

  constructor(shared: TeachShared) {
    this.#shared = shared;
  }

  async importFiles(files: Promise<DroppedFiles>): Promise<boolean> {
    let settled = false;
    // What is refused now would be refused later. They are awaited in their turn; until then this handles the
    // rejection.
    files.catch((error: unknown) => {
      settled = error instanceof EarmarkError;
    });
    await this.#transfer('import', async (onProgress) => {
      const tagging = this.#shared.tagger.require();
      const dropped = await files;
      const { importFiles } = await import('../files/import-files');
      const { settings, problems, notTried, ...imported } = await importFiles(dropped, {
        ...this.#shared.parts,
        sampleRateHz: tagging.model.spec.sampleRateHz,
        findLabel: await this.#labelFinder(tagging.model.labels),
        readHead: (zip) => tagging.ask((api) => api.importHead(zip, zip.name)),
        onProgress,
      });
      settled = !problems.some(isPassing);
      await this.#shared.lists.refresh();
      if (settings && isOther(settings, this.#shared.host.settings))
        this.#shared.holder.change({ offeredSettings: settings });
      const { clips, heads, events = 0 } = imported;
      if (clips + heads.length + events > 0 && !problems.some(isAboutStorage)) this.#shared.notices.saved();
      this.#shared.notices.report(problems);
      return { code: 'imported', ...imported, leftOut: problems.length + notTried };
    });
    return settled;
  }

  /** Finds labels by their ids and names: the person's own, and those of the model in any language of the page. */
  async #labelFinder(shipped: readonly TaughtLabel[]): Promise<FindLabel> {
    const { library, loadLabelIds } = this.#shared.parts;
    const [own, { labelIdOf }] = await Promise.all([library.labels(), loadLabelIds()]);
    const byId = (labels: readonly TaughtLabel[]): Map<string, TaughtLabel> =>
      new Map(labels.map(({ id, name }) => [id, { id, name }]));
    const [ownById, shippedById] = [byId(own), byId(shipped)];
    return (text) => ownById.get(idForm(text)) ?? shippedById.get(labelIdOf(text));
  }

  exportDataset(): Promise<void> {
    return this.#transfer('export', async (onProgress) => {
      const { exportDataset } = await import('../../store/dataset/dataset-zip');
      const file = 'earmark-clips.zip';
      const { zip, clips, leftOut } = await exportDataset(this.#shared.parts.library, onProgress);
      this.#shared.parts.saveFile(zip, file);
      const damaged = this.#shared.holder.state.setAside.filter(({ store }) => store === 'clips').length;
      return { code: 'clips-exported', clips, leftOut: leftOut + damaged, file };
    });
  }

  async exportBackup(): Promise<void> {
    const { backup, chooseZip, saveFile } = this.#shared.parts;
    const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
    const target = await chooseZip(`earmark-backup-${today}.zip`);
    if (!target) return;
    const { name, file } = target;
    await this.#transfer('export', async (onProgress) => {
      const { settings } = this.#shared.host;
      const download = async (): Promise<BackedUp> => {
        const { zip, ...backedUp } = await backup.pack(settings, onProgress);
        saveFile(zip, name);
        return backedUp;
      };
      const { leftOut, ...backedUp } = await (file ? backup.stream(settings, file, onProgress) : download());
      return {
        code: 'backup-saved',
        file: name,
        ...backedUp,
        leftOut: leftOut + this.#shared.holder.state.setAside.length,
      };
    });
  }

  async takeSettings(): Promise<void> {
    const { offeredSettings } = this.#shared.holder.state;
    await this.leaveSettings();
    if (offeredSettings) await this.#shared.host.changeSettings(offeredSettings);
  }

  async leaveSettings(): Promise<void> {
    this.#shared.holder.change({ offeredSettings: undefined });
  }

  /** One after another: files dropped during an import wait for its end. */
  #transfer(
    kind: Transfer['kind'],
    work: (onProgress: (done: number, total: number) => void) => Promise<Notice>,
  ): Promise<void> {
    this.#all = this.#all.then(async () => {
      this.#shared.holder.change({ transfer: { kind, done: 0, total: 0 }, notice: undefined });
      await this.#shared.notices.attempt(async () => {
        const notice = await work((done, total) => this.#shared.holder.change({ transfer: { kind, done, total } }));
        this.#shared.holder.change({ notice });
      });
      this.#shared.holder.change({ transfer: undefined });
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
