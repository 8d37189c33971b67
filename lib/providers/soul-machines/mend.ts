import {
  fields,
  isFields,
  list,
  type Fields,
  type SceneMessage,
} from '@/lib/providers/soul-machines/message';

/**
 * The same message with everything in it that the SDK takes for granted. It reads
 * `provider.meta` and parses cards before it tells anybody of an answer, so of a message that
 * lacks them or holds a card that is no JSON nothing would be heard at all.
 */
export function mended(message: SceneMessage): SceneMessage {
  const { name } = message;
  const body = fields(message.body);
  switch (name) {
    case 'state':
      return {
        ...message,
        body: { ...body, ...(body['persona'] !== undefined && personas(body)) },
      };
    case 'recognizeResults':
      return { ...message, body: { ...body, results: list(body['results']).filter(isFields) } };
    case 'conversationResult':
      return { ...message, body: { ...body, ...answer(body) } };
    case 'speechMarker': {
      const names = list(body['arguments']).filter((word) => typeof word === 'string');
      return { ...message, body: { ...body, arguments: names } };
    }
    default:
      return message;
  }
}

function personas(body: Fields): Fields {
  const entries = Object.entries(fields(body['persona'])).filter(([, state]) => isFields(state));
  return { persona: Object.fromEntries(entries) };
}

function answer(body: Fields): Fields {
  const output = fields(body['output']);
  const provider = fields(body['provider']);
  const meta = fields(provider['meta']);
  const context = Object.entries(fields(output['context'])).flatMap(([key, value]) => {
    if (!key.includes('public-')) return [[key, value] as const];
    const card = cardOf(value);
    return card ? [[key, card] as const] : [];
  });
  return {
    personaId: body['personaId'] ?? '1',
    output: { ...output, context: Object.fromEntries(context) },
    provider: { ...provider, meta: isDialogflow(meta) ? meta : { ...meta, dialogflow: undefined } },
  };
}

/** A card as an object; words that are no JSON become one that shows them. */
function cardOf(value: unknown): Fields | null {
  if (isFields(value)) return value;
  if (typeof value !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return isFields(parsed) ? parsed : null;
  } catch {
    return { type: 'text', data: { text: value } };
  }
}

/** Older answers carry their cards elsewhere, and must then carry them whole. */
function isDialogflow(meta: Fields): boolean {
  const messages = fields(fields(meta['dialogflow'])['queryResult'])['fulfillmentMessages'];
  const payloads = list(messages).map((message) => fields(message)['payload']);
  return (
    Array.isArray(messages) &&
    payloads
      .filter(Boolean)
      .map((payload) => fields(payload)['soulmachines'])
      .every((cards) => isFields(cards) && Object.values(cards).every(isFields))
  );
}
