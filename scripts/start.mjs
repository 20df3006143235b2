/** `npm start`: installs what is missing, builds the app and serves it on http://localhost:4173. */
import { connect } from 'node:net';
import { fail, installPackages, root, SetupError } from './install.mjs';

const PORT = 4173;

/** Whether something answers on a port of this machine. */
function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost', autoSelectFamily: true })
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });
}

try {
  installPackages();
  if (await isTaken(PORT)) {
    throw new SetupError(
      `Port ${PORT} is taken by another program, perhaps by another Earmark: end it and run the command again.`,
    );
  }
  const { build, preview } = await import('vite');
  await build({ root });
  await preview({ root });
  console.log(`\nEarmark runs on http://localhost:${PORT} (Ctrl+C ends it)`);
} catch (error) {
  fail(error);
}
