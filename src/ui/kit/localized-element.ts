import { LitElement } from 'lit';
import { LANGUAGE_EVENT, languageEvents } from '../messages/messages';

/** An element that redraws when the page's language changes. */
export abstract class LocalizedElement extends LitElement {
  private readonly onLanguage = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    languageEvents.addEventListener(LANGUAGE_EVENT, this.onLanguage);
    // The language may have changed while the element was detached.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    languageEvents.removeEventListener(LANGUAGE_EVENT, this.onLanguage);
  }
}
