import { join } from 'node:path';
import { modelsFolder } from '../earmark/package-files';

/** The folder meant by a command's `--model`: a model that comes with Earmark, or a folder by a path with a slash. */
export function modelFolder(model: string): string {
  return /[\\/]/.test(model) ? model : join(modelsFolder, model);
}
