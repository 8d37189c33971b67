import { decodeProtectedHeader, jwtVerify } from 'jose';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { soulMachinesCredential } from '@/lib/broker/contract';
import { createSoulMachines } from '@/broker/vendors/soul-machines';

const now = new Date('2026-11-21T12:00:00Z');
const need = { now, endsAt: new Date('2026-11-21T12:20:00Z') };
const ada = {
  id: 'ada',
  name: 'Ada',
  languages: [],
  hand_out_api_key: false,
  key_name: 'our-key-name',
  key: 'a private key – with ümlauts',
  control_url: 'wss://brain.example/control',
  control_via_browser: true,
  page_metadata: false,
};
const account = {
  session_server: 'dh.soulmachines.cloud',
  token_minutes: 30,
  personas: [ada],
};

describe('a Soul Machines token', () => {
  it('carries the claims of the vendor’s own token servers, signed with the key’s text', async () => {
    const { grant } = await createSoulMachines(account).open('ada', need);
    expect(v.is(soulMachinesCredential, grant.credential)).toBe(true);
    const jwt = grant.credential.value;
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const { payload } = await jwtVerify(jwt, new TextEncoder().encode(ada.key), {
      currentDate: now,
    });
    expect(payload).toEqual({
      iss: 'our-key-name',
      iat: now.getTime() / 1000,
      exp: need.endsAt.getTime() / 1000,
      'sm-control': 'wss://brain.example/control',
      'sm-control-via-browser': true,
      'sm-session-server': 'dh.soulmachines.cloud',
    });
    expect(grant.connect).toEqual({ url: 'wss://dh.soulmachines.cloud', page_metadata: false });
  });

  it('runs out with its own life or the session’s, whichever ends first', async () => {
    const short = createSoulMachines({ ...account, token_minutes: 5 });
    const { grant } = await short.open('ada', need);
    expect(grant.credential.expires_at).toBe('2026-11-21T12:05:00.000Z');
    const long = await createSoulMachines(account).open('ada', need);
    expect(long.grant.credential.expires_at).toBe('2026-11-21T12:20:00.000Z');
  });

  it.each([
    ['dh.soulmachines.cloud', 'wss://dh.soulmachines.cloud', 'dh.soulmachines.cloud'],
    ['localhost:5555', 'ws://localhost:5555', 'localhost:5555'],
    ['127.0.0.1:5555', 'ws://127.0.0.1:5555', '127.0.0.1:5555'],
    ['wss://eu.example:8443/x', 'wss://eu.example:8443/x', 'eu.example:8443'],
  ])('for %s leads to %s', async (session_server, url, claim) => {
    const { grant } = await createSoulMachines({ ...account, session_server }).open('ada', need);
    expect(grant.connect).toEqual({ url, page_metadata: false });
    const claims = JSON.parse(
      Buffer.from(grant.credential.value.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims['sm-session-server']).toBe(claim);
  });

  it('can be had again for a session that runs', async () => {
    const vendor = createSoulMachines({ ...account, token_minutes: 1 });
    const later = { ...need, now: new Date('2026-11-21T12:10:00Z') };
    const renewed = await vendor.renew?.('ada', later);
    expect(renewed?.expires_at).toBe('2026-11-21T12:11:00.000Z');
  });
});

it('says which avatar was made to answer when it is told of a new page', async () => {
  const told = { ...ada, page_metadata: true };
  const { grant } = await createSoulMachines({ ...account, personas: [told] }).open('ada', need);
  expect(grant.connect).toMatchObject({ page_metadata: true });
});

it('hands out an API key as it is, with no address, where the operator said so', async () => {
  const persona = {
    id: 'eve',
    name: 'Eve',
    languages: [],
    control_url: '',
    control_via_browser: false,
    page_metadata: false,
    api_key: 'eyJhdXRoU2VydmVyIjoi',
    hand_out_api_key: true,
  };
  const { grant } = await createSoulMachines({ ...account, personas: [persona] }).open('eve', need);
  expect(grant).toEqual({
    provider: 'soul-machines',
    credential: {
      kind: 'soul-machines-api-key',
      value: persona.api_key,
      expires_at: need.endsAt.toISOString(),
      single_use: false,
    },
    connect: { url: null, page_metadata: false },
  });
});
