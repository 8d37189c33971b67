import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import type { BrokeredAvatar } from '@/lib/broker/broker';
import { plainAnswers, providerIds, session } from '@/lib/broker/contract';

/** What a session with an avatar of somebody else's may use, for minutes. */
const grantSchema = v.variant('kind', [
  v.object({
    kind: v.literal('session'),
    session,
    /** When its credential is over, ms since 1970 by this computer's clock. */
    expires: v.number(),
  }),
  /** From a plain token server, which knows no sessions: there is nothing to renew or end. */
  v.object({
    kind: v.literal('plain'),
    provider: v.picklist(providerIds),
    answer: v.union([plainAnswers['soul-machines'], plainAnswers.inworld, plainAnswers.perso]),
    expires: v.number(),
  }),
]);
export type BrokerGrant = v.InferOutput<typeof grantSchema>;

/**
 * How far asking for an avatar has come. It lies in `storage.session`, since the background may be
 * stopped between any two lines: asked again it then uses the same key, and the broker gives the
 * same session instead of a second one.
 */
const noteSchema = v.object({
  address: v.string(),
  /** The Idempotency-Key. */
  key: v.string(),
  /** When it was first asked, ms since 1970. */
  since: v.number(),
  /** Null until it was answered; taken away as soon as the asker says that it has it. */
  grant: v.nullable(grantSchema),
});
type GrantNote = v.InferOutput<typeof noteSchema>;

const prefix = 'brokerGrant';
const keyOf = ({ provider, persona }: BrokeredAvatar) =>
  `session:${prefix}:${provider}:${persona}` as const;

export async function readNote(avatar: BrokeredAvatar): Promise<GrantNote | null> {
  const note = v.safeParse(noteSchema, await storage.getItem<unknown>(keyOf(avatar)));
  return note.success ? note.output : null;
}

export async function writeNote(avatar: BrokeredAvatar, note: GrantNote): Promise<void> {
  await storage.setItem(keyOf(avatar), note);
}

export async function dropNote(avatar: BrokeredAvatar): Promise<void> {
  await storage.removeItem(keyOf(avatar));
}

/** It is over: nobody may be handed it any more. */
export async function dropNoteOf(session: string): Promise<void> {
  await dropWhere(({ grant }) => grant?.kind === 'session' && grant.session.session === session);
}

/** Whatever was asked of any broker is forgotten. */
export async function dropAllNotes(): Promise<void> {
  await dropWhere(() => true);
}

async function dropWhere(isUnwanted: (note: GrantNote) => boolean): Promise<void> {
  const all = Object.entries(await storage.snapshot('session'));
  const unwanted = all.filter(([key, value]) => {
    if (!key.startsWith(prefix)) return false;
    const note = v.safeParse(noteSchema, value);
    return !note.success || isUnwanted(note.output);
  });
  await storage.removeItems(unwanted.map(([key]) => `session:${key}` as const));
}
