import { labelId, type TaughtLabel } from '../../shared/contracts/clip';

/**
 * The known label with a name; `id` is the {@link labelId} of that name. A label of the model also matches its name in
 * the page's language: “Hund” means the dog that Earmark knows.
 */
export function labelNamed(id: string, known: readonly TaughtLabel[]): TaughtLabel | undefined {
  return known.find((label) => label.id === id) ?? known.find(({ name }) => labelId(name) === id);
}
