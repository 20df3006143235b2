import { expect, test } from '@playwright/test';

/** Starting a second engine and trying its backends takes a while on a busy machine. */
const LONGEST_MEASUREMENT_MS = 60_000;

test('a press measures a model that is not in use, and leaves the one in use alone', async ({ page }) => {
  await page.goto('/#/models');
  const lighter = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'earmark-light' }) });
  await lighter.getByRole('button', { name: 'Measure on this device' }).click();
  const result = lighter.getByRole('status');
  await expect(result).toHaveText(
    /An update takes [\d.]+ ms here \(\w+\)\. At 8 updates per second, the model computes for \d+% of the time\./,
    { timeout: LONGEST_MEASUREMENT_MS },
  );
  await expect(result).toHaveText(/It knows 120 sounds\. Its mean AUC on sounds it had not heard is 0\.9\d\d\./);
  await expect(lighter.getByRole('button', { name: 'Use this model' })).toHaveAttribute('aria-pressed', 'false');
});
