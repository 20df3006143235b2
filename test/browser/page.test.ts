import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import type { Phase } from '../../src/app/state';
import { EarmarkError, type Problem, type Remedy } from '../../src/shared/contracts/messages/problem';
import { type Settings, SHARED_SOUND } from '../../src/shared/contracts/settings';
import { deepAll, type FakeApp, model, openPage, settings, settled } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

/** Within shadow trees too, where `document.activeElement` sees only the page. */
const hasFocus = (locator: Locator) => expect.poll(() => locator.query()?.matches(':focus')).toBe(true);

const button = (name: string) => page.getByRole('button', { name, exact: true });

/** The page without a model, as it is while it loads or after it failed. */
async function openWithoutModel(phase: Phase, problem?: Problem): Promise<FakeApp> {
  const { app } = await openPage({ phase });
  app.change({ model: undefined, problem });
  return app;
}

describe('the primary button', () => {
  it('starts when ready', async () => {
    const { app } = await openPage({ phase: 'ready' });
    await button('Start listening').click();
    expect(app.calls).toEqual([['startListening']]);
  });

  it('stops when listening', async () => {
    const { app } = await openPage({ phase: 'listening' });
    await expect.element(page.getByText('Microphone on.')).toBeVisible();
    app.change({ settings: { ...settings, deviceId: SHARED_SOUND } });
    await expect.element(page.getByText('Hears shared sound.')).toBeVisible();
    await button('Stop listening').click();
    expect(app.calls).toEqual([['stopListening']]);
  });

  it('is busy and does nothing while the model is loading', async () => {
    const { app } = await openPage({ phase: 'loading' });
    const loading = button('Loading the model…');
    await expect.element(loading).toHaveAttribute('aria-busy', 'true');
    await expect.element(loading).toHaveAttribute('aria-disabled', 'true');
    (loading.element() as HTMLElement).click();
    expect(app.calls).toEqual([]);
  });

  it.each(['loading', 'starting', 'waiting'] as const)(
    'is busy and stops while listening is wanted and the phase is %s',
    async (phase) => {
      const { app } = await openPage({ phase, wanted: 'listening' });
      await expect.element(button('Stop listening')).toHaveAttribute('aria-busy', 'true');
      await button('Stop listening').click();
      expect(app.calls).toEqual([['stopListening']]);
    },
  );

  it('keeps the focus from press to press', async () => {
    const { app } = await openPage({ phase: 'ready' });
    const element = button('Start listening').element() as HTMLElement;
    element.focus();
    await userEvent.keyboard('{Enter}');
    for (const phase of ['starting', 'listening'] as const) {
      app.change({ phase });
      await hasFocus(button('Stop listening'));
    }
    await userEvent.keyboard(' ');
    expect(app.calls).toEqual([['startListening'], ['stopListening']]);
  });

  it('cannot be pressed without a model', async () => {
    const app = await openWithoutModel('failed');
    await expect.element(button('Start listening')).toHaveAttribute('aria-disabled', 'true');
    (button('Start listening').element() as HTMLElement).click();
    expect(app.calls).toEqual([]);
  });
});

describe('opening another view', () => {
  it('starts at its top', async () => {
    await openPage({ phase: 'ready' });
    document.body.style.minHeight = '4000px';
    scrollTo({ top: 900, behavior: 'instant' });
    location.hash = '#/settings';
    await expect.poll(() => scrollY).toBe(0);
    document.body.style.minHeight = '';
  });

  it('leaves the space bar to the browser, which scrolls', async () => {
    const { element } = await openPage({ phase: 'ready' });
    const press = () => {
      const event = new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true, composed: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press()).toBe(true);
    location.hash = '#/settings';
    await expect.poll(() => deepAll('earmark-settings').length).toBe(1);
    await element.updateComplete;
    expect(press()).toBe(false);
  });
});

describe('views', () => {
  it('show one at a time, also those that were open before', async () => {
    await openPage({ phase: 'ready' });
    const views = ['diary', 'recordings', 'teach', 'models', 'settings'];
    for (const view of [...views, 'listen']) {
      location.hash = `#/${view}`;
      const visible = () =>
        ['listen', ...views].filter((name) => deepAll<HTMLElement>(`earmark-${name}`)[0]?.checkVisibility());
      await expect.poll(visible, { timeout: 15_000 }).toEqual([view]);
    }
  });
});

