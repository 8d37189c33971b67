import type { Provider, ProviderId } from '@/lib/session/provider';

/** Every provider there is, loaded only when a session wants it. */
const registry: Record<ProviderId, () => Promise<Provider>> = {
  local: () => import('@/lib/providers/local').then((module) => module.createLocal()),
};

export function loadProvider(id: ProviderId): Promise<Provider> {
  return registry[id]();
}

/** Whether this build can show avatars of that maker. */
export function hasProvider(id: string): id is ProviderId {
  return id in registry;
}
