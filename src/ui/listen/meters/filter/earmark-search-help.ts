import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../../../app/state';
import { controlStyles } from '../../../kit/control-styles';
import { LocalizedElement } from '../../../kit/localized-element';
import { appContext } from '../../../kit/state/app-context';
import { addressOf } from '../../../kit/tabs';
import { isNamed } from '../../../messages/goes-by';
import { t } from '../../../messages/messages';
import type { MeterLabel } from '../meter-labels';
import { everyLabel, passes } from './label-filter';

/** If no name matches a search, says what was found instead, and links to Teach with the searched word. */
@customElement('earmark-search-help')
export class EarmarkSearchHelp extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** The labels to search. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];
  @property({ attribute: false }) filter = everyLabel;

  private get sentence(): string {
    const { labels, filter } = this;
    const text = filter.text.trim();
    if (labels.some((label) => passes(label, filter))) return t.search.related(text);
    const isElsewhere = labels.some((label) => passes(label, { ...filter, group: undefined }));
    if (filter.group === undefined || !isElsewhere) return t.search.unknown(text);
    return t.search.inOtherGroup(t.groups[filter.group], text);
  }

  private async teach(text: string): Promise<void> {
    await this.app.teach.drafts.startTeaching(text);
    location.hash = addressOf('teach');
  }

  private help() {
    const { labels, filter } = this;
    const text = filter.text.trim();
    // Elsewhere, and without a model, no search has failed.
    if (text === '' || labels.length === 0) return nothing;
    if (labels.some((label) => passes(label, filter) && isNamed(label, text))) return nothing;
    const isCalledSo = labels.some((label) => isNamed(label, text));
    return html`<p>${this.sentence}</p>
      ${isCalledSo ? nothing : html`<button type="button" @click=${() => void this.teach(text)}>${t.search.teach}</button>`}`;
  }

  protected override render() {
    return html`<div role="status">${this.help()}</div>`;
  }

  static override styles = [
    controlStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
      }

      div:has(p) {
        padding-block: var(--space-4) 0;
      }

      p {
        color: var(--text-muted);
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-search-help': EarmarkSearchHelp;
  }
}
