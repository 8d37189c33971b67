import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ownKey, readOwnKey } from '@/lib/broker/own-key';

beforeEach(() => fakeBrowser.reset());

const keyFor = (contents: unknown) => btoa(JSON.stringify(contents));
const server = 'https://auth.soulmachines.example/api/jwt';
const key = keyFor({ soulId: 'nova', authServer: server, authToken: 'secret' });

describe('a Soul Machines key', () => {
  it('says where it leads', () => {
    const origin = 'https://auth.soulmachines.example';
    expect(readOwnKey(key)).toEqual({ ok: true, key, origin });
  });

  it('may have been broken over lines by a mail', () => {
    const broken = ` ${key.slice(0, 20)}\r\n${key.slice(20)}\n`;
    expect(readOwnKey(broken)).toMatchObject({ ok: true, key });
  });

  it('may lead to this machine without encryption', () => {
    const here = keyFor({ authServer: 'http://127.0.0.1:8123/jwt' });
    expect(readOwnKey(here)).toMatchObject({ ok: true, origin: 'http://127.0.0.1:8123' });
  });

  it.each([
    ['nothing', '', 'not_a_key'],
    ['no base64', '???', 'not_a_key'],
    ['no JSON', btoa('hello'), 'not_a_key'],
    ['a list', keyFor([server]), 'not_a_key'],
    ['null', keyFor(null), 'not_a_key'],
    ['a novel', btoa('x'.repeat(20_000)), 'not_a_key'],
    ['no server', keyFor({ soulId: 'nova' }), 'no_server'],
    ['a server that is a number', keyFor({ authServer: 7 }), 'no_server'],
    ['a server that is no address', keyFor({ authServer: 'soulmachines' }), 'no_server'],
    ['a server without encryption', keyFor({ authServer: 'http://auth.example' }), 'unsafe_server'],
    ['a script', keyFor({ authServer: 'javascript:alert(1)' }), 'unsafe_server'],
    ['every host', keyFor({ authServer: 'https://*/' }), 'unsafe_server'],
    ['every host of a domain', keyFor({ authServer: 'https://*.example/' }), 'unsafe_server'],
    ['a password', keyFor({ authServer: 'https://a:b@auth.example/' }), 'unsafe_server'],
  ])('that is or names %s is refused', (_, written, why) => {
    expect(readOwnKey(written)).toEqual({ ok: false, why });
  });

  it('is kept, told of, and gone when it is taken away', async () => {
    const told: boolean[] = [];
    const stop = ownKey.watch((isThere) => told.push(isThere));
    await ownKey.set(key);
    expect(await ownKey.get()).toBe(key);
    await ownKey.remove();
    expect(await ownKey.get()).toBe(null);
    expect(told).toEqual([true, false]);
    stop();
  });

  it('that was spoilt in storage is none', async () => {
    await ownKey.set('spoilt');
    expect(await ownKey.get()).toBe(null);
  });
});
