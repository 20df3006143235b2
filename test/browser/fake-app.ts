import type { Alert, AlertCommands } from '../../src/app/diary/alerts/alert';
import type { MeasuredModel } from '../../src/app/listening/measure-model';
import type { ModelLibrary } from '../../src/app/model-library';
import { Rewind } from '../../src/app/rewind/rewind';
import type { AppCommands, AppState, HeardTags, Phase } from '../../src/app/state';
import { type Change, Feed, StateHolder } from '../../src/app/state-holder';
import type { Head } from '../../src/shared/contracts/model/head';
import type { Label } from '../../src/shared/contracts/model/label';
import type { ListedModel } from '../../src/shared/contracts/model/model-list';
import type { Settings } from '../../src/shared/contracts/settings';
import type { ModelInfo, Tags } from '../../src/shared/contracts/tagger-api';
import { defaultSettings } from '../../src/store/settings';
import labelList from '../../training/lists/labels.json';
import { FakeDiary } from './fake-diary';
import { FakeRecordings } from './fake-recordings';
import { FakeTeach } from './fake-teach';
import '../../src/ui/page/earmark-app';
import '../../src/ui/after-first-paint';
import { nextTurn } from '../../src/shared/lib/next-turn';
import { pageDrawn } from '../../src/ui/kit/page-drawn';
import type { EarmarkMeter } from '../../src/ui/listen/meters/earmark-meter';
import type { EarmarkApp } from '../../src/ui/page/earmark-app';
import '../../src/ui/tokens.css';
import { symmetricSpec } from '../support/feature-spec';

export const labels = labelList as readonly Label[];

export const spec = symmetricSpec;

/** The normalised values of digital silence and of a sine of full scale under {@link spec}. */
export const silence = -2.5;
export const fullScale = 2.5;

export const model: ModelInfo = {
  name: 'earmark-52',
  labels,
  spec,
  backbone: 'earmark-52-0123456789abcdef',
  backend: {
    taken: 'wasm',
    why: 'first',
    tagsPerSecond: 8,
    roomMs: 62.5,
    trials: [
      { backend: 'webgpu', outcome: 'software', renderer: 'SwiftShader' },
      { backend: 'wasm', outcome: 'taken', medianMs: 21.3 },
    ],
  },
};

/** A head that nothing was measured of. */
export function headOf(headLabels: Head['labels']): Head {
  const shippedAuc = { before: 0.9, after: 0.9 };
  const proof = { folds: 0, clips: 0, labels: [], wrongClips: [], shippedAuc, advice: [] };
  return {
    id: 'head-1',
    name: 'Kitchen',
    createdAtMs: 1_700_000_000_000,
    backbone: model.backbone,
    labels: headLabels,
    kernel: new Float32Array(1),
    bias: new Float32Array(1),
    calibration: { scale: [], offset: [] },
    proof,
  };
}

export const settings: Settings = { ...defaultSettings, model: model.name };

/** Stands in for the alerts: tells what the test says. */
class FakeAlerts extends Feed<Alert> implements AlertCommands {
  readonly tested: Alert[] = [];

  test(alert: Alert): void {
    this.tested.push(alert);
  }
}

/** Stands in for the app: holds any state, fires any tags, and writes down what it was asked for. */
export class FakeApp extends StateHolder<AppState> implements AppCommands {
  readonly calls: unknown[][] = [];
  readonly tags = new Feed<HeardTags>();
  readonly teach = new FakeTeach();
  readonly diary = new FakeDiary();
  readonly alerts = new FakeAlerts();
  readonly recordings = new FakeRecordings();
  /** What the server would give; an error where it cannot be reached. */
  modelList: readonly ListedModel[] | Error = [
    { name: 'earmark-52', bytes: 1_000_000, summary: { en: 'Small.', de: 'Klein.' } },
    { name: 'other-1', bytes: 12_000_000, summary: { en: 'Large.', de: 'Groß.' } },
  ];
  modelCard: string | Error = '# earmark-52\n\nHears *52* sounds.\n\n| set | AUC |\n| --- | --- |\n| outside | 0.94 |';
  measured: MeasuredModel | Error = { model, backend: 'wasm', tagMs: 1.24, tagsPerSecond: 8 };
  readonly models: ModelLibrary = {
    list: async () => orThrow(this.modelList),
    card: async () => orThrow(this.modelCard),
    measure: async (name) => {
      this.calls.push(['measure', name]);
      return orThrow(this.measured);
    },
  };
  readonly rewind = new Rewind(this.teach);
  /** Audio clock at the end of the last result. */
  private heardSeconds = 0;