describe('the person’s settings', () => {
  it('are not written by a view that only waits for its data', async () => {
    const chosen: Settings = {
      deviceId: 'unplugged',
      voiceProcessing: true,
      keepAwake: true,
      backend: 'webgl',
      tagsPerSecond: 5,
      noiseFloorDb: -80,
      keepSeconds: 7,
      head: 'head-1',
      comparedHead: 'head-2',
      language: '',
      theme: 'dark',
      heardInTitle: false,
      shortcuts: false,
      filter: { text: 'bell', group: 'taught' },
      model: 'other-1',
      diary: {
        isOn: false,
        rules: { labels: { dog: { threshold: 0.7 }, rain: { ignored: true } }, groupClips: {}, speechThreshold: null },
        keepDays: 30,
        mostEvents: 5000,
        clipMegabytes: 100,
        calibrationDb: 94,
        alerts: { labels: {}, groups: {} },
        renamed: {},
      },
    };
    const { app, element } = await openPage({ phase: 'loading', settings: chosen });
    const { model: loaded } = app.state;
    app.change({ model: undefined });
    app.teach.change({ storage: 'opening' });
    for (const view of ['#/teach', '#/models', '#/settings', '#/listen']) {
      location.hash = view;
      await settled(element);
    }
    app.change({ phase: 'ready', model: loaded });
    app.teach.change({ storage: 'ready' });
    await settled(element);
    app.change({ phase: 'listening' });
    await settled(element);
    expect(app.calls).toEqual([]);
    expect(app.teach.calls).toEqual([]);
  });
});

describe('the display’s words', () => {
  it('say on a first visit what will happen, and disappear once something was heard', async () => {
    const { app } = await openPage({ phase: 'ready' });
    const welcome = page.getByText('Nothing is uploaded, and only what you choose to keep is recorded.');
    await expect.element(welcome).toBeVisible();
    app.change({ phase: 'listening' });
    await expect.element(welcome).not.toBeInTheDocument();
    app.tag({ dog: 0.5 });
    app.change({ phase: 'ready' });
    await expect.element(button('Start listening')).toBeVisible();
    await expect.element(welcome).not.toBeInTheDocument();
  });

  it('describe, instead of empty meters, what will appear and which sounds are known', async () => {
    const { app, element } = await openPage({ phase: 'ready' });
    expect(deepAll('earmark-meter')).toEqual([]);
    expect(page.getByRole('searchbox').query()).toBeNull();
    await expect.element(page.getByRole('heading', { name: 'What you will see' })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: '52 sounds that Earmark knows' })).toBeVisible();
    const animals = deepAll('dl div', deepAll('earmark-intro')[0]?.shadowRoot ?? document)[0]?.textContent;
    expect(animals).toMatch(/^Animals.*Cat · .*Cow · .*Dog · /);
    app.change({ phase: 'listening' });
    await settled(element);
    expect(deepAll('earmark-meter')).toHaveLength(52);
    expect(deepAll('earmark-intro')).toEqual([]);
    // Once something was heard, the meters stay.
    app.change({ phase: 'ready' });
    await settled(element);
    expect(deepAll('earmark-meter')).toHaveLength(52);
  });

  it('are there while the model loads, with a demo that cannot start yet', async () => {
    const app = await openWithoutModel('loading');
    await expect
      .element(page.getByText('Nothing is uploaded, and only what you choose to keep is recorded.'))
      .toBeVisible();
    const demo = button('Try it without a microphone');
    await expect.element(demo).toHaveAttribute('aria-disabled', 'true');
    (demo.element() as HTMLElement).click();
    expect(app.calls).toEqual([]);
    app.change({ phase: 'ready' });
    await demo.click();
    expect(app.calls).toEqual([['startDemo']]);
  });

  it('say that there is no model', async () => {
    await openWithoutModel('failed');
    await expect.element(page.getByText('No model is available to listen with.')).toBeVisible();
  });
});

