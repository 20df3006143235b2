import { Installation } from '../../../app/install/installation';
import type { InstallationCommands } from '../../../app/install/installation-state';
import type { AppCommands } from '../../../app/state';
import './earmark-install';
import './earmark-update';

/** Starts the app's installation, and the elements that report on it. */
export function startInstallation(app: AppCommands): InstallationCommands {
  const installation = new Installation(app);
  void installation.start();
  return installation;
}
