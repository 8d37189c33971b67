import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the one command of the README opens a browser on an article, Vis says hello, and avatars of other makers are one click away', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['tests/tools/setup.mjs', 'start', '--once', 'Nova'],
    { timeout: 55_000 },
  );
  expect(stdout).toContain('I see you are on “The Wall That Breathes”.');
  expect(stdout).toContain('Nova of Soul Machines is here.');
});

test('a command nobody knows is answered with those there are', async () => {
  const run = promisify(execFile)(process.execPath, ['tests/tools/setup.mjs', 'dance']);
  await expect(run).rejects.toMatchObject({ stderr: expect.stringContaining('start | test') });
});
