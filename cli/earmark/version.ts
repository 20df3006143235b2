import { readFileSync } from 'node:fs';
import { manifestFile } from './package-files';

/** Of Earmark. Results of another version are not taken for ours. */
export const version: string = JSON.parse(readFileSync(manifestFile, 'utf8')).version;
