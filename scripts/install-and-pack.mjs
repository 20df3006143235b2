/** `npm run pack`: installs what is missing, and makes the package (`pack.mjs`). */
import { fail, installPackages, run } from './install.mjs';

try {
  installPackages();
  process.exitCode = run('npx', ['tsx', 'scripts/pack.mjs', ...process.argv.slice(2)]);
} catch (error) {
  fail(error);
}
