import { createSoulMachines } from '@/lib/providers/soul-machines/soul-machines';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import type { Connection, Opening, ProviderEvent, SoulMachinesGrant } from '@/lib/session/provider';
import type { SoulMachinesControls } from '@/tests/emulators/soul-machines/soul-machines';
import type { Vendor } from '@/tests/vendors/vendor';

export type Emulated = Vendor<SoulMachinesControls>;

/** A grant as the background would hand it over, with a token of the emulated token server. */
export async function grantFrom(
  { address }: Emulated,
  more: Partial<SoulMachinesGrant> = {},
): Promise<SoulMachinesGrant> {
  const response = await fetch(`${address}/token`);
  const { url, jwt } = (await response.json()) as { url: string; jwt: string };
  return {
    provider: 'soul-machines',
    credential: { kind: 'jwt', url, jwt },
    pageMetadata: false,
    iceServers: [],
    forceRelay: false,
    volume: 1,
    muted: false,
    language: 'en',
    ...more,
  };
}

/** The credential of an operator who hands out the key itself. */
export function keyOf({ address }: Emulated): SoulMachinesGrant['credential'] {
  const key = { soulId: 'ada', authServer: `${address}/api/auth`, authToken: 'not-a-secret' };
  return { kind: 'api-key', key: btoa(JSON.stringify(key)) };
}

export interface Avatar {
  readonly events: ProviderEvent[];
  readonly stage: HTMLElement;
  readonly controller: AbortController;
  /** Of one kind, in order. */
  of<Type extends ProviderEvent['type']>(type: Type): Extract<ProviderEvent, { type: Type }>[];
  open(): Promise<Connection>;
}

const closing: (() => Promise<void>)[] = [];

/** Closes every avatar of the test; for `afterEach`, before it is looked what was left. */
export async function closeAvatars(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

/** An avatar about to be opened. */
export function avatar(
  grant: SoulMachinesGrant,
  { limits, ...more }: { limits?: Partial<Limits> } & Partial<Opening> = {},
): Avatar {
  const events: ProviderEvent[] = [];
  const controller = new AbortController();
  const stage = document.createElement('div');
  document.body.append(stage);
  let opened: Connection | null = null;
  closing.push(async () => {
    controller.abort();
    await opened?.close();
    stage.remove();
  });
  return {
    events,
    stage,
    controller,
    of: (type) => events.filter((event) => event.type === type) as never,
    async open() {
      opened = await createSoulMachines(limits).open({
        grant,
        stage,
        history: [],
        resume: null,
        signal: controller.signal,
        emit: (event) => void events.push(event),
        ...more,
      });
      return opened;
    },
  };
}
