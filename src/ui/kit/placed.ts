import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class Placed extends Directive {
  render(_styles: Partial<CSSStyleDeclaration>): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [styles]: [Partial<CSSStyleDeclaration>]): typeof noChange {
    Object.assign((element as HTMLElement).style, styles);
    return noChange;
  }
}

/** Computed styles of an element: `<i ${placed({ width: '3px' })}>`. The page's policy forbids `style="…"`. */
export const placed = directive(Placed);
