import type { Provider, ProviderId } from '@/lib/session/provider';

/** Every provider there is, loaded only when a session wants it. */
const registry: Record<ProviderId, () => Promise<Provider>> = {
  local: () => import('@/lib/providers/local').then((module) => module.createLocal()),
};

export function loadProvider(id: ProviderId): Promise<Provider> {
  return registry[id]();
}
