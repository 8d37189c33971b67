import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createBrokerClient } from '@/lib/broker/client';
import { longestAnswer, problems, type ProblemCode } from '@/lib/broker/contract';
import { keepSecret } from '@/lib/broker/credentials';
import { readAddress, readEndpoint } from '@/lib/broker/address';
import type { TroubleCode } from '@/lib/broker/trouble';
import { sentenceFor } from '@/lib/broker/words';
import {
  brokerAt,
  discovery,
  json,
  nova,
  problem,
  sessionAnswer,
  startLoopback,
  trace,
  troubleOf,
  wireFor,
  impatient,
  type Behave,
} from './loopback';

beforeEach(() => fakeBrowser.reset());

const discoverAt = async (behave: Behave, patience?: number) => {
  const { address } = await startLoopback(behave);
  return troubleOf(createBrokerClient(wireFor(patience)).discover(address));
};

async function grantFrom(behave: Behave, patience?: number) {
  const { address, heard } = await startLoopback(behave);
  await keepSecret(address, { type: 'bearer', key: 'the-key' });
  const client = createBrokerClient(wireFor(patience));
  return { client, broker: brokerAt(address), heard };
}

const troubleFrom = async (behave: Behave, patience?: number) => {
  const { client, broker } = await grantFrom(behave, patience);
  return troubleOf(client.grant(broker, nova));
};

describe('an address', () => {
  it.each([
    ['https://avatars.example.com', 'https://avatars.example.com'],
    [' avatars.example.com/ ', 'https://avatars.example.com'],
    ['avatars.example.com:8443/vis/', 'https://avatars.example.com:8443/vis'],
    ['https://a.example/.well-known/avatar-broker', 'https://a.example'],
    ['localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
  ])('%s is read as %s', (written, read) => {
    expect(readAddress(written)).toBe(read);
  });

  it.each<[string, TroubleCode]>([
    ['', 'address_invalid'],
    ['not an address', 'address_invalid'],
    ['ftp://avatars.example.com', 'address_invalid'],
    ['javascript:alert(1)', 'address_invalid'],
    ['https://avatars.example.com/?key=1', 'address_invalid'],
    ['http://avatars.example.com', 'address_http'],
    ['http://192.168.0.9:8787', 'address_http'],
    ['http://localhost.example.com', 'address_http'],
    ['http://127.0.0.1.example.com', 'address_http'],
    ['https://me:secret@avatars.example.com', 'address_credentials'],
  ])('%s is refused: %s', async (written, code) => {
    expect(await troubleOf(Promise.resolve().then(() => readAddress(written)))).toMatchObject({
      code,
    });
  });

  it('of a plain token server keeps its query', () => {
    expect(readEndpoint('https://example.com/api/token?scene=a#x')).toBe(
      'https://example.com/api/token?scene=a',
    );
  });
});

describe('finding a broker ends in one clear trouble:', () => {
  it.each<[string, TroubleCode, Behave]>([
    [
      'HTML instead of JSON',
      'html',
      (_, response) => {
        response.setHeader('Content-Type', 'text/html');
        response.end('<!doctype html><title>Welcome</title>');
      },
    ],
    [
      'HTML that calls itself JSON',
      'html',
      (_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end('\n<!DOCTYPE html><p>Log in to the hotel network');
      },
    ],
    [
      'words',
      'not_json',
      (_, response) => {
        response.setHeader('Content-Type', 'text/plain');
        response.end('hello');
      },
    ],
    [
      'JSON cut short',
      'not_json',
      (_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end('{"versions": [1');
      },
    ],
    ['an empty answer', 'off_contract', (_, response) => void response.end()],
    ['JSON of another kind', 'off_contract', (_, response) => json(response, 200, { ok: true })],
    [
      'one field too few',
      'off_contract',
      (_, response) => json(response, 200, { ...discovery, operator: undefined }),
    ],
    [
      'a newer contract',
      'version_unsupported',
      (_, response) => json(response, 200, { versions: [2, 3], anything: 'new' }),
    ],
    [
      '10 MB with their length',
      'too_long',
      (_, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Length': 10_000_000,
        });
        response.write(' '.repeat(100_000));
      },
    ],
    [
      '10 MB without their length',
      'too_long',
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        for (let sent = 0; sent < 10_000_000; sent += 100_000) response.write(' '.repeat(100_000));
        response.end();
      },
    ],
    [
      'a body that drips',
      'timeout',
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['silence', 'timeout', () => undefined],
    ['a connection cut', 'unreachable', (_, response) => void response.destroy()],
    [
      'a redirect to another origin',
      'redirected',
      (_, response) => void response.writeHead(302, { Location: 'https://example.com/' }).end(),
    ],
    ['404', 'not_found', (_, response) => json(response, 404, {})],
    ['500', 'server_error', (_, response) => void response.writeHead(500).end('<html>oops')],
  ])('%s → %s', async (_, code, behave) => {
    const patience = code === 'timeout' ? impatient : undefined;
    expect(await discoverAt(behave, patience)).toMatchObject({ code });
  });

  it('nobody there', async () => {
    const trouble = await troubleOf(createBrokerClient(wireFor()).discover('http://127.0.0.1:9'));
    expect(trouble).toEqual({ code: 'unreachable', about: '127.0.0.1:9' });
  });

  it('reads no more of an endless answer than a broker may say', async () => {
    let sent = 0;
    await discoverAt((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(10_000))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    });
    // What lies in the buffers between us was sent too.
    expect(sent).toBeLessThan(longestAnswer + 10_000_000);
  });

  it('a vendor nobody knows is left out and named; the rest can be used', async () => {
    const strange = { provider: 'hologram', capabilities: [], personas: [] };
    const { address } = await startLoopback((_, response) =>
      json(response, 200, { ...discovery, providers: [strange, ...discovery.providers] }),
    );
    const found = await createBrokerClient(wireFor()).discover(address);
    expect(found.skipped).toEqual(['hologram']);
    expect(found.discovery.providers).toEqual(discovery.providers);
  });

  it('is asked without any credential', async () => {
    const { address, heard } = await startLoopback((_, response) => json(response, 200, discovery));
    await keepSecret(address, { type: 'bearer', key: 'the-key' });
    await createBrokerClient(wireFor()).discover(address);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ method: 'GET', path: '/.well-known/avatar-broker' });
    expect(JSON.stringify(heard)).not.toContain('the-key');
  });
});

