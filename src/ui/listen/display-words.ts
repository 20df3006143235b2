import { html } from 'lit';
import type { Phase } from '../../app/state';
import { soundIcon } from '../kit/icons';
import { t } from '../messages/messages';

/**
 * What the display says while it has nothing to draw; undefined otherwise.
 *
 * @param hasHeard whether anything was heard since the page was opened.
 */
export function displayWords(phase: Phase, hasHeard: boolean, onDemo: () => void) {
  if (phase === 'failed') return html`<p>${t.app.noModel}</p>`;
  if (phase === 'starting') return html`<p>${t.app.mayAsk}</p>`;
  if (phase === 'listening' || hasHeard) return undefined;
  return html`
    <h2>${t.app.welcome}</h2>
    <p>${t.app.howTo}</p>
    <button type="button" aria-disabled=${phase !== 'ready'} @click=${() => phase === 'ready' && onDemo()}>
      ${soundIcon}${t.app.tryDemo}
    </button>
  `;
}
