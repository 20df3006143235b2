import { labelId, type TaughtLabel } from '../../shared/contracts/clip';

/**
 * The known label that goes by a name, of which `id` is the {@link labelId}. A label of the model goes by its name in the
 * page's language too: who types “Hund” means the dog that Earmark knows.
 */
export function labelNamed(id: string, known: readonly TaughtLabel[]): TaughtLabel | undefined {
  return known.find((label) => label.id === id) ?? known.find(({ name }) => labelId(name) === id);
}
