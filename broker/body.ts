import type * as v from 'valibot';
import { longestRequest, read } from '@/lib/broker/contract';
import { headerOf, type Asked } from './frame';
import { Problem } from './problem';

/**
 * The request's JSON, once it keeps to the schema. An empty body is an empty object.
 *
 * @throws Problem `too_large` or `invalid_request`
 */
export async function bodyOf<S extends v.GenericSchema>(
  c: Asked,
  schema: S,
): Promise<v.InferOutput<S>> {
  const text = await limited(c);
  // Anything else could be sent from a web page's form, without the browser asking us first.
  if (text !== '' && !/^application\/json\b/iu.test(headerOf(c, 'content-type') ?? '')) {
    throw new Problem('invalid_request', 'The request should be application/json.');
  }
  const reading = read(schema, text === '' ? {} : parsed(text));
  if (reading.ok) return reading.value;
  const where = reading.at === '' ? '' : ` at "${reading.at.slice(0, 100)}"`;
  throw new Problem('invalid_request', `The request is not what it should be${where}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('invalid_request', 'The request is not JSON.', { cause });
  }
}

async function limited(c: Asked): Promise<string> {
  const length = headerOf(c, 'content-length');
  if (length === undefined) return counted(c.req.raw);
  // Node holds the body to the length it announced.
  if (Number(length) > longestRequest) throw tooLarge();
  return c.req.text();
}

async function counted({ body }: Request): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > longestRequest) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): Problem {
  return new Problem('too_large', `A request has at most ${longestRequest} bytes.`);
}
