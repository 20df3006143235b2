import { describe, expect, it } from 'vitest';
import { labelNamed } from '../../../../src/ui/teach/label-named';

const dog = { id: 'dog', name: 'Hund' };
const hund = { id: 'hund', name: 'HUND' };

describe('the label with a name', () => {
  it('is one of the model by its name in the page’s language, or by its id', () => {
    expect(labelNamed('hund', [dog])).toBe(dog);
    expect(labelNamed('dog', [dog])).toBe(dog);
    expect(labelNamed('katze', [dog])).toBeUndefined();
  });

  it('is the person’s own if there is one', () => {
    expect(labelNamed('hund', [dog, hund])).toBe(hund);
  });
});
