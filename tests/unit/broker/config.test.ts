import { writeFileSync, mkdtempSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBroker } from '@/broker/broker';
import { ConfigError, readConfig } from '@/broker/config/read';
import { createLog } from '@/broker/log';

const environment = { PERSO_API_KEY: 'perso-key', EMPTY: ' ', SM_KEY: 'sm' };

function sentences(text: string): readonly string[] {
  try {
    readConfig(text, 'broker.yml', environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
}

const perso = (persona: string) =>
  `providers:\n  perso:\n    key: {env: PERSO_API_KEY}\n    personas:\n      - ${persona}`;

describe('a configuration', () => {
  it('may be empty: then nobody but this machine is answered', () => {
    const { config } = readConfig('', 'broker.yml', {});
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 8790 });
    expect(config.limits.live_sessions).toBe(1);
  });

  it('may be JSON', () => {
    const { config } = readConfig('{"name": "Ours", "limits": {"live_sessions": 2}}', 'b.json', {});
    expect(config).toMatchObject({ name: 'Ours', limits: { live_sessions: 2, idle_seconds: 180 } });
  });

  it('finds secrets in the environment and in files, and says which they are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'broker-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'from-a-file\n');
    const text = `${perso('{id: ada, name: Ada, template: t}')}\nredis: {url: {file: ${file}}}`;
    const { config, secrets } = readConfig(text, 'broker.yml', environment);
    rmSync(folder, { recursive: true });
    expect(config.providers.perso?.key).toBe('perso-key');
    expect(config.redis?.url).toBe('from-a-file');
    expect([...secrets].sort()).toEqual(['from-a-file', 'perso-key']);
  });

  it.each([
    [
      'name: Ours\nlimts:\n  live_sessions: 2',
      'line 2: unknown word "limts"; did you mean "limits"?',
    ],
    [
      'limits:\n  idle_second: 60',
      'line 2: unknown word "idle_second"; did you mean "idle_seconds"?',
    ],
    ['colour: blue', 'line 1: unknown word "colour"'],
    ['limits:\n  idle_seconds: 5', 'line 2: "idle_seconds" should be >=30'],
    ['listen:\n  port: "80"', 'line 2: "port" should be number'],
    ['name: "a\nlisten: {', 'line 2: Missing closing "quote'],
    ['name: A\nname: B', 'line 2: Map keys must be unique'],
    ['operator:\n  url: https://x.example', 'line 1: "name" is missing'],
    [
      'providers:\n  perso:\n    key: secret-in-the-file',
      'line 3: "key" should say where the secret is, {env: NAME} or {file: path}; a secret never stands in this file',
    ],
    [
      'providers:\n  perso:\n    key: {env: NOT_SET}',
      'line 3: "key" needs the environment variable NOT_SET, which is not set',
    ],
    [
      'redis:\n  url: {env: EMPTY}',
      'line 2: "url" needs the environment variable EMPTY, which is not set',
    ],
    [
      'redis:\n  url: {file: /nowhere/at-all}',
      'line 2: "url" needs the file /nowhere/at-all, which cannot be read',
    ],
    [
      perso('{id: ada, name: Ada}'),
      'line 5: entry 1 should have either a template or params (`npm run broker -- perso` lists what there is)',
    ],
    [
      perso('{id: ada, name: Ada, templte: t}'),
      'line 5: unknown word "templte"; did you mean "template"?',
    ],
    [
      perso('{id: ada, name: Ada, template: t}\n      - {id: ada, name: Other, template: u}'),
      'line 6: "ada" is there twice',
    ],
    [
      'providers:\n  soul-machines:\n    personas:\n      - {id: a, name: A, api_key: {env: SM_KEY}}',
      'line 4: entry 1 hands out an API key, which does not expire and can be copied by everyone who may use this persona: that goes together with hand_out_api_key: true, and only with it',
    ],
    [
      'listen:\n  host: 0.0.0.0',
      'line 2: "host" is 0.0.0.0, which others can reach, but nobody has to say who they are; give "access" keys or oidc, or listen on 127.0.0.1',
    ],
    [
      'access:\n  keys:\n    - name: alice\n      hashes: [hunter2]',
      'line 4: entry 1 should be sha256: and 64 digits, as `npm run broker -- key` makes',
    ],
    [
      'access:\n  oidc:\n    issuer: http://login.example\n    client_id: v\n    audience: a\n    scope: s',
      'line 3: "issuer" should start with https: secrets would go unencrypted',
    ],
    ['origins: [https://example.com]', 'line 1: entry 1 should be chrome-extension://<id> or'],
  ])('%j is refused with a sentence that names the line', (text, sentence) => {
    const said = sentences(text);
    expect(said.some((one) => one.startsWith(`broker.yml, ${sentence}`))).toBe(true);
  });

  it('says everything that is wrong, not only the first', () => {
    expect(sentences('limts: {}\nlisten: {prot: 80}\nname: ""')).toHaveLength(3);
  });

  it('never repeats a value, which may be a secret in the wrong place', () => {
    const said = sentences('redis: {url: "redis://:hunter2@host"}\nlog_level: hunter2').join();
    expect(said).not.toBe('');
    expect(said).not.toContain('hunter2');
  });

  it('is as the example shows it', () => {
    const example = readFileSync('broker/example.yml', 'utf8');
    const names = [...example.matchAll(/\{ env: (\w+) \}/gu)].map(([, name = '']) => [name, 'x']);
    const { config } = readConfig(example, 'example.yml', Object.fromEntries(names));
    expect(Object.keys(config.providers)).toEqual(['inworld', 'perso', 'soul-machines']);
  });

  it('whose discovery nobody could read does not start, and says what is wrong with it', () => {
    const text = `${perso('{id: ada, name: Ada, template: t}')}\n    api_url: https://our_perso.example`;
    const read = readConfig(text, 'broker.yml', environment);
    const log = createLog('silent', read.secrets);
    const starting = () => createBroker(read, { log });
    expect(starting).toThrow(ConfigError);
    expect(starting).toThrow(/in the contract at "providers\.0\.origins\.0"/u);
  });
});
