import { Installation } from '../../app/install/installation';
import type { InstallationCommands } from '../../app/install/installation-state';
import type { AppCommands } from '../../app/state';
import './earmark-install';
import './earmark-update';

/** Starts what keeps the page on this device, with the elements that tell of it. */
export function startInstallation(app: AppCommands): InstallationCommands {
  const installation = new Installation(app);
  void installation.start();
  return installation;
}
