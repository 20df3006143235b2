import { consume } from '@lit/context';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import type { BadRow } from '../../store/set-aside';
import { controlStyles } from '../kit/control-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { damagedReport, damagedReportStyles } from '../kit/table/damaged-report';

/** Reports damaged clips, labels and heads, and offers to export or delete them. Empty if there are none. */
@customElement('earmark-set-aside')
export class EarmarkSetAside extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) rows: readonly BadRow[] = [];
  /** Another tab holds the store, so nothing can be deleted here. */
  @property({ type: Boolean }) elsewhere = false;

  protected override render() {
    const { clips } = this.app.teach;
    return damagedReport({
      rows: this.rows,
      elsewhere: this.elsewhere,
      exportThem: () => clips.exportSetAside(),
      deleteThem: () => clips.deleteSetAside(),
    });
  }

  static override styles = [controlStyles, damagedReportStyles];
}
