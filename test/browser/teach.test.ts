import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TeachState } from '../../src/app/teach/teach-state';
import type { ClipInfo } from '../../src/shared/contracts/clip';
import { labelId } from '../../src/shared/contracts/clip';
import type { Head, LabelProof } from '../../src/shared/contracts/model/head';
import type { EarmarkTableActions } from '../../src/ui/kit/table/earmark-table-actions';
import { type TableData, tableCsv } from '../../src/ui/kit/table/table-data';
import { deepAll, model, openPage, settled, spec } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
});

const button = (name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

const bell = { id: 'my_bell', name: 'My bell' };

function clip(i: number, change: Partial<ClipInfo> = {}): ClipInfo {
  return {
    id: `clip-${i}`,
    name: `Sound ${i}`,
    keptAtMs: 1_700_000_000_000 + i,
    sampleRateHz: spec.sampleRateHz,
    sampleCount: spec.sampleRateHz,
    labels: ['my_bell'],
    reviewed: true,
    hash: String(i),
    ...change,
  };
}

const labelProof: LabelProof = {
  id: 'my_bell',
  positives: 6,
  negatives: 4,
  auc: { value: 0.97, low: 0.81, high: 0.996 },
  averagePrecision: 0.9,
  threshold: 0.42,
  precision: 0.75,
  recall: 0.5,
  roc: [
    { falsePositiveRate: 0, truePositiveRate: 0 },
    { falsePositiveRate: 0, truePositiveRate: 0.9 },
    { falsePositiveRate: 1, truePositiveRate: 1 },
  ],
  reliability: [{ meanProbability: 0.2, share: 0.25, count: 4 }],
};

const head: Head = {
  id: 'head-1',
  name: 'Kitchen',
  createdAtMs: 1_700_000_000_000,
  backbone: model.backbone,
  labels: [...model.labels, { ...bell, group: 'taught' }],
  kernel: new Float32Array(1),
  bias: new Float32Array(1),
  calibration: { scale: [], offset: [] },
  proof: {
    folds: 5,
    clips: 10,
    labels: [labelProof],
    wrongClips: [{ clipId: 'clip-1', labelId: 'my_bell', kind: 'missed', probability: 0.1 }],
    shippedAuc: { before: 0.951, after: 0.95 },
    advice: [{ code: 'confused', actual: 'my_bell', heard: 'dog', mutual: false }],
  },
};

async function openTeach(state: Partial<TeachState> = {}, phase: 'ready' | 'listening' = 'ready') {
  location.hash = '#/teach';
  const { app, element } = await openPage({ phase });
  await expect.poll(() => deepAll('earmark-teach')).toHaveLength(1);
  app.teach.change(state);
  await settled(element);
  await settled(element);
  return { app, teach: app.teach, element };
}

describe('damaged entries', () => {
  const row = { store: 'clips', key: 'a', name: 'Old bell', where: 'labels', why: 'wrong-type' } as const;

  it('are counted and named, and can be exported and deleted', async () => {
    const { teach } = await openTeach({ setAside: Array.from({ length: 7 }, () => row) });
    await expect.element(page.getByText('7 entries are damaged and can’t be used.')).toBeVisible();
    await expect.element(page.getByText('Old bell').first()).toBeVisible();
    await expect.element(page.getByText('and 2 more')).toBeVisible();
    const [actions] = deepAll<EarmarkTableActions>('earmark-table-actions');
    expect(tableCsv(actions?.data as TableData)).toBe(
      `Kind,Name,Fault\n${'Clip,Old bell,“labels” is the wrong kind of value\n'.repeat(7)}`,
    );
    await button('Export them as they are').click();
    await button('Delete them').click();
    expect(teach.calls).toEqual([['exportSetAside'], ['deleteSetAside']]);
  });

  it('are not mentioned if there are none', async () => {
    await openTeach();
    expect(deepAll('earmark-set-aside section')).toHaveLength(0);
  });
});

describe('the views', () => {
  it('are links: the address names the view, and what Listen showed stays', async () => {
    const { element } = await openPage();
    await expect.element(page.getByRole('link', { name: 'Listen' })).toHaveAttribute('aria-current', 'page');
    await page.getByRole('link', { name: 'Teach' }).click();
    expect(location.hash).toBe('#/teach');
    await expect.element(page.getByRole('heading', { name: 'Train' })).toBeVisible();
    expect(deepAll('earmark-spectrogram', element.shadowRoot as ShadowRoot)[0]?.checkVisibility()).toBe(false);
    await page.getByRole('link', { name: 'Listen' }).click();
    await expect.element(page.getByRole('heading', { name: 'Train' })).not.toBeInTheDocument();
  });
});

describe('dropped files', () => {
  const drag = (on: Element, type: string): DragEvent => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'bell.wav'));
    const event = new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
    on.dispatchEvent(event);
    return event;
  };

  it('are taken by one place that covers the page while they are held, and that goes when they are gone', async () => {
    await openTeach();
    const [view] = deepAll<HTMLElement>('earmark-teach') as [HTMLElement];
    const places = () => deepAll<HTMLElement>('.drop');
    drag(view, 'dragover');
    await expect.poll(places).toHaveLength(1);
    const [place] = places() as [HTMLElement];
    expect(view.shadowRoot?.elementFromPoint(5, 5)).toBe(place);
    expect(drag(place, 'dragenter').defaultPrevented).toBe(true);
    drag(place, 'drop');
    await expect.poll(places).toHaveLength(0);
    // Pointers do not move while a hand holds files: a browser did not say that it let go.
    drag(view, 'dragover');
    await expect.poll(places).toHaveLength(1);
    places()[0]?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, composed: true }));
    await expect.poll(places).toHaveLength(0);
  });
});

