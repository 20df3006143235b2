import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { generatedSound } from './test/browser/generated-sounds-command.ts';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      // No test measures time: a busy machine takes longer, and that is no failure.
      testTimeout: 120_000,
      // `npm run test:unit -- --coverage.enabled`, which takes a quarter longer; elements are tested in a browser, which counts
      // nothing here.
      coverage: {
        provider: 'v8',
        include: ['src/**/*.ts'],
        reporter: ['text-summary'],
        reportOnFailure: true,
        reportsDirectory: 'test-results/coverage',
      },
      reporters: ['default', './scripts/count-reporter.mjs'],
      projects: [
        {
          extends: true,
          test: { name: 'unit', maxWorkers: 2, include: ['test/unit/**/*.test.ts'], environment: 'node' },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: ['test/browser/**/*.test.ts'],
            browser: {
              enabled: true,
              headless: true,
              commands: { generatedSound },
              provider: playwright({ launchOptions: chromiumLaunchOptions() }),
              instances: [{ browser: 'chromium' }],
              screenshotDirectory: 'test-results/browser',
            },
          },
        },
      ],
    },
  }),
);
