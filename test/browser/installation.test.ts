import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { InstallationCommands, InstallationState } from '../../src/app/install/installation-state';
import { StateHolder } from '../../src/app/state-holder';
import { loadAllTexts } from '../../src/ui/messages/messages';
import '../../src/ui/after-first-paint';
import '../../src/ui/page/install/earmark-install';
import '../../src/ui/page/install/earmark-update';
import { openPage, settled } from './fake-app';

afterEach(() => document.body.replaceChildren());

/** Stands in for the browser's part: holds any state, and writes down what it was asked for. */
class FakeInstallation extends StateHolder<InstallationState> implements InstallationCommands {
  readonly calls: string[] = [];

  constructor() {
    super({ update: 'none', busy: false, install: 'none' });
  }

  async takeUpdate(): Promise<void> {
    this.calls.push('takeUpdate');
  }

  async findUpdate(): Promise<void> {
    this.calls.push('findUpdate');
  }

  async install(): Promise<void> {
    this.calls.push('install');
  }
}

async function openInstallation(): Promise<FakeInstallation> {
  const { element } = await openPage();
  const installation = new FakeInstallation();
  element.installation = installation;
  await settled(element);
  return installation;
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

it('offers a new version, but not while something is running', async () => {
  const installation = await openInstallation();
  await expect.element(button('Reload')).not.toBeInTheDocument();
  installation.change({ update: 'ready', busy: true });
  // Reloading in the browser's way would start the old version again.
  await expect
    .element(page.getByText('A new version is ready. When you’ve finished, press “Reload” here.'))
    .toBeVisible();
  await expect.element(button('Reload')).not.toBeInTheDocument();
  installation.change({ busy: false });
  await button('Reload').click();
  expect(installation.calls).toEqual(['takeUpdate']);
  installation.change({ update: 'refused' });
  await expect.element(page.getByText('Another Earmark window')).toBeVisible();
});

it('says that another window switched to the new version, and reloads once nothing is running', async () => {
  const installation = await openInstallation();
  installation.change({ update: 'taken', busy: true });
  await expect.element(page.getByText('Reload when you’ve finished.')).toBeVisible();
  await expect.element(button('Reload')).not.toBeInTheDocument();
  installation.change({ busy: false });
  await expect.element(page.getByText('Earmark was updated in another window.')).toBeVisible();
  await button('Reload').click();
  expect(installation.calls).toEqual(['takeUpdate']);
});

it('looks for the version that saved the clips or a backup, and says what came of it', async () => {
  await loadAllTexts();
  const { app, element } = await openPage();
  const installation = new FakeInstallation();
  element.installation = installation;
  for (const problem of [{ code: 'storage-newer' }, { code: 'backup-newer', file: 'a.zip' }] as const) {
    app.teach.change({ problems: [{ code: 'storage-full' }, problem] });
    await button('Get the newer version').click();
    expect(installation.calls.splice(0)).toEqual(['findUpdate']);
  }
  app.teach.change({ problems: [{ code: 'storage-full' }] });
  await expect.element(button('Get the newer version')).not.toBeInTheDocument();
  installation.change({ update: 'looking' });
  await expect.element(page.getByText('Looking for the newer version…')).toBeVisible();
  await expect.element(button('Reload')).not.toBeInTheDocument();
  installation.change({ update: 'unreachable' });
  await expect.element(page.getByText('Check your connection')).toBeVisible();
  installation.change({ update: 'absent', busy: true });
  await expect.element(page.getByText('There is no newer version here.')).toBeVisible();
  await button('Look again').click();
  expect(installation.calls).toEqual(['findUpdate']);
});

it('installs with a button if the browser offers it, and explains how otherwise', async () => {
  const installation = await openInstallation();
  await expect.element(page.getByText('Install Earmark')).not.toBeInTheDocument();
  installation.change({ install: 'by-hand' });
  await expect.element(page.getByText('Add to Home Screen')).toBeVisible();
  installation.change({ install: 'offered' });
  await button('Install').click();
  expect(installation.calls).toEqual(['install']);
});