describe('keeping', () => {
  it('reacts to the key R while listening, but not in text fields', async () => {
    const { teach, app } = await openTeach({}, 'listening');
    await userEvent.keyboard('r');
    expect(teach.calls).toEqual([['keepRecent', 5]]);
    await page.getByRole('textbox', { name: 'Name of the profile' }).click();
    await userEvent.keyboard('r');
    app.change({ phase: 'ready' });
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('r');
    expect(teach.calls).toHaveLength(1);
  });

  it('offers how far back to keep, and records until a second press', async () => {
    const { app, teach } = await openTeach({}, 'listening');
    const view = page.elementLocator(deepAll<HTMLElement>('earmark-teach')[0] as HTMLElement);
    await userEvent.selectOptions(view.getByLabelText('Seconds to keep'), '8');
    expect(app.calls).toEqual([['changeSettings', { keepSeconds: 8 }]]);
    await view.getByRole('button', { name: 'Record from now' }).click();
    teach.change({ recordingSinceMs: performance.now() - 3500 });
    await expect.element(view.getByRole('button', { name: 'Stop recording 3 s' })).toBeVisible();
    await view.getByRole('button', { name: /^Stop recording/ }).click();
    expect(teach.calls).toEqual([['startRecording'], ['finishRecording']]);
  });
});

describe('a sound that was kept while listening', () => {
  it('is labelled there by one press, after which the next one can be kept', async () => {
    const kept = { name: '', keptAtMs: 1_700_000_000_000 };
    const { app, element } = await openPage({ phase: 'listening' });
    app.teach.change({ justKept: kept, labels: [bell], clips: [clip(1)] });
    await settled(element);
    await button('Same as last: My bell').click();
    expect(app.teach.calls).toEqual([['labelDraft', [bell]]]);
    const [keep] = deepAll('earmark-keep');
    expect(keep?.shadowRoot?.activeElement?.textContent).toContain('Keep last');
    app.teach.change({ clips: [], lastLabels: [] });
    await settled(element);
    expect(button(/^Same as last/).query()).toBeNull();
  });
});

