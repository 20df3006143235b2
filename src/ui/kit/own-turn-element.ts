import { nextTurn } from '../../shared/lib/next-turn';
import { LocalizedElement } from './localized-element';

/**
 * An element whose first drawing has a turn of its own: where much is drawn at once, the browser can answer to the person
 * in between. Its place must not depend on what it draws, else the page jumps.
 */
export abstract class OwnTurnElement extends LocalizedElement {
  protected override async scheduleUpdate(): Promise<unknown> {
    if (!this.hasUpdated) await nextTurn();
    return super.scheduleUpdate();
  }
}
