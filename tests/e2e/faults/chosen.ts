import type { Driver } from '../driver';
import type { FaultName } from './faults';
import type { Situation } from './situations';

type Cells = Partial<Record<FaultName, readonly Situation[]>>;

/**
 * What runs unless all is asked for. In Chromium each fault, and each situation at least twice; in
 * Firefox what ends in another way there.
 */
export const chosen: Readonly<Record<Driver['name'], Cells>> = {
  chromium: {
    'panel closed': ['live speaking'],
    'window closed': ['live listening'],
    'worker killed': ['connecting'],
    'browser killed': ['before connect', 'live idle'],
    'offline 5 s': ['live idle'],
    'offline 60 s': ['connecting'],
    'vendor socket dropped': ['live speaking'],
    'peer connection killed': ['connecting'],
    'broker down': ['before connect'],
    'token expired': ['connecting'],
    'second window opens': ['connecting', 'live listening'],
    'extension reloaded': ['live idle'],
    'tab closed': ['live speaking'],
    'system clock jump': ['live listening'],
  },
  firefox: {
    'window closed': ['live listening'],
    'worker killed': ['live speaking'],
    'browser killed': ['live idle'],
    'second window opens': ['connecting'],
    'extension reloaded': ['live idle'],
  },
};
