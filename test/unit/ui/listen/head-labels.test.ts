import { describe, expect, it } from 'vitest';
import { emptyTeachState, type TeachState } from '../../../../src/app/teach/teach-state';
import type { ModelInfo } from '../../../../src/shared/contracts/tagger-api';
import { HeadLabels } from '../../../../src/ui/listen/meters/head-labels';
import { loadAllTexts, t } from '../../../../src/ui/messages/messages';
import labels from '../../../../training/lists/labels.json';
import { symmetricSpec } from '../../../support/feature-spec';

const model = { name: 'earmark-52', labels, spec: symmetricSpec } as unknown as ModelInfo;

/** Trained while the page spoke German, with a sound that Earmark has no word for. */
const german = {
  id: 'head-1',
  labels: [
    { id: 'dog', name: 'Hund' },
    { id: 'own-door', name: 'Tür' },
  ],
  proof: { clips: 0, labels: [] },
};
const teach = { ...emptyTeachState, active: 'head-1', heads: [german] } as unknown as TeachState;
const names = (head: HeadLabels): string[] => head.labels.map(({ name }) => name);

describe('the labels of the active head', () => {
  it('get their names when the texts arrive; a list in which nothing changes stays the same', async () => {
    expect(t.labelNames).toEqual([]);
    const [shipped, own] = [new HeadLabels(), new HeadLabels()];
    shipped.update(model, emptyTeachState);
    own.update(model, teach);
    const before = shipped.labels;
    expect(names(own)).toEqual(['Hund', 'Tür']);
    await loadAllTexts();
    shipped.update(model, emptyTeachState);
    own.update(model, teach);
    expect(names(own)).toEqual(['Dog', 'Tür']);
    expect(shipped.labels).toBe(before);
  });
});
