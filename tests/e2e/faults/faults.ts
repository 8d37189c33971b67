import { clockJump } from './clock-jump';
import {
  browserKilled,
  extensionReloaded,
  panelClosed,
  secondWindow,
  tabClosed,
  windowClosed,
  workerKilled,
} from './closing';
import type { Fault } from './fault';
import {
  brokerDown,
  lineLost,
  networkChanges,
  offlineForLong,
  offlineShortly,
  tokenExpired,
} from './line';

/** Everything that goes wrong. */
export const faults = {
  'panel closed': panelClosed,
  'window closed': windowClosed,
  'worker killed': workerKilled,
  'browser killed': browserKilled,
  'offline 5 s': offlineShortly,
  'offline 60 s': offlineForLong,
  'vendor socket dropped': lineLost('drop'),
  'peer connection killed': lineLost('kill'),
  'network changes': networkChanges,
  'broker down': brokerDown,
  'token expired': tokenExpired,
  'second window opens': secondWindow,
  'extension reloaded': extensionReloaded,
  'tab closed': tabClosed,
  'system clock jump': clockJump,
} satisfies Record<string, Fault>;
export type FaultName = keyof typeof faults;
