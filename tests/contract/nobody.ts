import { signal } from '@preact/signals';
import { vis } from '@/lib/avatar/avatar';
import type { Choice } from '@/lib/avatar/choice';
import type { BrokerService } from '@/lib/panel/service';

/** Where there is nobody but Vis. */
export function onlyVis(): Choice {
  const here = signal(vis());
  return {
    all: signal([here.peek()]),
    wanted: here,
    current: here,
    introduction: signal(null),
    ready: Promise.resolve(),
    choose: async () => undefined,
    allow: async () => true,
    onAllowed: () => () => undefined,
    standIn: () => undefined,
    back: () => undefined,
    agree: async () => undefined,
    forbids: () => false,
    dispose: () => undefined,
  };
}

export const noService: BrokerService = {
  settings: () => undefined,
  allow: async () => false,
  end: async () => undefined,
  ours: () => ({ origin: '', redirect: null }),
  dispose: () => undefined,
};
