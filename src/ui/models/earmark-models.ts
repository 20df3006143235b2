import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands, AppState } from '../../app/state';
import { type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { ListedModel } from '../../shared/contracts/model/model-list';
import { controlStyles } from '../kit/control-styles';
import './earmark-model-cost';
import './earmark-model-figures';
import { bytes } from '../kit/format';
import { checkIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { language, t } from '../messages/messages';
import { drawMarkdown } from './markdown';
import { modelsStyles } from './models-styles';

/** The Models view: the available networks, the one in use, and its measurements. */
@customElement('earmark-models')
export class EarmarkModels extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;

  @state() private models: readonly ListedModel[] | undefined;
  @state() private problem: Problem | undefined;
  /** The card that is shown, and whose it is. */
  @state() private card: { readonly name: string; readonly text: string } | undefined;
  @state() private cardProblem: Problem | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    this.problem = undefined;
    try {
      this.models = await this.app.models.list();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('appState')?.settings.model;
    if (changed.has('appState') && before !== this.appState.settings.model) void this.loadCard();
  }

  private async loadCard(): Promise<void> {
    const name = this.appState.settings.model;
    this.card = undefined;
    this.cardProblem = undefined;
    try {
      const text = await this.app.models.card(name);
      if (name === this.appState.settings.model) this.card = { name, text };
    } catch (error) {
      if (name === this.appState.settings.model) this.cardProblem = problemOf(error);
    }
  }

  private failed(problem: Problem, retry: () => void) {
    return html`
      <div class="failed" role="alert">
        <p>${t.problemText(problem)}</p>
        <button type="button" @click=${retry}>${t.teach.tryAgain}</button>
      </div>
    `;
  }

  private row({ name, bytes: size, summary }: ListedModel) {
    const { settings, model, phase } = this.appState;
    const chosen = settings.model === name;
    const loaded = chosen && model?.name === name;
    return html`
      <li>
        <h3>${name}</h3>
        <p>${summary[language]}</p>
        <p class="hint">${loaded ? t.models.facts(model.labels.length, bytes(size)) : bytes(size)}</p>
        <button
          type="button"
          class=${chosen ? 'chosen' : ''}
          aria-pressed=${chosen}
          aria-label=${t.heads.action(chosen ? t.models.inUse : t.models.use, name)}
          @click=${() => void this.app.changeSettings({ model: name })}
        >
          ${chosen && phase === 'loading' ? t.models.loading : chosen ? html`${checkIcon}${t.models.inUse}` : t.models.use}
        </button>
        <earmark-model-cost .name=${name}></earmark-model-cost>
      </li>
    `;
  }

  private list() {
    if (this.problem) return this.failed(this.problem, () => void this.load());
    if (!this.models) return html`<p class="hint" role="status">${t.models.loadingList}</p>`;
    return html`<ul class="models">${this.models.map((model) => this.row(model))}</ul>`;
  }

  private about() {
    const { name } = this.card ?? {};
    if (this.cardProblem) return this.failed(this.cardProblem, () => void this.loadCard());
    if (!this.card) return html`<p class="hint" role="status">${t.models.loadingCard}</p>`;
    return html`
      ${language === 'en' ? nothing : html`<p class="hint">${t.models.cardInEnglish}</p>`}
      <article lang="en" dir="ltr" aria-label=${name ?? nothing}>${drawMarkdown(this.card.text, 3)}</article>
      <p><a href="attribution.csv" download>${t.models.attribution}</a></p>
    `;
  }

  protected override render() {
    const { model, settings } = this.appState;
    return html`
      <section aria-labelledby="models">
        <h2 id="models">${t.models.title}</h2>
        <p class="hint">${t.models.what}</p>
        ${this.list()}
      </section>
      <section class="about" aria-labelledby="about">
        <h2 id="about">${t.models.about}</h2>
        ${model?.figures && model.name === settings.model ? html`<earmark-model-figures .model=${model}></earmark-model-figures>` : nothing}
        ${this.about()}
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    modelsStyles,
    css`
      /* The card is read next to the list of models. */
      @media (width >= 80rem) {
        :host {
          grid-template-columns: minmax(0, 1fr) minmax(0, 3fr);
          gap: var(--space-7);
        }

        .models {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-models': EarmarkModels;
  }
}
