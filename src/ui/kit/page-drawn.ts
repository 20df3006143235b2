import { nextTurn } from '../../shared/lib/next-turn';

/** Resolves once the current page is drawn; for a hidden page, not before it is shown. */
export async function pageDrawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await nextTurn();
}
