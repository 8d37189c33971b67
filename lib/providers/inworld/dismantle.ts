import type { InworldConnectionService } from '@inworld/web-core';
import { within, type Timing } from '@/lib/session/timing';
import type { Inside } from './inside';
import { closed } from './socket';

interface Parts {
  readonly service: InworldConnectionService;
  readonly inside: Inside;
  readonly sockets: ReadonlySet<WebSocket>;
}

/** Afterwards nothing of the SDK is left; never rejects. Each step gets `patience` ms. */
export async function dismantle(
  { service, inside, sockets }: Parts,
  timing: Timing,
  patience: number,
): Promise<void> {
  /** Its end or our patience's, whichever comes first; how it ended is of no interest. */
  const soon = async (promise: Promise<unknown>) => {
    const never = new AbortController().signal;
    await within(timing, patience, never, promise).catch(() => undefined);
  };
  const { context, element } = inside;
  await soon(inside.stopNow());
  for (const socket of sockets) socket.close(1000);
  await soon(inside.closeConnection());
  await soon(service.close());
  await soon(Promise.all(Array.from(sockets, closed)));
  if (element) {
    element.srcObject = null;
    element.remove();
  }
  if (context && context.state !== 'closed') await soon(context.close());
  service.sessionState.clear();
}
