import * as v from 'valibot';
import { authMethod, discovery } from '@/lib/broker/contract/discovery';
import { brokeredProvider, personaId } from '@/lib/broker/contract/wire';

/** An avatar somebody else's server opens the door to. */
const avatarSchema = v.object({ provider: brokeredProvider, persona: personaId });
export type BrokeredAvatar = v.InferOutput<typeof avatarSchema>;

/** A token server that was there before the contract, in the shape of its vendor's samples. */
const plainSchema = v.object({ provider: brokeredProvider, method: v.picklist(['GET', 'POST']) });
export type PlainServer = v.InferOutput<typeof plainSchema>;

/**
 * The broker the reader named. Nothing in here is secret: what proves who the reader is lies in
 * `lib/broker/credentials.ts` alone.
 */
export const brokerSchema = v.object({
  /** Without a slash at the end; of a plain server the whole address, with its query. */
  address: v.string(),
  /** What it said of itself when it was last asked; null for a plain server. */
  discovery: v.nullable(discovery),
  plain: v.nullable(plainSchema),
  auth: authMethod,
  /** Null while none was picked. */
  avatar: v.nullable(avatarSchema),
});
export type Broker = v.InferOutput<typeof brokerSchema>;

/** What a plain server calls its only avatar, since it does not tell. */
export const onlyPersona = 'avatar';
