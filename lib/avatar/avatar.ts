import { onlyPersona, type Broker, type BrokeredAvatar } from '@/lib/broker/broker';
import type { Offer, Persona } from '@/lib/broker/contract';
import { makerOf, persoServer } from '@/lib/avatar/maker';
import { readOwnKey } from '@/lib/broker/own-key';
import type { Rung } from '@/lib/page/page';
import { isAllowed, isLocked, type Cap, type Policy } from '@/lib/policy';
import type { ProviderId } from '@/lib/session/provider';
import { t } from '@/lib/words';

export interface Rate {
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
}

/** Somebody to talk to. */
export interface Avatar {
  readonly provider: ProviderId;
  /** Whom to ask the service for; null for the face on this device, and for a key of the reader's own. */
  readonly brokered: BrokeredAvatar | null;
  readonly name: string;
  readonly description: string | null;
  /** Of a service: who runs it. */
  readonly operator: string | null;
  /** In the operator's words. */
  readonly price: string | null;
  /** What a minute costs, where the operator says so in figures. */
  readonly rate: Rate | null;
  /** As much of a page as its operator lets it know. */
  readonly highest: Rung;
  /** Origins besides the service's own that the browser has to let us reach. */
  readonly origins: readonly string[];
}

/** The face on this device: always there, needs nobody. */
export function vis(): Avatar {
  return {
    provider: 'local',
    brokered: null,
    name: t('panel.avatar'),
    description: t('avatar.vis'),
    operator: null,
    price: null,
    rate: null,
    highest: 'page',
    origins: [],
  };
}

/** What its operator keeps from it; null where that is nothing. */
export function capOf({ name, operator, highest }: Avatar): Cap | null {
  return operator === null ? null : { highest, operator, avatar: name };
}

/**
 * Everybody a reader can choose here, Vis first; `canShow`: whether this build has that maker's;
 * `ownKey`: the reader's own, of which an organisation that decides on the service wants none.
 */
export function avatarsOf(
  broker: Broker | null,
  policy: Policy,
  canShow: (provider: string) => boolean,
  ownKey: string | null = null,
): readonly Avatar[] {
  const others = broker ? brokeredBy(broker) : [];
  const own = isLocked(policy, 'broker') ? [] : keyed(ownKey);
  return [
    vis(),
    ...[...own, ...others].filter(
      ({ provider }) => isAllowed(policy, provider) && canShow(provider),
    ),
  ];
}

/** Whom somebody is told from the others by. */
export function keyOf({ provider, brokered }: Avatar): string {
  return `${provider} ${brokered?.persona ?? ''}`;
}

export function isSameAvatar(one: BrokeredAvatar | null, other: BrokeredAvatar | null): boolean {
  return one?.provider === other?.provider && one?.persona === other?.persona;
}

/** A key says which server it is for, and nothing of whom it leads to. */
function keyed(key: string | null): Avatar[] {
  const reading = key === null ? null : readOwnKey(key);
  if (!reading?.ok) return [];
  const provider = 'soul-machines';
  return [
    {
      ...vis(),
      provider,
      name: t('avatar.own', [makerOf(provider)]),
      description: t('avatar.byKey'),
      origins: [reading.origin],
    },
  ];
}

function brokeredBy({ address, discovery, plain }: Broker): Avatar[] {
  if (plain) return [nameless(plain.provider, new URL(address).host)];
  if (!discovery) return [];
  const { operator, price, context: highest, providers } = discovery;
  return providers.flatMap((offer) =>
    offer.personas.map((persona) => ({
      ...named(offer, persona),
      operator: operator.name,
      price: persona.price ?? price,
      rate: persona.rate ?? null,
      highest,
    })),
  );
}

function named(offer: Offer, { id, name, description }: Persona) {
  const { provider } = offer;
  return {
    provider,
    brokered: { provider, persona: id },
    name,
    description,
    origins: originsOf(offer),
  };
}

/** A plain token server says nothing of its only avatar, not even its name. */
function nameless(provider: BrokeredAvatar['provider'], operator: string): Avatar {
  return {
    provider,
    brokered: { provider, persona: onlyPersona },
    name: t('avatar.nameless'),
    description: null,
    operator,
    price: null,
    rate: null,
    highest: 'page',
    origins: provider === 'perso' ? [persoServer] : [],
  };
}

/** Brokers of an earlier day do not say. */
function originsOf(offer: Offer & { readonly origins?: readonly string[] }): readonly string[] {
  return offer.origins ?? [];
}
