import type * as v from 'valibot';
import { longestRequest, read } from '@/lib/broker/contract';
import type { Asked } from './asked';
import { Problem } from './problem';

/** So many different bodies are remembered, each no longer than that. */
const most = 200;
const longest = 200;

/**
 * Reads a request's JSON, once it keeps to the schema. An empty body is an empty object. There is
 * room for little in a request, so most have been read before, word for word.
 *
 * @returns what throws a Problem, `too_large` or `invalid_request`.
 */
export function bodyReader<S extends v.GenericSchema>(schema: S) {
  const known = new Map<string, v.InferOutput<S>>();
  return async ({ request }: Asked): Promise<v.InferOutput<S>> => {
    const text = await request.text();
    // Anything else could be sent from a web page's form, without the browser asking us first.
    if (text !== '' && !/^application\/json\b/iu.test(request.header('content-type') ?? '')) {
      throw new Problem('invalid_request', 'The request should be application/json.');
    }
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = checked(schema, text);
    if (known.size < most && text.length <= longest) known.set(text, value);
    return value;
  };
}

function checked<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> {
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

export function brokenOff(): Problem {
  return new Problem('invalid_request', 'The request broke off.');
}

export function tooLarge(): Problem {
  return new Problem('too_large', `A request has at most ${longestRequest} bytes.`);
}
