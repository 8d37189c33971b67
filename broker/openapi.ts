import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { stringify } from 'yaml';
import {
  contractVersion,
  discovery,
  headers,
  health,
  idempotencyKey,
  paths,
  problem,
  problemMediaType,
  problems,
  quotaAnswer,
  renewal,
  renewRequest,
  session,
  sessionId,
  sessionRequest,
  traceId,
  type ProblemCode,
} from '@/lib/broker/contract';

/** The contract as OpenAPI 3.1, made of the very schemas both sides check with. */
export function openapi(): string {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Avatar broker',
      version: `${contractVersion}`,
      description:
        'Short-lived session credentials for avatars, from a server that holds the keys. ' +
        'Nothing about any page is ever sent to it.',
    },
    security: [{ bearer: [] }, { basic: [] }, {}],
    paths: {
      [paths.discovery]: {
        get: {
          summary: 'Who runs this and what it offers',
          security: [{}],
          responses: { 200: json('Discovery'), ...refusals('forbidden_origin', 'rate_limited') },
        },
      },
      [paths.sessions]: {
        post: {
          summary: 'Open a session',
          parameters: [ref('parameters', 'IdempotencyKey')],
          requestBody: { required: true, ...content('SessionRequest') },
          responses: {
            201: json('Session'),
            ...refusals(
              'invalid_request',
              'auth_required',
              'quota_exceeded',
              'forbidden_origin',
              'not_entitled',
              'persona_not_found',
              'in_progress',
              'session_ended',
              'too_large',
              'key_reused',
              'concurrency_limit',
              'rate_limited',
              'internal',
              'provider_rejected',
              'provider_busy',
              'unavailable',
            ),
          },
        },
      },
      [paths.renew]: {
        post: {
          summary: 'Keep a session alive, with another credential if it needs one',
          parameters: [ref('parameters', 'Session')],
          requestBody: { required: false, ...content('RenewRequest') },
          responses: {
            200: json('Renewal'),
            ...refusals(
              'invalid_request',
              'auth_required',
              'quota_exceeded',
              'session_ended',
              'rate_limited',
              'provider_rejected',
              'provider_busy',
              'unavailable',
            ),
          },
        },
      },
      [paths.end]: {
        post: {
          summary: 'End a session; what is not there any more is ended too',
          parameters: [ref('parameters', 'Session')],
          responses: {
            204: { description: 'It is over.' },
            ...refusals('auth_required', 'rate_limited', 'unavailable'),
          },
        },
      },
      [paths.quota]: {
        get: {
          summary: 'What the caller has left, and its live sessions',
          responses: {
            200: json('QuotaAnswer'),
            ...refusals('auth_required', 'rate_limited', 'unavailable'),
          },
        },
      },
      [paths.health]: {
        get: {
          summary: 'Whether sessions can be opened here',
          security: [{}],
          responses: { 200: json('Health'), 503: json('Health') },
        },
      },
    },
    components: {
      schemas: {
        Discovery: schema(discovery),
        SessionRequest: schema(sessionRequest),
        Session: schema(session),
        RenewRequest: schema(renewRequest),
        Renewal: schema(renewal),
        QuotaAnswer: schema(quotaAnswer),
        Health: schema(health),
        Problem: schema(problem),
      },
      parameters: {
        IdempotencyKey: {
          name: headers.idempotencyKey,
          in: 'header',
          required: true,
          description: 'The same key again gives the same session, never a second one.',
          schema: schema(idempotencyKey),
        },
        Session: { name: 'session', in: 'path', required: true, schema: schema(sessionId) },
      },
      headers: {
        Trace: { description: 'Names this request in the log.', schema: schema(traceId) },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
  };
  return `# Made of lib/broker/contract by: npm run broker:openapi\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 100 })}`;
}

const trace = { [headers.trace]: ref('headers', 'Trace') };

function json(name: string) {
  return { description: name, headers: trace, ...content(name) };
}

function content(name: string) {
  return { content: { 'application/json': { schema: ref('schemas', name) } } };
}

/** Codes that share a status share an entry. */
function refusals(...codes: readonly ProblemCode[]): Record<number, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].map(([status, sharing]) => [
    status,
    {
      description: sharing.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
      headers: trace,
      content: { [problemMediaType]: { schema: ref('schemas', 'Problem') } },
    },
  ]);
  return Object.fromEntries(entries);
}

function ref(kind: string, name: string) {
  return { $ref: `#/components/${kind}/${name}` };
}

function schema(of: v.GenericSchema) {
  const { $schema: _, ...rest } = toJsonSchema(of, {
    target: 'draft-2020-12',
    // Patterns of JSON Schema are Unicode's by themselves, so this flag says nothing new.
    overrideAction: ({ valibotAction: action, jsonSchema }) =>
      action.type === 'regex' && 'requirement' in action && isUnicode(action.requirement)
        ? { ...jsonSchema, pattern: action.requirement.source }
        : null,
  });
  return rest;
}

function isUnicode(pattern: unknown): pattern is RegExp {
  return pattern instanceof RegExp && pattern.flags === 'u';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('openapi.yaml', import.meta.url), openapi());
}
