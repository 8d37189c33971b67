import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '@/broker/config/read';
import shipped from '@/broker/vite.config';
import { paths } from '@/lib/broker/contract';
import manifest from '@/package.json' with { type: 'json' };
import { access } from './kit';

/** What `broker/Dockerfile` says, without a Docker to say it to: one instruction a line. */
const instructions = readFileSync('broker/Dockerfile', 'utf8')
  .replaceAll(/\\\n\s*/gu, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const after = (word: string) =>
  instructions
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));
const listIn = (text: string | undefined): string[] =>
  JSON.parse(/\[.*\]$/u.exec(text ?? '')?.[0] ?? '[]');

const [file = ''] = listIn(after('CMD').at(-1));
const [program, ...check] = listIn(after('HEALTHCHECK')[0]);
const usualPort = readConfig('', 'none', {}).config.listen.port;

describe('the image', () => {
  it('is made of what is there', () => {
    const ignored = readFileSync('broker/Dockerfile.dockerignore', 'utf8').split('\n');
    const copied = after('COPY').filter((line) => !line.startsWith('--from'));
    expect(copied.length).toBeGreaterThan(0);
    for (const source of copied.flatMap((line) => line.split(' ').slice(0, -1))) {
      expect(existsSync(source), source).toBe(true);
      expect(ignored).toContain(`!${source}`);
    }
  });

  it('runs what the build makes', () => {
    expect(after('RUN')).toContain('npm run broker:build');
    expect(manifest.scripts['broker:build']).toContain('--config broker/vite.config.ts');
    const output = `/source/${join('broker', shipped.build?.outDir ?? '', file)}`;
    expect(after('COPY')).toContain(`--from=build ${output} .`);
  });

  it('is nobody’s root, and says where it listens', () => {
    expect(after('FROM').at(-1)).toMatch(/:nonroot$/u);
    expect(after('EXPOSE')).toEqual([String(usualPort)]);
    expect(program).toBe('/nodejs/bin/node');
    expect(check.join(' ')).toContain(`http://127.0.0.1:${usualPort}${paths.health}`);
  });
});

describe('the one file in it', () => {
  let folder: string;
  let broker: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'broker-image-'));
    await build({
      ...shipped,
      configFile: false,
      logLevel: 'error',
      build: { ...shipped.build, outDir: folder },
    });
  }, 60_000);

  afterAll(() => {
    broker?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('stands alone, is healthy by the image’s own check, and goes when it is told to', async () => {
    const config = join(folder, 'broker.yml');
    writeFileSync(config, stringify({ access, listen: { host: '0.0.0.0', port: 0 } }));
    broker = spawn(process.execPath, [file, config], {
      cwd: folder,
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    broker.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('the broker listens');
    const port = /"address":"http:\/\/0\.0\.0\.0:(\d+)"/u.exec(said)?.[1];
    const here = check.map((argument) => argument.replace(`:${usualPort}/`, `:${port}/`));
    await promisify(execFile)(process.execPath, here);

    const gone = once(broker, 'exit');
    broker.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    expect(said).toContain('the broker stops');
    await expect(promisify(execFile)(process.execPath, here)).rejects.toMatchObject({ code: 1 });
  }, 60_000);
});
