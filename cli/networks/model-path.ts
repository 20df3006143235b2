import { fileURLToPath } from 'node:url';

/** The folder meant by a command's `--model`: one of public/models by name, or any folder by a path with a slash. */
export function modelFolder(model: string): string {
  return /[\\/]/.test(model) ? model : fileURLToPath(new URL(`../../public/models/${model}`, import.meta.url));
}