describe('the snippet', () => {
  const draft = {
    name: 'Snippet',
    keptAtMs: 1_700_000_000_000,
    heardLive: true,
    labels: [],
    samples: new Int16Array(2 * spec.sampleRateHz),
    sampleRateHz: spec.sampleRateHz,
  };
  const picture = { columns: new Float32Array(60 * spec.melBands), peaks: new Float32Array(200).fill(0.5) };

  it('is trimmed with the keyboard, played, labelled and saved', async () => {
    const { teach } = await openTeach({ draft: { ...draft, picture }, labels: [bell] });
    const start = page.getByRole('slider', { name: 'Start of the snippet' });
    (start.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight>5/}');
    await expect.element(start).toHaveAttribute('aria-valuetext', '0.1 s');
    await button('Play').click();
    await page.getByRole('combobox', { name: 'What can be heard' }).fill('my be');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(button('Remove My bell')).toBeVisible();
    await button('Save').click();
    const decision = { name: 'Snippet', labels: [bell], reviewed: true, startSeconds: 0.1, endSeconds: 2 };
    expect(teach.calls).toEqual([
      ['playDraft', 0.1, 2],
      ['saveDraft', decision],
    ]);
  });

  it('says which file an imported clip came from', async () => {
    await openTeach({ draft: { ...draft, clip: clip(1, { name: 'Ring', fileName: 'REC_0042.m4a' }) } });
    await expect.element(page.getByText('Imported from REC_0042.m4a')).toBeVisible();
  });

  it('can be dragged by the mouse on either end', async () => {
    const { teach } = await openTeach({ draft: { ...draft, picture } });
    const end = page.getByRole('slider', { name: 'End of the snippet' }).element();
    const box = end.getBoundingClientRect();
    // The middle of the handle stands half a handle from the slider's edge.
    await userEvent.dragAndDrop(page.elementLocator(end), page.elementLocator(end), {
      sourcePosition: { x: box.width - 20, y: box.height / 2 },
      targetPosition: { x: box.width / 2, y: box.height / 2 },
    });
    await button('Save, label later').click();
    const [, decision] = teach.calls.at(-1) as [string, { endSeconds: number; reviewed: boolean }];
    expect(decision.endSeconds).toBeCloseTo(1, 0);
    expect(decision.endSeconds).toBeLessThan(1.5);
    expect(decision.reviewed).toBe(false);
  });

  it('accepts a new label as typed, “none of these”, and rejects what is no label', async () => {
    const { teach } = await openTeach({ draft, labels: [bell] });
    const field = page.getByRole('combobox', { name: 'What can be heard' });
    await field.fill('Bell');
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Remove Bell')).toBeVisible();
    await field.fill('<b>!</b>');
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Remove <b>!</b>')).toBeVisible();
    await field.fill('…');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('A label needs at least one letter or digit.')).toBeVisible();
    await button('None of these').click();
    await button('Save').click();
    expect(teach.calls.at(-1)).toMatchObject(['saveDraft', { labels: [], reviewed: true }]);
    expect(labelId('<b>!</b>')).toBe('b_b');
  });

  it('can be saved on a telephone: the button that stops does not lie over it', async () => {
    const { innerWidth, innerHeight } = window;
    await page.viewport(360, 740);
    const { element } = await openTeach({ draft }, 'listening');
    const [snippet] = deepAll('earmark-snippet');
    snippet?.scrollIntoView({ block: 'start' });
    const save = snippet?.shadowRoot?.querySelector('.primary')?.getBoundingClientRect();
    const stop = element.shadowRoot?.querySelector('.primary')?.getBoundingClientRect();
    expect(save?.bottom).toBeLessThanOrEqual(stop?.top ?? 0);
    await page.viewport(innerWidth, innerHeight);
  });

  it('loses its last label by Backspace in the empty field, and no other', async () => {
    const { teach } = await openTeach({ draft, labels: [bell] });
    const field = page.getByRole('combobox', { name: 'What can be heard' });
    for (const name of ['Kettle', 'Door']) {
      await field.fill(name);
      await userEvent.keyboard('{Enter}');
    }
    await userEvent.keyboard('{Backspace}');
    expect(teach.edited?.labels.map(({ name }) => name)).toEqual(['Kettle']);
    await userEvent.keyboard('x{Backspace}');
    expect(teach.edited?.labels.map(({ name }) => name)).toEqual(['Kettle']);
  });

  it('is saved with a label typed without Enter, unless it is no label', async () => {
    const { teach } = await openTeach({ draft, labels: [bell] });
    const field = page.getByRole('combobox', { name: 'What can be heard' });
    await field.fill('…');
    await button('Save, label later').click();
    await expect.element(page.getByText('A label needs at least one letter or digit.')).toBeVisible();
    expect(teach.calls).toEqual([]);
    await field.fill('my bell');
    await button('Save').click();
    expect(teach.calls).toMatchObject([['saveDraft', { labels: [bell], reviewed: true }]]);
  });

  it('says that it deletes the clip, if the snippet is already kept', async () => {
    const { teach, element } = await openTeach({ draft });
    await expect.element(button('Discard')).toBeVisible();
    teach.change({ draft: { ...draft, clip: clip(1) } });
    await settled(element);
    expect(button('Discard').query()).toBeNull();
    await button('Delete clip').click();
    expect(teach.calls).toEqual([['discardDraft']]);
  });

  it('reports each edit, including a label typed without Enter, but not its opening', async () => {
    const { teach } = await openTeach({ draft, labels: [bell] });
    expect(teach.edited).toBeUndefined();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Door');
    expect(teach.edited).toEqual({ name: 'Door', labels: [], reviewed: false, startSeconds: 0, endSeconds: 2 });
    await page.getByRole('combobox', { name: 'What can be heard' }).fill('My bell');
    expect(teach.edited).toMatchObject({ labels: [bell], reviewed: true });
    // The suggestions hang over the button.
    await userEvent.keyboard('{Escape}');
    await button('None of these').click();
    expect(teach.edited).toMatchObject({ labels: [], reviewed: true });
  });

  it('reports no chip that “None of these” has just removed', async () => {
    const { teach } = await openTeach({ draft: { ...draft, labels: [bell] }, labels: [bell] });
    await button('None of these').click();
    expect(teach.edited).toMatchObject({ labels: [], reviewed: true });
  });

  it('opens with what was typed before a reload', async () => {
    const unsaved = { name: 'Rex', labels: [bell], reviewed: true, startSeconds: 0.5, endSeconds: 1.5 };
    const { teach } = await openTeach({ draft: { ...draft, clip: clip(1), unsaved } });
    await expect.element(button('Remove My bell')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Rex');
    await button('Save').click();
    expect(teach.calls).toEqual([['saveDraft', unsaved]]);
  });

  const kettle = { id: 'my_kettle', name: 'Kettle' };
  const hum = { id: 'my_hum', name: 'Hum' };

  it('offers the labels given last as chips, “same as last” first, each one press away', async () => {
    const lastLabels = [['my_bell', 'my_kettle'], ['my_hum'], ['forgotten']];
    const { teach, element } = await openTeach({ draft, labels: [bell, kettle, hum], lastLabels });
    const chips = () =>
      page
        .getByRole('group', { name: 'Labels given last' })
        .getByRole('button')
        .elements()
        .map(({ textContent }) => textContent?.trim());
    expect(chips()).toEqual(['Same as last: My bell, Kettle', 'My bell', 'Kettle', 'Hum']);
    await button('Hum').click();
    await expect.element(button('Remove Hum')).toBeVisible();
    expect(teach.edited).toMatchObject({ labels: [hum], reviewed: true });
    expect(chips()).toEqual(['Same as last: My bell, Kettle', 'My bell', 'Kettle']);
    await button('Same as last: My bell, Kettle').click();
    expect(teach.edited?.labels).toEqual([hum, bell, kettle]);
    await settled(element);
    expect(page.getByRole('group', { name: 'Labels given last' }).query()).toBeNull();
    await button('Save').click();
    expect(teach.calls).toMatchObject([['saveDraft', { labels: [hum, bell, kettle] }]]);
  });

  it.each([320, 360, 390, 400])('shows all its buttons whole on a telephone, %d pixels wide', async (width) => {
    const { innerWidth, innerHeight } = window;
    await page.viewport(width, 740);
    const long = { id: 'long', name: 'The washing machine on the second floor, spinning' };
    for (const language of ['en', 'de'] as const) {
      const state = { draft, clips: [clip(1)], labels: [bell, long], lastLabels: [['long', 'my_bell'], ['long']] };
      const { app, element } = await openTeach(state, 'listening');
      app.change({ settings: { ...app.state.settings, language } });
      await expect.poll(() => document.documentElement.lang).toBe(language);
      await settled(element);
      (deepAll<HTMLElement>('.all input')[0] as HTMLElement).click();
      await settled(element);
      const texts = ['earmark-snippet', 'earmark-library', 'earmark-last-labels', 'earmark-keep'].flatMap((name) =>
        deepAll<HTMLElement>('button, select', deepAll(name).at(-1)?.shadowRoot as ShadowRoot),
      );
      expect(texts.length).toBeGreaterThan(15);
      for (const element of texts) {
        const { left, right } = element.getBoundingClientRect();
        expect([left >= 0, right <= width], element.textContent ?? '').toEqual([true, true]);
        if (element.parentElement?.getAttribute('role') === 'group') continue;
        expect(element.scrollWidth, element.textContent ?? '').toBeLessThanOrEqual(element.clientWidth);
      }
      app.change({ settings: { ...app.state.settings, language: 'en' } });
      await expect.poll(() => document.documentElement.lang).toBe('en');
    }
    expect(document.documentElement.scrollWidth).toBe(width);
    await page.viewport(innerWidth, innerHeight);
  });

  it('keeps what was typed when its picture arrives', async () => {
    const { teach, element } = await openTeach({ draft });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Door');
    teach.change({ draft: { ...draft, picture } });
    await settled(element);
    await expect.element(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Door');
  });
});

describe('the library', () => {
  it('is on the left of the training on a desk, where nothing is damaged', async () => {
    const { innerWidth, innerHeight } = window;
    await page.viewport(1280, 800);
    await openTeach({ clips: [clip(1)], labels: [bell] });
    const [teach, library, training] = ['earmark-teach', 'earmark-library', 'earmark-training'].map((name) =>
      deepAll(name)[0]?.getBoundingClientRect(),
    );
    expect(library?.left).toBe(teach?.left);
    expect(training?.left).toBeGreaterThan(library?.right ?? Number.NaN);
    await page.viewport(innerWidth, innerHeight);
  });

  it('has words beside the icons of its rows where there is room', async () => {
    const { innerWidth, innerHeight } = window;
    await openTeach({ clips: [clip(1)], labels: [bell] });
    const [library] = deepAll('earmark-library');
    const words = () =>
      [...(library?.shadowRoot?.querySelectorAll('.row-word') ?? [])]
        .filter((word) => word.checkVisibility())
        .map(({ textContent }) => textContent);
    await page.viewport(1280, 800);
    await expect.poll(words).toEqual(['Play', 'Edit', 'Delete']);
    const name = library?.shadowRoot?.querySelector('.words')?.getBoundingClientRect();
    expect(name?.width).toBeGreaterThan(120);
    await page.viewport(390, 844);
    await expect.poll(words).toEqual([]);
    await page.viewport(innerWidth, innerHeight);
  });

  it('filters by words, by label and by missing label', async () => {
    const clips = [clip(1), clip(2, { labels: [], reviewed: false }), clip(3, { labels: [], name: 'Kettle' })];
    await openTeach({ clips, labels: [bell] });
    await page.getByRole('searchbox', { name: 'Find clips' }).fill('bell');
    await expect.element(page.getByText('1 of 3 clips')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Find clips' }).fill('');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Show label' }), 'Needs a label');
    await expect.element(button('Play Sound 2')).toBeVisible();
    await expect.element(button('Play Sound 1')).not.toBeInTheDocument();
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Show label' }), 'None of these');
    await expect.element(button('Play Kettle')).toBeVisible();
  });

  it('renames a label, and asks before merging it with another', async () => {
    const gong = { id: 'gong', name: 'Gong' };
    const { teach } = await openTeach({ clips: [clip(1), clip(2, { labels: ['gong'] })], labels: [bell, gong] });
    expect(button(/^Rename “/).query()).toBeNull();
    await page.getByLabelText('Show label').selectOptions('My bell');
    const rename = async (name: string) => {
      await button('Rename “My bell”').click();
      await page.getByLabelText('New name of “My bell”').fill(name);
      await userEvent.keyboard('{Enter}');
    };
    await rename('!!!');
    await expect.element(page.getByText('at least one letter or digit')).toBeVisible();
    await button('Cancel').click();
    await rename('gong');
    await expect.element(page.getByText('A label “Gong” already exists.')).toBeVisible();
    await button('Keep separate').click();
    const shipped = model.labels[0]?.name ?? '';
    await rename(shipped);
    await expect.element(page.getByText(`Earmark already knows “${shipped}”`)).toBeVisible();
    expect(teach.calls).toEqual([]);
    await button('Merge labels').click();
    expect(teach.calls.at(-1)).toEqual(['renameLabel', 'my_bell', { id: model.labels[0]?.id, name: shipped }]);
    await page.getByLabelText('Show label').selectOptions('My bell');
    await rename(' Door  bell ');
    expect(teach.calls.at(-1)).toEqual(['renameLabel', 'my_bell', { id: 'door_bell', name: 'Door  bell' }]);
  });

  it('relabels and deletes many at once, and offers the undo', async () => {
    const { teach } = await openTeach({ clips: [clip(1), clip(2), clip(3)], labels: [bell] });
    await page.getByRole('checkbox', { name: 'Select Sound 1' }).click();
    await page.getByRole('checkbox', { name: 'Select Sound 3' }).click();
    await page.getByRole('combobox', { name: 'Labels of all selected clips' }).fill('Hall');
    await userEvent.keyboard('{Enter}');
    await button('Delete 2').click();
    expect(teach.calls).toEqual([
      [
        'relabel',
        ['clip-3', 'clip-1'],
        { addLabels: [{ id: 'hall', name: 'Hall' }], removeLabels: [], reviewed: true },
      ],
      ['removeClips', ['clip-3', 'clip-1']],
    ]);
    teach.change({ undo: { code: 'clips-deleted', clips: 2 }, undoSteps: 3 });
    await expect.element(page.getByText('After that, 2 earlier steps can be undone.')).toBeVisible();
    await button('Undo').click();
    expect(teach.calls.at(-1)).toEqual(['undo']);
  });

  it('changes only those selected clips that the filter shows', async () => {
    const { teach } = await openTeach({ clips: [clip(1), clip(2, { name: 'Kettle' }), clip(3)], labels: [bell] });
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await expect.element(page.getByText('3 selected')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Find clips' }).fill('Kettle');
    await expect.element(page.getByText('1 selected')).toBeVisible();
    await button('None of these').click();
    expect(teach.calls).toEqual([['relabel', ['clip-2'], { removeLabels: ['my_bell'], reviewed: true }]]);
    await page.getByRole('searchbox', { name: 'Find clips' }).fill('no such clip');
    await expect.element(button('Clear selection')).not.toBeInTheDocument();
  });

  it('accepts the imported labels of all selected clips at once', async () => {
    const imported = [clip(1), clip(2)].map((one) => ({ ...one, reviewed: false }));
    const { teach } = await openTeach({
      clips: [...imported, clip(3, { labels: [], reviewed: false }), clip(4)],
      labels: [bell],
    });
    await expect.element(page.getByText('2 clips to check: not used until you accept the labels.')).toBeVisible();
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Show label' }), 'Needs checking');
    await expect.element(page.getByText('2 of 4 clips')).toBeVisible();
    expect(page.getByText('Nothing to learn yet').query()).toBeNull();
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await button('Accept labels').click();
    expect(teach.calls).toEqual([['acceptLabels', ['clip-2', 'clip-1']]]);
    teach.change({ clips: [clip(1)] });
    await expect.element(button('Accept labels')).not.toBeInTheDocument();
  });

  it('brings the editor of a clip far down the list into view', async () => {
    const { teach, element } = await openTeach({
      clips: Array.from({ length: 20 }, (_, i) => clip(i)),
      labels: [bell],
    });
    const edit = button('Edit Sound 0');
    (edit.element() as HTMLElement).scrollIntoView({ block: 'end' });
    await edit.click();
    expect(teach.calls).toEqual([['openClip', 'clip-0']]);
    const samples = new Int16Array(spec.sampleRateHz);
    teach.change({
      draft: {
        clip: clip(0),
        name: 'Sound 0',
        keptAtMs: 0,
        heardLive: false,
        labels: [],
        samples,
        sampleRateHz: spec.sampleRateHz,
      },
    });
    await settled(element);
    const [snippet] = deepAll<HTMLElement>('earmark-snippet') as [HTMLElement];
    expect(snippet.matches(':focus')).toBe(true);
    const { top } = snippet.getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(innerHeight / 2);
  });

  it('shows 7,000 clips without blocking the page', async () => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
    const { teach, element } = await openTeach();
    observer.observe({ type: 'longtask' });
    teach.change({ clips: Array.from({ length: 7000 }, (_, i) => clip(i)), labels: [bell] });
    await settled(element);
    await expect.element(page.getByText('7000 of 7000 clips')).toBeVisible();
    expect(deepAll('earmark-library')[0]?.shadowRoot?.querySelectorAll('.rows li')).toHaveLength(20);
    await button('Older').click();
    await expect.element(button('Play Sound 6979')).toBeVisible();
    observer.disconnect();
    console.log(`7,000 clips: ${long.length} tasks over 50 ms (${long.join(', ')})`);
  });

  it('accepts picked files, and rejects those without sound', async () => {
    const { teach } = await openTeach();
    const [picker] = deepAll<HTMLInputElement>('#files');
    await userEvent.upload(
      page.elementLocator(picker as HTMLInputElement),
      new File(['x'], 'bark.wav', { type: 'audio/wav' }),
    );
    await expect.poll(() => teach.calls).toEqual([['importFiles']]);
    expect((await teach.files)?.sounds.map(({ file }) => file.name)).toEqual(['bark.wav']);
    await userEvent.upload(page.elementLocator(picker as HTMLInputElement), new File(['x'], 'notes.txt'));
    await expect.poll(() => teach.calls).toHaveLength(2);
    await expect(teach.files).rejects.toMatchObject({ name: 'nothing-to-import' });
  });
});