describe('a problem', () => {
  const problems: Readonly<Record<Remedy, Problem>> = {
    listen: { code: 'microphone-failed', detail: '7' },
    resume: { code: 'audio-suspended' },
    restart: { code: 'unexpected', detail: '7' },
    update: { code: 'storage-newer' },
    none: { code: 'microphone-muted' },
  };

  it.each([
    ['listen', 'Try again'],
    ['resume', 'Resume'],
    ['restart', 'Restart'],
  ] as const)('with the remedy “%s” has the button “%s”', async (remedy, name) => {
    const { app } = await openPage({ problem: problems[remedy] });
    await expect.element(page.getByRole('alert')).toHaveTextContent(`“${name}”`);
    await button(name).click();
    expect(app.calls).toEqual([['remedy']]);
    await hasFocus(button('Start listening'));
  });

  it('without a remedy has no such button', async () => {
    await openPage({ problem: problems.none });
    const buttons = page.getByRole('alert').getByRole('button').elements();
    expect(buttons.map((element) => element.textContent?.trim())).toEqual(['Dismiss']);
  });

  it('can be dismissed, and is gone when the state has none', async () => {
    const { app } = await openPage({ problem: problems.listen });
    await button('Dismiss').click();
    expect(app.calls).toEqual([['dismissProblem']]);
    app.change({ problem: undefined });
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  it('stays while there is no other way to continue', async () => {
    await openWithoutModel('failed', problems.restart);
    await expect.element(button('Restart')).toBeVisible();
    await expect.element(button('Dismiss')).not.toBeInTheDocument();
  });
});

describe('the status line', () => {
  it('shows level, rate and latencies while listening, and nothing measured before and after', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    const text = () =>
      deepAll('earmark-status, earmark-engine', element.shadowRoot as ShadowRoot)
        .map(({ shadowRoot }) => shadowRoot?.textContent)
        .join();
    expect(text()).not.toContain('dBFS');
    app.tag({}, { levelDb: -33.7, tagsPerSecond: 7.96, modelMs: 21.4 }, 143.2);
    for (const reading of ['−34 dBFS', '8.0/s', '21 ms', '143 ms', 'WASM']) await expect.poll(text).toContain(reading);
    expect(text()).not.toContain('Lost');
    app.change({ phase: 'ready' });
    await expect.poll(text).not.toContain('dBFS');
  });

  it('keeps figures of the engine below “Details”', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({}, { levelDb: -33.7, tagsPerSecond: 7.96, modelMs: 21.4 });
    await expect.element(page.getByText('−34 dBFS')).toBeVisible();
    const seen = () =>
      deepAll('earmark-status, earmark-engine')
        .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('dt') ?? [])])
        .filter((term) => term.checkVisibility())
        .map(({ textContent }) => textContent);
    await expect.poll(seen).toEqual(['Level']);
    await page.getByText('Details', { exact: true }).click();
    await expect.poll(seen).toEqual(['Level', 'Runs on', 'Updates', 'Model', 'Delay']);
  });

  it('reports lost sound', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({}, { droppedPieces: 12, levelDb: Number.NEGATIVE_INFINITY });
    await expect.element(page.getByText('12 blocks')).toBeVisible();
    await expect.element(page.getByText('silence', { exact: true })).toBeVisible();
  });

  it('says why the backend was chosen', async () => {
    await openPage();
    await page.getByText('Details', { exact: true }).click();
    await button('Why WASM?').click();
    const report = page.getByRole('dialog', { name: 'Why WASM?' });
    await expect.element(report).toBeVisible();
    await expect
      .element(report)
      .toHaveTextContent('WASM is the first that is both correct and fast enough: 21.3 ms per update');
    await expect.element(report.getByRole('row', { name: 'WebGPU' })).toHaveTextContent('Software renderer');
    await expect.element(report.getByRole('row', { name: 'WASM' })).toHaveTextContent('21 ms');
    await userEvent.keyboard('{Escape}');
    await expect.element(report).not.toBeInTheDocument();
  });
});

describe('the views', () => {
  const current = () => page.getByRole('link', { name: 'Settings' }).element().getAttribute('aria-current');

  it('have addresses, and back goes back', async () => {
    await openPage({ phase: 'listening' });
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    expect([location.hash, current()]).toEqual(['#/settings', 'page']);
    history.back();
    await expect.element(button('All')).toBeVisible();
    await expect.poll(current).toBe('false');
  });

  it('open by their address', async () => {
    location.hash = '#/models';
    await openPage();
    await expect.element(page.getByRole('heading', { name: 'Models' })).toBeVisible();
  });
});

