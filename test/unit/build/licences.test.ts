import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LicenceCollector, licenceOf, licencesText } from '../../../build/licences';

const MIT = 'Permission is hereby granted, free of charge, to any person.';
const APACHE = 'Apache License, Version 2.0: the full text.';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earmark-licences-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Writes a package. @returns its folder. */
async function packageOf(name: string, license: string, files: Record<string, string>): Promise<string> {
  const folder = join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  const all = { 'package.json': JSON.stringify({ name, version: '1.2.3', license, main: 'main.js' }), ...files };
  for (const [file, text] of Object.entries(all)) await writeFile(join(folder, file), text);
  return folder;
}

describe('the licence of a package', () => {
  it('is the text of its own file', async () => {
    const folder = await packageOf('filed', 'MIT', { 'LICENSE.md': MIT, 'README.md': '# filed\n\n## License\n\nMIT' });
    expect(licenceOf(folder, APACHE)).toEqual({ name: 'filed 1.2.3', id: 'MIT', text: MIT });
  });

  it.each([
    ['## License', `# a\n\n## License\n\n${MIT}\n\n## Thanks\n\nTo all.`],
    ['LICENSE (MIT)', `a\n=\n\nLICENSE (MIT)\n-------------\n\n${MIT}`],
  ])('is the section “%s” of its README', async (heading, readme) => {
    const { text } = licenceOf(await packageOf(`readme-${heading.length}`, 'MIT', { 'README.md': readme }), APACHE);
    expect(text).toContain(MIT);
    expect(text).not.toContain('Thanks');
  });

  it('is the shared text, with its own copyright, for the Apache licence', async () => {
    const code = '/**\n * @license\n * Copyright 2017 Somebody LLC. All Rights Reserved.\n */\n';
    const { text } = licenceOf(await packageOf('apache', 'Apache-2.0', { 'main.js': code }), APACHE);
    expect(text).toBe(`Copyright 2017 Somebody LLC. All Rights Reserved.\n\n${APACHE}`);
  });

  it('must exist', async () => {
    const folder = await packageOf('bare', 'MIT', { 'README.md': '# bare\n\n## License\n\nMIT' });
    expect(() => licenceOf(folder, APACHE)).toThrow(/bare 1\.2\.3 \(MIT\) carries no licence text/);
  });
});

describe('the licences of a build', () => {
  it('are in one text, by name', () => {
    const text = licencesText([
      { name: 'b 1', id: 'ISC', text: 'second' },
      { name: 'a 2', id: 'MIT', text: 'first' },
    ]);
    expect(text.indexOf('a 2 (MIT)\n\nfirst')).toBeGreaterThan(0);
    expect(text.indexOf('b 1 (ISC)\n\nsecond')).toBeGreaterThan(text.indexOf('first'));
  });

  it('are those of the packages whose modules it holds, the service worker’s and the icons’', async () => {
    await packageOf('used', 'MIT', { LICENSE: `used: ${MIT}` });
    await mkdir(join(root, 'node_modules/used/esm'));
    await writeFile(join(root, 'node_modules/used/esm/package.json'), '{"type":"module"}');
    await packageOf('unused', 'MIT', { LICENSE: `unused: ${MIT}` });
    await packageOf('workbox-core', 'MIT', { LICENSE: `workbox: ${MIT}` });
    await packageOf('workbox-left-over', 'MIT', { LICENSE: `left over: ${MIT}` });
    await writeFile(join(root, 'LICENSE'), APACHE);
    await writeFile(join(root, 'package.json'), '{"dependencies":{"used":"1.2.3","workbox-core":"1.2.3"}}');
    await mkdir(join(root, 'src/ui/kit'), { recursive: true });
    await writeFile(join(root, 'src/ui/kit/icons-license.txt'), 'icons');
    const collector = new LicenceCollector(root);
    const modules = {
      [`\0${join(root, 'node_modules/used/esm/index.js')}?commonjs`]: {},
      [join(root, 'src/main.ts')]: {},
    };
    const collect = collector.collecting().generateBundle as (options: object, bundle: object) => void;
    collect({}, { 'main.js': { type: 'chunk', modules }, 'main.css': { type: 'asset' } });
    const text = collector.text();
    for (const part of ['used: ', 'workbox: ', 'Lucide icons (ISC)\n\nicons']) expect(text).toContain(part);
    // The models' weights began with those of another network, whose licence asks for its notice.
    expect(text).toMatch(/mn04_as of EfficientAT, .* \(MIT\)\n\nMIT License\n\nCopyright \(c\) 2022 Florian Schmid/);
    for (const part of ['unused: ', 'left over: ']) expect(text).not.toContain(part);

    // The page links to the file itself, and hosts seldom say how it is encoded.
    const { handler: write } = collector.writing().generateBundle as { handler(this: object): void };
    const emitFile = vi.fn();
    write.call({ emitFile });
    expect(emitFile).toHaveBeenCalledWith({ type: 'asset', fileName: 'licences.txt', source: `\uFEFF${text}` });
  });
});