describe('training', () => {
  it('says what is missing, and cannot be started without a labelled clip', async () => {
    await openTeach({ clips: [clip(1, { labels: [], reviewed: false })] });
    await expect.element(page.getByText('Nothing to learn yet')).toBeVisible();
    await expect.element(button('Train')).toBeDisabled();
  });

  it('warns of too few clips, and trains under the given name', async () => {
    const { teach } = await openTeach({ clips: [clip(1), clip(2)], labels: [bell] });
    await expect.element(page.getByText('Too few to measure how reliable it will be: record 3 more.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name of the profile' }).fill('Kitchen');
    await userEvent.keyboard('{Enter}');
    expect(teach.calls).toEqual([['train', 'Kitchen']]);
  });

  it('shows its progress and its loss, and stops', async () => {
    const progress = {
      part: 1,
      parts: 3,
      stage: 'proof',
      epoch: 2,
      epochs: 4,
      loss: 0.25,
      validationLoss: 0.5,
    } as const;
    const { teach } = await openTeach({
      clips: [clip(1)],
      labels: [bell],
      training: { stage: 'epochs', progress, stopping: false },
      losses: [progress, progress],
    });
    await expect.element(page.getByText('Testing: round 2 of 2…')).toBeVisible();
    // Half for the clips, and of the other half one and a half of three trainings.
    await expect.element(page.getByRole('progressbar', { name: 'Training' })).toHaveAttribute('value', '0.75');
    await expect.element(page.getByRole('img', { name: 'Error (loss) after 2 epochs: 0.250' })).toBeVisible();
    await button('Stop training').click();
    expect(teach.calls).toEqual([['stopTraining']]);
  });
});