describe('the keys', () => {
  it.each([
    ['2', '#/teach'],
    ['3', '#/models'],
    ['4', '#/settings'],
  ])('%s goes to %s', async (key, address) => {
    await openPage();
    await userEvent.keyboard(key);
    await expect.poll(() => location.hash).toBe(address);
  });

  it('start and stop', async () => {
    const { app } = await openPage({ phase: 'ready' });
    await userEvent.keyboard('s');
    app.change({ phase: 'listening' });
    await userEvent.keyboard('S');
    expect(app.calls).toEqual([['startListening'], ['stopListening']]);
  });

  it('are listed, and do nothing while their list is open', async () => {
    const { app } = await openPage();
    await userEvent.keyboard('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect.element(list).toBeVisible();
    await userEvent.keyboard('s');
    expect(app.calls).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(list).not.toBeInTheDocument();
  });

  it('do nothing if they are turned off, or in text fields', async () => {
    const { app } = await openPage({ phase: 'listening', settings: { ...settings, shortcuts: false } });
    await userEvent.keyboard('s');
    app.change({ settings });
    const field = page.getByRole('searchbox', { name: 'Filter by name' });
    await field.click();
    await userEvent.keyboard('s');
    await expect.element(field).toHaveValue('s');
    expect(app.calls).toEqual([['changeSettings', { filter: { text: 's', group: undefined } }]]);
  });
});

describe('what a screen reader announces', () => {
  it('is the sounds that appear', async () => {
    const { app } = await openPage({ phase: 'listening' });
    app.tag({ dog: 0.8, rain: 0.6, wind: 0.4 });
    await expect.element(page.getByText('Heard: Dog, Rain.')).toBeInTheDocument();
  });
});

describe('another language and other colours', () => {
  it('apply at once, on the whole page, and can be changed back', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    await settled(element);
    app.change({ phase: 'ready', settings: { ...settings, language: 'de', theme: 'dark' } });
    await expect.element(button('Zuhören')).toBeVisible();
    await expect.element(page.getByRole('meter', { name: 'Krähe' })).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('de');
    const background = () => getComputedStyle(document.body).backgroundColor;
    await expect.poll(background).toBe('rgb(15, 14, 19)');
    app.change({ settings: { ...settings, theme: 'light' } });
    await expect.element(button('Start listening')).toBeVisible();
    await expect.poll(background).toBe('rgb(247, 245, 241)');
    expect(document.documentElement.lang).toBe('en');
    app.change({ settings });
  });

  it('also apply to problems', async () => {
    const { app } = await openPage();
    app.change({ settings: { ...settings, language: 'de' } });
    app.change({ problem: { code: 'tagging-failed', detail: 'lost' } });
    await expect.element(page.getByRole('alert')).toHaveTextContent('weil sich das Modell nicht ausführen ließ (lost)');
    await expect.element(button('Neu starten')).toBeVisible();
    app.change({ settings });
    await expect.element(page.getByRole('alert')).toHaveTextContent('because the model couldn’t be run (lost)');
  });
});