describe('a refusal', () => {
  const expected: Record<ProblemCode, TroubleCode> = {
    invalid_request: 'invalid_request',
    auth_required: 'auth_required',
    quota_exceeded: 'quota_exceeded',
    forbidden_origin: 'forbidden_origin',
    not_entitled: 'not_entitled',
    not_found: 'not_found',
    persona_not_found: 'persona_not_found',
    in_progress: 'in_progress',
    session_ended: 'session_ended',
    too_large: 'invalid_request',
    key_reused: 'invalid_request',
    version_unsupported: 'version_unsupported',
    concurrency_limit: 'concurrency_limit',
    rate_limited: 'rate_limited',
    internal: 'server_error',
    provider_rejected: 'provider_rejected',
    provider_busy: 'provider_busy',
    unavailable: 'unavailable',
  };

  it.each(Object.entries(problems).map(([code, { status }]) => [code as ProblemCode, status]))(
    'with the problem %s (%i) says what it means',
    async (code, status) => {
      // That one is asked about again until patience is at its end.
      const patience = code === 'in_progress' ? impatient : undefined;
      const trouble = await troubleFrom(
        (_, response) => problem(response, { code, status, retry_after: 0 }),
        patience,
      );
      expect(trouble).toMatchObject({ code: expected[code], status, trace });
      const ours = { origin: 'chrome-extension://us', redirect: null };
      expect(sentenceFor(trouble, ours)).toMatch(/^[A-Z].*\.$|chrome-extension:\/\/us$/u);
      expect(sentenceFor(trouble, ours)).not.toContain('undefined');
    },
  );

  it.each<[number, TroubleCode]>([
    [400, 'invalid_request'],
    [401, 'auth_required'],
    [402, 'quota_exceeded'],
    [403, 'not_entitled'],
    [404, 'not_found'],
    [410, 'session_ended'],
    [418, 'unexpected_status'],
    [426, 'version_unsupported'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [502, 'server_error'],
    [503, 'unavailable'],
  ])('%i of a proxy, with a web page, is told by its status: %s', async (status, code) => {
    const trouble = await troubleFrom((_, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end('<html>It works, but not now</html>');
    });
    expect(trouble).toMatchObject({ code, status });
  });

  it('names the sessions that may be ended instead', async () => {
    const session = {
      session: 'session-0123456789abcdef',
      provider: 'inworld' as const,
      persona: 'nova',
      started_at: '2026-11-21T10:00:00Z',
      ends_at: '2026-11-21T10:30:00Z',
    };
    const trouble = await troubleFrom((_, response) =>
      problem(response, { code: 'concurrency_limit', status: 429, active_sessions: [session] }),
    );
    expect(trouble.sessions).toEqual([session]);
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', () => '120'],
    ['a date', () => new Date(Date.now() + 120_000).toUTCString()],
  ])('as %s keeps us from asking before', async (_, value) => {
    const { client, broker, heard } = await grantFrom((_heard, response) => {
      response.writeHead(429, { 'Retry-After': value(), 'Content-Type': 'text/plain' });
      response.end('slow down');
    });
    const first = await troubleOf(client.grant(broker, nova));
    const second = await troubleOf(createBrokerClient(wireFor()).grant(broker, nova));
    expect(first.code).toBe('rate_limited');
    expect(second).toMatchObject({ code: 'rate_limited', again: first.again });
    expect(Math.abs((first.again ?? 0) - Date.now() - 120_000)).toBeLessThan(3_000);
    expect(heard).toHaveLength(1);
  });

  it('once over, asks again', async () => {
    let now = Date.now();
    const { address, heard } = await startLoopback((_, response, nth) =>
      nth === 1
        ? problem(response, { code: 'unavailable', status: 503, retry_after: 60 })
        : json(response, 201, sessionAnswer()),
    );
    await keepSecret(address, { type: 'bearer', key: 'the-key' });
    const client = createBrokerClient(wireFor(undefined, () => now));
    await troubleOf(client.grant(brokerAt(address), nova));
    now += 61_000;
    await expect(client.grant(brokerAt(address), nova)).resolves.toBeDefined();
    expect(heard).toHaveLength(2);
  });
});

describe('a credential', () => {
  it.each([
    ['is over already', sessionAnswer(-5)],
    ['is over before it could be used', sessionAnswer(0.1)],
  ])('that %s is not handed on', async (_, answer) => {
    const trouble = await troubleFrom((_heard, response) => json(response, 201, answer));
    expect(trouble.code).toBe('credential_expired');
  });

  it.each([
    ['ten minutes behind', -10],
    ['ten minutes ahead', 10],
  ])('holds though our clock is %s', async (_, minutes) => {
    const { address } = await startLoopback((_heard, response) =>
      json(response, 201, sessionAnswer(2)),
    );
    await keepSecret(address, { type: 'bearer', key: 'the-key' });
    const now = () => Date.now() + minutes * 60_000;
    const grant = await createBrokerClient(wireFor(undefined, now)).grant(brokerAt(address), nova);
    expect((grant.expires - now()) / 60_000).toBeCloseTo(2, 1);
  });

  it('of another vendor than asked for is refused whole', async () => {
    const trouble = await troubleFrom((_, response) =>
      json(response, 201, { ...sessionAnswer(), provider: 'perso' }),
    );
    expect(trouble.code).toBe('off_contract');
  });

  it('is never sent along a redirect, not even to the same origin', async () => {
    const elsewhere = await startLoopback((_, response) => json(response, 201, sessionAnswer()));
    const { client, broker, heard } = await grantFrom((_, response) => {
      response.writeHead(307, { Location: `${elsewhere.address}/v1/sessions` });
      response.end();
    });
    expect(await troubleOf(client.grant(broker, nova))).toMatchObject({ code: 'redirected' });
    expect(heard).toHaveLength(1);
    expect(elsewhere.heard).toEqual([]);
  });

  it('nobody entered is missed before anything is sent', async () => {
    const { address, heard } = await startLoopback(() => undefined);
    const trouble = await troubleOf(createBrokerClient(wireFor()).grant(brokerAt(address), nova));
    expect(trouble.code).toBe('auth_missing');
    expect(heard).toEqual([]);
  });

  it('entered for one broker is not sent to another', async () => {
    const { address, heard } = await startLoopback(() => undefined);
    await keepSecret('https://elsewhere.example', { type: 'bearer', key: 'the-key' });
    await troubleOf(createBrokerClient(wireFor()).grant(brokerAt(address), nova));
    expect(heard).toEqual([]);
  });

  it('may be missing on this machine only', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const client = createBrokerClient({ ...wireFor(), fetch });
    const broker = brokerAt('https://avatars.example.com', { auth: { type: 'none' } });
    expect((await troubleOf(client.grant(broker, nova))).code).toBe('auth_none');
    expect(fetch).not.toHaveBeenCalled();
  });
});
