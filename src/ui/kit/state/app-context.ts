import { createContext } from '@lit/context';
import type { AppCommands } from '../../../app/state';

/** Passes the app from the page to every element in it: `@consume({ context: appContext })`. */
export const appContext = createContext<AppCommands>('app');
