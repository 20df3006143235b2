/** Installs moto, a server that speaks S3, which tests of archives start. */
import { join } from 'node:path';
import { root } from './install.mjs';
import { pythonEnvironment, Unavailable } from './python-environment.mjs';

/** Without it those tests are skipped, which is said here and among the results. */
export function installS3Server() {
  try {
    pythonEnvironment('s3-server', join(root, 'test/support/s3/requirements.txt'), 'speaks S3 in tests');
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`\nWITHOUT a server of S3: its tests are SKIPPED, because ${error.message}.\n`);
  }
}
