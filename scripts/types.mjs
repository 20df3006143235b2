/** `npm run types`: checks the types of each thread's folders, and of the bench if its packages are installed. */
import { hasBenchPackages, run } from './install.mjs';

const projects = ['tsconfig.json', ...(hasBenchPackages() ? ['tsconfig.bench.json'] : [])];
if (!hasBenchPackages()) {
  console.log('Not checked: what imports the packages of bench, which “npm run bench” installs (tsconfig.bench.json).');
}
process.exitCode = run('npx', ['tsc', '-b', ...projects]) ?? 1;
