import { expect, it } from 'vitest';
import { namedHead, readModel, type TagSettings } from '../../../../cli/earmark/tag/settings';

const settings: TagSettings = {
  modelFolder: 'public/models/earmark-120',
  headFile: undefined,
  threshold: undefined,
  labels: undefined,
  overlapSeconds: undefined,
};

it('labels are wanted by id or by name, in every language of the page', async () => {
  const folder = await readModel(settings.modelFolder);
  const thresholdsOf = async (labels: string[] | undefined) =>
    (await namedHead(folder, { ...settings, labels })).thresholds;
  const byId = await thresholdsOf(['dog', 'crying_baby']);
  expect(await thresholdsOf(['Dog', 'crying baby'])).toEqual(byId);
  expect(await thresholdsOf(['Hund', 'Weinendes Baby'])).toEqual(byId);
  expect(byId).not.toEqual(await thresholdsOf(undefined));
  await expect(thresholdsOf(['Hunt'])).rejects.toThrow('there is no label “Hunt”');
});