  constructor(state: AppState) {
    super(state);
    this.rewind.begin(spec);
  }

  /** As the app does: where sound comes in, that is what the person wanted. */
  override change(change: Change<AppState>): void {
    super.change({ ...wantedIn(change.phase), ...change });
  }

  /** Fires a result; labels that are not named have the probability 0. */
  tag(probabilities: Record<string, number>, more: Partial<Tags> = {}, latencyMs = 120): void {
    this.heardSeconds += 0.125;
    const tags: Tags = {
      head: 'shipped',
      probabilities: Float32Array.from(labels, ({ id }) => probabilities[id] ?? 0),
      columns: new Float32Array(8 * spec.melBands).fill(silence),
      windowEndSeconds: this.heardSeconds,
      heardAtMs: 0,
      levelDb: -40,
      isResting: false,
      modelMs: 20,
      tagsPerSecond: 8,
      droppedPieces: 0,
      ...more,
    };
    this.rewind.take(tags);
    this.tags.tell({ tags, latencyMs });
  }

  async startListening(): Promise<void> {
    this.calls.push(['startListening']);
  }

  async startDemo(): Promise<void> {
    this.calls.push(['startDemo']);
  }

  async stopListening(): Promise<void> {
    this.calls.push(['stopListening']);
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    this.calls.push(['changeSettings', change]);
  }

  async remedy(): Promise<void> {
    this.calls.push(['remedy']);
  }

  dismissProblem(): void {
    this.calls.push(['dismissProblem']);
  }

  dismissRecovery(): void {
    this.calls.push(['dismissRecovery']);
  }
}

function wantedIn(phase: Phase | undefined): Partial<AppState> {
  if (phase === 'starting' || phase === 'listening' || phase === 'waiting') return { wanted: 'listening' };
  return phase === 'ready' ? { wanted: 'stopped' } : {};
}

function orThrow<Value>(value: Value | Error): Value {
  if (value instanceof Error) throw value;
  return value;
}

export interface OpenedPage {
  readonly app: FakeApp;
  readonly element: EarmarkApp;
}

/** Opens the page with the model loaded, unless `state` says otherwise. */
export async function openPage(state: Partial<AppState> = {}): Promise<OpenedPage> {
  const app = new FakeApp({
    phase: 'ready',
    wanted: 'stopped',
    demo: false,
    settings,
    devices: [],
    model,
    ...wantedIn(state.phase),
    ...state,
  });
  const element = document.createElement('earmark-app');
  element.app = app;
  document.body.replaceChildren(element);
  await settled(element);
  return { app, element };
}

/** Waits until the page and all elements in it have drawn the newest state. */
export async function settled(element: EarmarkApp): Promise<void> {
  // Each element updates after the one that holds it; the page is three deep, and some have a turn of their own.
  for (let depth = 0; depth < 4; depth++) {
    await element.updateComplete;
    await nextTurn();
  }
  // The small meters come one drawing after the strongest.
  await pageDrawn();
  await pageDrawn();
}

export function milliseconds(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

/** All elements of a selector in document order, shadow trees included. */
export function deepAll<E extends Element>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.matches(selector) ? [element as E] : []),
    ...(element.shadowRoot ? deepAll<E>(selector, element.shadowRoot) : []),
  ]);
}

export function meters(): EarmarkMeter[] {
  return deepAll<EarmarkMeter>('earmark-meter');
}

export function shownNames(): string[] {
  return meters()
    .filter((meter) => meter.checkVisibility())
    .map((meter) => meter.getAttribute('aria-label') ?? '');
}