describe('proof and heads', () => {
  it('shows figures, curves, advice and the wrong clips', async () => {
    const { teach } = await openTeach({ clips: [clip(1)], labels: [bell], heads: [head], active: 'head-1' });
    for (const text of [
      '0.970',
      '0.810 to 0.996',
      '75%',
      '50%',
      '42%',
      '6 of 10',
      'A clip with “My bell” was rated higher than one without it in 97% of all comparisons (AUC). Based on 6 clips with the sound, the true figure is likely between 81% and 100%.',
      '“My bell” is often mistaken for “Dog”. Record more of both.',
    ]) {
      await expect.element(page.getByText(text, { exact: true })).toBeVisible();
    }
    await expect.element(page.getByRole('img', { name: 'ROC curve of My bell: AUC 0.970' })).toBeVisible();
    for (const name of ['Copy table Proof of “Kitchen”', 'Copy table Mistakes of “Kitchen”']) {
      await expect.element(button(name)).toBeVisible();
    }
    await expect.element(page.getByRole('img', { name: 'Reliability of My bell: shown 20%, true 25%' })).toBeVisible();
    expect(deepAll('earmark-chart').every((chart) => chart.shadowRoot?.querySelector('canvas'))).toBe(true);
    const proof = page.elementLocator(deepAll<HTMLElement>('earmark-proof')[0] as HTMLElement);
    await proof.getByRole('button', { name: 'Play Sound 1' }).click();
    expect(teach.calls).toEqual([['play', 'clip-1']]);
  });

  it('puts the proof of the compared profile beside it', async () => {
    const better = { ...labelProof, auc: { value: 0.99, low: 0.9, high: 1 } };
    const other = { ...head, id: 'head-2', name: 'Hall', proof: { ...head.proof, labels: [better] } };
    const { teach } = await openTeach({ labels: [bell], heads: [head, other], active: 'head-1' });
    expect(deepAll('earmark-proof-comparison')).toHaveLength(0);
    teach.change({ compared: 'head-2' });
    await expect.element(page.getByRole('heading', { name: '“Kitchen” and “Hall”' })).toBeVisible();
    await expect.element(page.getByRole('row', { name: 'My bell 0.970 0.990 −0.020' })).toBeVisible();
    await expect.element(button('Download as CSV “Kitchen” and “Hall”')).toBeVisible();
  });

  it('shows a wrong clip once, with all its mistakes, and lets it be corrected there', async () => {
    const wrongClips = [
      { clipId: 'clip-1', labelId: 'my_bell', kind: 'missed', probability: 0.1 },
      { clipId: 'clip-1', labelId: 'dog', kind: 'false-alarm', probability: 0.8 },
      { clipId: 'gone', labelId: 'dog', kind: 'false-alarm', probability: 0.7 },
    ] as const;
    const heads = [{ ...head, proof: { ...head.proof, wrongClips } }];
    const { teach } = await openTeach({ clips: [clip(1)], labels: [bell], heads, active: 'head-1' });
    const wrong = page.elementLocator(deepAll<HTMLElement>('earmark-wrong-clips')[0] as HTMLElement);
    await expect.element(wrong.getByText('3 mistakes')).toBeVisible();
    expect(wrong.getByRole('listitem').elements()).toHaveLength(2);
    await expect.element(wrong.getByText('“My bell” missed, at 10%')).toBeVisible();
    await expect.element(wrong.getByText('Mistaken for “Dog”, at 80%')).toBeVisible();
    await wrong.getByRole('button', { name: 'Edit Sound 1' }).click();
    await wrong.getByRole('combobox', { name: 'What can be heard' }).fill('Dog');
    await userEvent.keyboard('{Enter}');
    await wrong.getByRole('button', { name: 'None of these' }).click();
    expect(teach.calls).toEqual([
      ['relabel', ['clip-1'], { addLabels: [{ id: 'dog', name: 'Dog' }], removeLabels: [], reviewed: true }],
      ['relabel', ['clip-1'], { addLabels: [], removeLabels: ['my_bell'], reviewed: true }],
    ]);
    await wrong.getByRole('button', { name: 'Done' }).click();
    await expect.element(wrong.getByRole('combobox')).not.toBeInTheDocument();
  });

  it('uses, compares, renames, exports and deletes; Earmark’s own cannot be deleted', async () => {
    const { teach } = await openTeach({ heads: [head] });
    await expect.element(button('In use Earmark’s own')).toBeVisible();
    expect(page.getByRole('button', { name: /^Delete/ }).elements()).toHaveLength(1);
    await button('Use Kitchen').click();
    await button('Compare Kitchen').click();
    await button('Rename Kitchen').click();
    await page.getByRole('textbox', { name: 'New name of Kitchen' }).fill('Hall');
    await userEvent.keyboard('{Enter}');
    await button('Export Kitchen').click();
    await button('Delete Kitchen').click();
    expect(teach.calls).toEqual([
      ['useHead', 'head-1'],
      ['compareHead', 'head-1'],
      ['renameHead', 'head-1', 'Hall'],
      ['exportHead', 'head-1'],
      ['removeHead', 'head-1'],
    ]);
  });

  it('of another model is trained again from the clips, by one press', async () => {
    const { teach } = await openTeach({ heads: [{ ...head, backbone: 'earmark-40-0123456789abcdef' }] });
    await expect.element(page.getByText(/^Belongs to another model\./)).toBeVisible();
    // By its name, without the hash of its weights.
    const facts = page.getByText(/, for earmark-40/);
    await expect.element(facts).toBeVisible();
    expect(facts.element().textContent).not.toContain('0123456789abcdef');
    await expect.element(button('Use Kitchen')).not.toBeInTheDocument();
    await button('Train again Kitchen').click();
    expect(teach.calls).toEqual([['train', 'Kitchen']]);
  });

  it('name the new sounds of a head, even while a model loads', async () => {
    const { app, element } = await openTeach({ heads: [head] });
    app.change({ phase: 'loading', model: undefined } as never);
    await settled(element);
    const [heads] = deepAll<HTMLElement>('earmark-heads');
    expect(heads?.shadowRoot?.querySelectorAll('li')[1]?.querySelector('.hint')?.textContent).toBe('My bell');
  });

  it('keeps a head’s name if renaming is cancelled, by a button or Escape', async () => {
    const { teach } = await openTeach({ heads: [head] });
    const field = page.getByRole('textbox', { name: 'New name of Kitchen' });
    for (const giveUp of [() => button('Cancel').click(), () => userEvent.keyboard('{Escape}')]) {
      await button('Rename Kitchen').click();
      await field.fill('Hall');
      await giveUp();
      await expect.element(field).not.toBeInTheDocument();
    }
    expect(teach.calls).toEqual([]);
  });

  it('adds its labels to the meters, with the second head’s values', async () => {
    const { app, element } = await openPage({ phase: 'listening' });
    app.teach.change({ heads: [head], active: 'head-1', compared: 'shipped' });
    await settled(element);
    const probabilities = Float32Array.from(head.labels, ({ id }) => (id === 'my_bell' ? 0.8 : 0.1));
    const compared = { head: 'shipped', probabilities: new Float32Array(52).fill(0.3) };
    app.tag({}, { head: 'head-1', probabilities, compared });
    const meter = page.getByRole('meter', { name: 'My bell', exact: true });
    await expect.element(meter).toHaveAttribute('aria-valuenow', '0.8');
    await expect.element(meter).toHaveAttribute('aria-description', 'Compared profile: –');
    await expect
      .element(page.getByRole('meter', { name: 'Dog', exact: true }))
      .toHaveAttribute('aria-description', 'Compared profile: 30%');
    // A late result of another head is not mistaken for one of this head.
    app.tag({ dog: 1 });
    await expect.element(page.getByRole('meter', { name: 'Dog', exact: true })).toHaveAttribute('aria-valuenow', '0.1');
    await button('My sounds').click();
    await expect.element(page.getByText('1 of 53')).toBeVisible();
  });
});

