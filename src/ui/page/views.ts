import { html, type TemplateResult } from 'lit';
import type { AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import type { TabId } from '../kit/tabs';
import { loadAllTexts } from '../messages/messages';

/** What the page passes to the view that it draws. */
export interface ViewContext {
  readonly hidden: boolean;
  readonly appState: AppState;
  readonly teachState: TeachState;
  /** Opens the list of shortcuts. */
  readonly help: () => void;
}

interface LazyView {
  /** Fetches the view's code, and the texts that the first paint does not need. */
  readonly load: () => Promise<unknown>;
  /** Draws it once its code is there. */
  readonly draw: (context: ViewContext) => TemplateResult;
}

/** The views that the first paint does not need. Listen is part of the page. */
export const lazyViews: Readonly<Record<Exclude<TabId, 'listen'>, LazyView>> = {
  diary: {
    load: () => Promise.all([import('../diary/earmark-diary'), loadAllTexts()]),
    draw: ({ hidden, appState, teachState }) =>
      html`<earmark-diary ?hidden=${hidden} .appState=${appState} .teach=${teachState}></earmark-diary>`,
  },
  recordings: {
    load: () => Promise.all([import('../recordings/earmark-recordings'), loadAllTexts()]),
    draw: ({ hidden, appState, teachState }) =>
      html`<earmark-recordings ?hidden=${hidden} .appState=${appState} .teach=${teachState}></earmark-recordings>`,
  },
  teach: {
    load: () => Promise.all([import('../teach/earmark-teach'), loadAllTexts()]),
    draw: ({ hidden, appState, teachState }) =>
      html`<earmark-teach ?hidden=${hidden} .appState=${appState} .teach=${teachState}></earmark-teach>`,
  },
  models: {
    load: () => Promise.all([import('../models/earmark-models'), loadAllTexts()]),
    draw: ({ hidden, appState }) => html`<earmark-models ?hidden=${hidden} .appState=${appState}></earmark-models>`,
  },
  settings: {
    load: () => Promise.all([import('../settings/earmark-settings'), loadAllTexts()]),
    draw: ({ hidden, appState: { settings, devices }, teachState, help }) =>
      html`<earmark-settings ?hidden=${hidden} .settings=${settings} .devices=${devices} .teach=${teachState} @help=${help}></earmark-settings>`,
  },
};
