import { AppError } from '@/lib/errors';
import type { Provider, ProviderId } from '@/lib/session/provider';

/**
 * Every provider there is, loaded only when a session wants it; null where this build was made
 * without it (`VISAVIS_PROVIDERS`, see `wxt.config.ts`).
 */
const registry: Record<ProviderId, (() => Promise<Provider>) | null> = {
  local: () => import('@/lib/providers/local').then((module) => module.createLocal()),
  inworld: import.meta.env.WITHOUT_INWORLD
    ? null
    : () => import('@/lib/providers/inworld/inworld').then((module) => module.createInworld()),
  perso: import.meta.env.WITHOUT_PERSO
    ? null
    : () => import('@/lib/providers/perso/perso').then((module) => module.createPerso()),
  'soul-machines': import.meta.env.WITHOUT_SOUL_MACHINES
    ? null
    : () =>
        import('@/lib/providers/soul-machines/soul-machines').then((module) =>
          module.createSoulMachines(),
        ),
};

/** Rejects with `vendor_unsupported` where this build was made without it. */
export async function loadProvider(id: ProviderId): Promise<Provider> {
  const load = registry[id];
  if (load === null) throw new AppError('vendor_unsupported');
  return load();
}

/**
 * Asks the server that a Soul Machines key names for a way in, just as a session would, and goes
 * no further. Rejects with an `AppError`.
 */
export async function tryOwnKey(key: string, signal: AbortSignal): Promise<void> {
  if (import.meta.env.WITHOUT_SOUL_MACHINES) throw new AppError('vendor_unsupported');
  const { entryFor } = await import('@/lib/providers/soul-machines/entry');
  await entryFor({ kind: 'api-key', key }, null, signal);
}

/** Whether this build can show avatars of that maker. */
export function hasProvider(id: string): id is ProviderId {
  return Object.entries(registry).some(([name, load]) => name === id && load !== null);
}
