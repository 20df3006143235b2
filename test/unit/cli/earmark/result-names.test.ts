import { describe, expect, it } from 'vitest';
import type { FoundSound } from '../../../../cli/earmark/find/find-sounds';
import { resultNames } from '../../../../cli/earmark/tag/result-names';

const sound = (path: string, root: string): FoundSound => ({
  path: Buffer.from(path),
  root: Buffer.from(root),
  bytes: 1,
  modifiedMs: 0,
});

const names = (...sounds: FoundSound[]): string[] => resultNames(sounds, ['.selections.txt']).map(String);

describe('names of results', () => {
  it('are those of the sounds, with their folders', () => {
    expect(names(sound('/card/night/a.wav', '/card'), sound('/b.wav', '/'))).toEqual(['night/a.wav', 'b.wav']);
  });

  it('are told apart where they would be equal, also for a disk that ignores capitals', () => {
    const found = names(sound('/x/a.wav', '/x'), sound('/y/A.wav', '/y'), sound('/y/b.wav', '/y'));
    expect(found[0]).toMatch(/^a\.wav~[0-9a-f]{8}$/);
    expect(found[1]).toMatch(/^A\.wav~[0-9a-f]{8}$/);
    expect(found[0]?.slice(6)).not.toBe(found[1]?.slice(6));
    expect(found[2]).toBe('b.wav');
  });

  it('fit into 255 bytes, with whole characters', () => {
    const long = `${'ä'.repeat(125)}.wav`;
    const [found = ''] = names(sound(`/x/${long}`, '/x'));
    expect(Buffer.byteLength(`${found}.selections.txt`)).toBeLessThanOrEqual(255);
    expect(found).toMatch(/^ä+~[0-9a-f]{8}$/);
  });
});
