import { defineConfig } from '@playwright/test';
import config from './playwright.config';

/** Takes the pictures of `docs/screenshots`: `npm run screenshots`. */
export default defineConfig({ ...config, testDir: 'test/screenshots', reporter: 'list', timeout: 300_000 });
