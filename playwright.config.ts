import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';

/** `npm test` chooses a free port, so that it can run beside `npm start`. */
const port = process.env.EARMARK_PORT ?? '4173';
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // Two files at a time: most of a test is waiting for sound that is as long as it is. And no second try: a test that
  // fails now and then is a fault.
  workers: 2,
  retries: 0,
  timeout: 120_000,
  use: { baseURL, launchOptions: chromiumLaunchOptions() },
  webServer: {
    command: `npm run build && npx vite preview --port ${port}`,
    url: baseURL,
    timeout: 120_000,
    stdout: 'pipe',
  },
});