describe('without storage', () => {
  it('says so, tries again, and Listen works', async () => {
    const problem = { code: 'storage-missing', detail: 'no place' } as const;
    const { teach } = await openTeach({ storage: 'missing', problems: [problem] });
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This browser doesn’t let Earmark save clips (no place).');
    await expect.element(page.getByText('Listening works as before.')).toBeVisible();
    await expect.element(button('Start listening')).toBeEnabled();
    await button('Try again').click();
    expect(teach.calls).toEqual([['dismissProblems'], ['open']]);
  });
});

describe.each([
  ['a desk', 1280, true],
  ['a telephone', 320, false],
] as const)('the rows of wrongly judged clips on %s', (_, width, hasWords) => {
  const size = { width: innerWidth, height: innerHeight };
  afterEach(() => page.viewport(size.width, size.height));

  it(`have ${hasWords ? '' : 'no '}words beside their icons`, async () => {
    await page.viewport(width, 740);
    await openTeach({ heads: [head], active: head.id, clips: [clip(1)] });
    const [list] = deepAll('earmark-wrong-clips');
    await expect.poll(() => list?.shadowRoot?.querySelectorAll('li button').length).toBe(2);
    const words = [...(list?.shadowRoot?.querySelectorAll<HTMLElement>('.row-word') ?? [])];
    expect(words.map((word) => word.textContent)).toEqual(['Play', 'Edit']);
    expect(words.map((word) => word.checkVisibility())).toEqual([hasWords, hasWords]);
    await expect.element(button('Edit Sound 1').first()).toBeVisible();
  });
});
