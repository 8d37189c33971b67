import type * as v from 'valibot';
import { longestRequest, read } from '@/lib/broker/contract';
import { Problem } from './problem';

/** The parts of a Hono request this needs. */
interface Incoming {
  header(name: string): string | undefined;
  text(): Promise<string>;
  readonly raw: Request;
}

/**
 * The request's JSON, once it keeps to the schema. An empty body is an empty object.
 *
 * @throws Problem `too_large` or `invalid_request`
 */
export async function bodyOf<S extends v.GenericSchema>(
  request: Incoming,
  schema: S,
): Promise<v.InferOutput<S>> {
  const text = await limited(request);
  // Anything else could be sent from a web page's form, without the browser asking us first.
  if (text !== '' && !/^application\/json\b/iu.test(request.header('content-type') ?? '')) {
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

async function limited(request: Incoming): Promise<string> {
  const length = request.header('content-length');
  if (length === undefined) return counted(request.raw);
  // Node holds the body to the length it announced.
  if (Number(length) > longestRequest) throw tooLarge();
  return request.text();
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
