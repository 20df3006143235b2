import { nextTurn } from '../../shared/lib/next-turn';

/** Resolves once the page as it is now was drawn; on a hidden page not before it is seen. */
export async function pageDrawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await nextTurn();
}
