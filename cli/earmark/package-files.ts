import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this code: in the package, everything that it needs lies there too. */
const here = dirname(fileURLToPath(import.meta.url));
const packagedModels = join(here, 'models');

/** Whether this is the package that `npm run pack` makes, and not the repository. */
const isPackaged = existsSync(packagedModels);

/** Folder of the models that come with Earmark. */
export const modelsFolder = isPackaged ? packagedModels : join(here, '../../public/models');

/** Folder of the WASM backend's binaries, ending in `/`; undefined where npm installed them. */
export const wasmFolder = isPackaged ? `${here}/` : undefined;

/** The package's description, with its version. */
export const manifestFile = join(here, isPackaged ? 'package.json' : '../../package.json');
