import { fileURLToPath } from 'node:url';

/** The folder that a command's `--model` means: one of public/models by its name, or any by a path with a slash. */
export function modelFolder(model: string): string {
  return /[\\/]/.test(model) ? model : fileURLToPath(new URL(`../../public/models/${model}`, import.meta.url));
}
