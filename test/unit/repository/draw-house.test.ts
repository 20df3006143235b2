import { expect, it } from 'vitest';
import { arrowsBetween, drawing, roomOf, withDrawing } from '../../../scripts/draw-house.mjs';

it('knows the room of a file', () => {
  expect(
    ['src/ui/main.ts', 'src/ui/listen/meters/a.ts', 'src/app/teach/b.ts', 'worklets/capture.ts'].map(roomOf),
  ).toEqual(['src/ui/main.ts', 'src/ui/listen', 'src/app', 'worklets']);
});

it('draws an arrow for each import from room to room, except implied ones', () => {
  const imports = [
    ['src/app/a.ts', 'src/app/b.ts'],
    ['src/app/a.ts', 'src/store/a.ts'],
    ['src/app/b.ts', 'src/store/b.ts'],
    ['src/app/b.ts', 'src/shared/lib/a.ts'],
    ['src/store/a.ts', 'src/shared/lib/a.ts'],
    ['src/ui/kit/a.ts', 'src/shared/lib/a.ts'],
  ] as const;
  expect(arrowsBetween(imports)).toEqual([
    ['src/app', 'src/store'],
    ['src/store', 'src/shared'],
    ['src/ui/kit', 'src/shared'],
  ]);
});

it('draws a room that it has no floor for', () => {
  const mermaid = drawing([['src/cellar/a.ts', 'src/shared/lib/a.ts']]);
  expect(mermaid).toContain('subgraph floor1["elsewhere"]\n    src_cellar["src/cellar"]');
  expect(mermaid).toContain('src_cellar --> src_shared');
});

it('puts the drawing between its markers, and changes nothing the second time', () => {
  const document = 'Before\n<!-- npm run draw:house: begin -->\nold\n<!-- npm run draw:house: end -->\nAfter\n';
  const drawn = withDrawing(document, 'new');
  expect(drawn).toContain('```mermaid\nnew\n```');
  expect(drawn).not.toContain('old');
  expect(withDrawing(drawn, 'new')).toBe(drawn);
  expect(() => withDrawing('no marks', 'new')).toThrow('has no lines');
});
