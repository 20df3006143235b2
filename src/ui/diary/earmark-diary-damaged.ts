import { consume } from '@lit/context';
import { customElement, property } from 'lit/decorators.js';
import { saveFile } from '../../app/files/save-file';
import type { AppCommands } from '../../app/state';
import type { DamagedEntry } from '../../store/diary/damaged/damaged-entry';
import { controlStyles } from '../kit/control-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { damagedReport, damagedReportStyles } from '../kit/table/damaged-report';
import { diaryStyles } from './diary-styles';

/** Reports damaged entries of the diary, and offers to export or delete them. Empty if there are none. */
@customElement('earmark-diary-damaged')
export class EarmarkDiaryDamaged extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) events: readonly DamagedEntry[] = [];
  /** Another window writes the diary, so nothing can be deleted here. */
  @property({ type: Boolean }) elsewhere = false;

  private async export(): Promise<void> {
    const exported = await this.app.diary.exportDamaged();
    if (exported) saveFile(exported, 'earmark-diary-damaged.json');
  }

  protected override render() {
    return damagedReport({
      rows: this.events,
      elsewhere: this.elsewhere,
      exportThem: () => this.export(),
      deleteThem: () => this.app.diary.removeDamaged(),
    });
  }

  static override styles = [controlStyles, diaryStyles, damagedReportStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-damaged': EarmarkDiaryDamaged;
  }
}