describe('the models', () => {
  async function openModels(prepare: (app: FakeApp) => void = () => {}) {
    const { app } = await openPage();
    prepare(app);
    location.hash = '#/models';
    return app;
  }

  it('are listed, and another one can be chosen', async () => {
    const app = await openModels();
    await expect.element(page.getByText('52 sounds, 1.0 MB')).toBeVisible();
    await expect.element(button('In use earmark-52')).toHaveAttribute('aria-pressed', 'true');
    await button('Use this model other-1').click();
    expect(app.calls).toEqual([['changeSettings', { model: 'other-1' }]]);
  });

  it('say what one costs and can do, measured by a button', async () => {
    const app = await openModels();
    await button('Measure on this device other-1').click();
    const result = page.getByText('An update takes 1.2 ms here (WASM).');
    await expect.element(result).toHaveTextContent('At 8 updates per second, the model computes for 1% of the time.');
    await expect.element(page.getByText('It knows 52 sounds.')).toBeVisible();
    app.measured = { model, backend: 'webgpu', tagMs: 20, tagsPerSecond: 4, meanAuc: 0.95 };
    await button('Measure on this device other-1').click();
    await expect.element(page.getByText('An update takes 20 ms here (WebGPU). At 4')).toHaveTextContent('for 8% of');
    const skill = 'It knows 52 sounds. Its mean AUC on sounds it had not heard is 0.950.';
    await expect.element(page.getByText(skill)).toBeVisible();
    expect(app.calls).toEqual([
      ['measure', 'other-1'],
      ['measure', 'other-1'],
    ]);
  });

  it('say that one could not be measured, and measure it again', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const app = await openModels((fake) => {
      fake.measured = new EarmarkError({ code: 'model-missing', model: 'other-1', file: 'model.json', detail: '404' });
    });
    const failure = page.getByText('This model couldn’t be measured.');
    await button('Measure on this device other-1').click();
    await expect.element(failure).toBeVisible();
    app.measured = { model, backend: 'wasm', tagMs: 3, tagsPerSecond: 8 };
    await button('Measure on this device other-1').click();
    await expect.element(page.getByText('An update takes 3.0 ms here')).toBeVisible();
    await expect.element(failure).not.toBeInTheDocument();
  });

  it('have a card, rendered from its Markdown', async () => {
    await openModels();
    await expect.element(page.getByRole('heading', { name: 'earmark-52', level: 3 })).toHaveLength(2);
    await expect.element(page.getByRole('columnheader', { name: 'AUC' })).toBeVisible();
    await expect.element(page.getByRole('cell', { name: '0.94' })).toBeVisible();
  });

  it('say what is missing without a network, and try again', async () => {
    const app = await openModels((fake) => {
      fake.modelList = new EarmarkError({ code: 'model-list-missing', detail: '404' });
    });
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent('The list of models couldn’t be loaded (404).');
    app.modelList = [{ name: 'earmark-52', bytes: 5, summary: { en: 'Found.', de: 'Da.' } }];
    await alert.getByRole('button').click();
    await expect.element(page.getByText('Found.')).toBeVisible();
  });
});

describe('the settings', () => {
  const devices = [
    { id: 'a', name: 'Desk microphone' },
    { id: 'b', name: '' },
  ];

  async function openSettings(change = {}) {
    const { app } = await openPage({ devices, settings: { ...settings, ...change } });
    location.hash = '#/settings';
    await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    return app;
  }

  it('offer every microphone, also without a name', async () => {
    const app = await openSettings();
    const select = page.getByRole('combobox', { name: 'Microphone' });
    const options = [...(select.element() as HTMLSelectElement).options].map((option) => option.text.trim());
    expect(options).toEqual(['System default', 'Desk microphone', 'Microphone 2', 'Sound of a tab or of the computer']);
    await userEvent.selectOptions(select, 'b');
    expect(app.calls).toEqual([['changeSettings', { deviceId: 'b' }]]);
  });

  it('keep showing a chosen microphone that is not connected', async () => {
    await openSettings({ deviceId: 'gone' });
    await expect.element(page.getByRole('combobox', { name: 'Microphone' })).toHaveValue('gone');
  });

  it('switch voice processing', async () => {
    const app = await openSettings();
    await page.getByRole('switch', { name: 'Voice processing' }).click();
    expect(app.calls).toEqual([['changeSettings', { voiceProcessing: true }]]);
  });

  it('choose the backend', async () => {
    const app = await openSettings();
    const select = page.getByRole('combobox', { name: 'Runs on' });
    const options = [...(select.element() as HTMLSelectElement).options].map((option) => option.text.trim());
    expect(options).toEqual(['Automatic', 'WebGPU', 'WebGL', 'WASM', 'CPU']);
    await userEvent.selectOptions(select, 'cpu');
    expect(app.calls).toEqual([['changeSettings', { backend: 'cpu' }]]);
  });

  it('apply the rate when the slider is released, and show it before', async () => {
    const app = await openSettings();
    const slider = page.getByRole('slider', { name: 'Updates per second' });
    const output = slider.element().parentElement?.querySelector('output');
    expect(output?.textContent).toBe('8');
    (slider.element() as HTMLInputElement).value = '12';
    slider.element().dispatchEvent(new Event('input'));
    await expect.poll(() => output?.textContent).toBe('12');
    expect(app.calls).toEqual([]);
    slider.element().dispatchEvent(new Event('change'));
    expect(app.calls).toEqual([['changeSettings', { tagsPerSecond: 12 }]]);
  });
});
