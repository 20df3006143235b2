import { consume } from '@lit/context';
import { customElement, property } from 'lit/decorators.js';
import { saveFile } from '../../app/files/save-file';
import type { AppCommands } from '../../app/state';
import type { DamagedRecording } from '../../store/recordings/damaged-recordings';
import { controlStyles } from '../kit/control-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { damagedReport, damagedReportStyles } from '../kit/table/damaged-report';

/** Reports damaged recordings and events of recordings, and offers to export or delete them. Empty if there are none. */
@customElement('earmark-recordings-damaged')
export class EarmarkRecordingsDamaged extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) rows: readonly DamagedRecording[] = [];
  /** Another window has the queue, so nothing can be deleted here. */
  @property({ type: Boolean }) elsewhere = false;

  private async export(): Promise<void> {
    const exported = await this.app.recordings.exportDamaged();
    if (exported) saveFile(exported, 'earmark-recordings-damaged.json');
  }

  protected override render() {
    return damagedReport({
      rows: this.rows,
      elsewhere: this.elsewhere,
      exportThem: () => this.export(),
      deleteThem: () => this.app.recordings.removeDamaged(),
    });
  }

  static override styles = [controlStyles, damagedReportStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recordings-damaged': EarmarkRecordingsDamaged;
  }
}
