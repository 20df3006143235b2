import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { saveFile } from '../../app/files/save-file';
import type { AppCommands } from '../../app/state';
import type { DamagedEvent } from '../../store/diary/damaged-events';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import '../kit/table/earmark-table-actions';
import type { TableData } from '../kit/table/table-data';
import { t } from '../messages/messages';
import { diaryStyles } from './diary-styles';

/** Names that are shown; the others are counted. */
const MOST_NAMES = 5;

/** Reports damaged entries of the diary, and offers to export or delete them. Empty if there are none. */
@customElement('earmark-diary-damaged')
export class EarmarkDiaryDamaged extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) events: readonly DamagedEvent[] = [];
  /** Another window writes the diary, so nothing can be deleted here. */
  @property({ type: Boolean }) elsewhere = false;

  private get table(): TableData {
    return {
      name: t.setAside.title,
      columns: [t.setAside.name, t.setAside.fault],
      rows: this.events.map((event) => [event.name, t.setAside.faultOf(event)]),
    };
  }

  private async export(): Promise<void> {
    saveFile(await this.app.diary.exportDamaged(), 'earmark-diary-damaged.json');
  }

  protected override render() {
    const { events } = this;
    if (events.length === 0) return nothing;
    const names = events.slice(0, MOST_NAMES).map(({ name }) => name);
    const others = events.length - names.length;
    return html`
      <section aria-label=${t.setAside.title}>
        <p>${t.setAside.found(events.length)}</p>
        <ul>
          ${names.map((name) => html`<li>${name}</li>`)}
          ${others > 0 ? html`<li>${t.setAside.more(others)}</li>` : nothing}
        </ul>
        <p>${t.setAside.advice}</p>
        <div class="bar">
          <button type="button" @click=${() => void this.export()}>${t.setAside.exportThem}</button>
          <button type="button" ?disabled=${this.elsewhere} @click=${() => void this.app.diary.removeDamaged()}>
            ${t.setAside.deleteThem}
          </button>
        </div>
        <earmark-table-actions .data=${this.table}></earmark-table-actions>
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      section {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }

      li {
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-damaged': EarmarkDiaryDamaged;
  }
}
