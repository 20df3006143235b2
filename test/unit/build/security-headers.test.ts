import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { securityHeadersPlugin } from '../../../build/security-headers';

const plugin = securityHeadersPlugin() as unknown as {
  config(): { preview: { headers: Record<string, string> } };
  generateBundle(this: { emitFile(file: { fileName: string; source: string }): void }): void;
  transformIndexHtml: { handler(html: string, context: object): string };
};

/** What `npm start` sends. */
const sent = plugin.config().preview.headers;

/** The file that the build writes for hosts. */
const headersFile = ((): string => {
  const files: Record<string, string> = {};
  plugin.generateBundle.call({ emitFile: ({ fileName, source }) => Object.assign(files, { [fileName]: source }) });
  return files._headers ?? '';
})();

describe('security headers', () => {
  it('are, in the file that Netlify and Cloudflare Pages read, those that npm start sends', () => {
    // https://docs.netlify.com/manage/routing/headers: a path, then indented lines of a name and a value.
    const [path, ...lines] = headersFile.trimEnd().split('\n');
    expect(path).toBe('/*');
    const read = lines.map((line) => /^ {2}([A-Za-z-]+): (\S.*)$/.exec(line)?.slice(1) ?? [line]);
    expect(Object.fromEntries(read)).toEqual(sent);
    // https://developers.cloudflare.com/pages/configuration/headers: a line may have 2000 characters.
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2000);
  });

  it('are the same for nginx, by the command of the recipe', (context) => {
    context.skip(process.platform === 'win32', 'the recipe is for systems that have sed');
    const command = /```sh\n(sed .+)\n```/.exec(readFileSync('docs/deploy.md', 'utf8'))?.[1];
    if (command === undefined) throw new Error('docs/deploy.md has no such command any more');
    const folder = mkdtempSync(join(tmpdir(), 'earmark-'));
    try {
      writeFileSync(join(folder, '_headers'), headersFile);
      const configuration = execFileSync('sh', ['-c', command.replace(/ > \S+$/, '').replace('dist/', '')], {
        cwd: folder,
        encoding: 'utf8',
      });
      const read = [...configuration.matchAll(/^add_header ([A-Za-z-]+) "([^"]*)" always;$/gm)];
      expect(Object.fromEntries(read.map(([, name, value]) => [name, value]))).toEqual(sent);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('allow the microphone and the sound of a tab, and no camera', () => {
    const features = sent['Permissions-Policy']?.split(', ');
    expect(features).toEqual(expect.arrayContaining(['microphone=(self)', 'display-capture=(self)', 'camera=()']));
    expect(features?.filter((feature) => feature.endsWith('=(self)'))).toHaveLength(2);
  });

  it('are in the page as well, as far as a page can have them', () => {
    const page = plugin.transformIndexHtml.handler('<head>\n<meta charset="utf-8" />\n</head>', {});
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(`${policy}; frame-ancestors 'none'`).toBe(sent['Content-Security-Policy']);
    expect(page).toContain('<meta name="referrer" content="no-referrer" />');
  });
});
