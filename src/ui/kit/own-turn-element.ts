import { nextTurn } from '../../shared/lib/next-turn';
import { LocalizedElement } from './localized-element';

/**
 * An element that draws first in a turn of its own, so that the browser can respond to the person between many
 * drawings. Its layout must not depend on its content, or the page jumps.
 */
export abstract class OwnTurnElement extends LocalizedElement {
  protected override async scheduleUpdate(): Promise<unknown> {
    if (!this.hasUpdated) await nextTurn();
    return super.scheduleUpdate();
  }
}
