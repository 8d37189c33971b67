import { existsSync, readFileSync } from 'node:fs';
import { makeKey } from './auth/keys';
import { createBroker } from './broker';
import { ConfigError, readConfig, type ReadConfig } from './config/read';
import { createLog } from './log';
import { Problem } from './problem';
import { serve } from './serve';
import { persoCatalogue } from './vendors/perso-catalogue';
import { firstRun, usage } from './words';

const usual = 'broker.yml';
const [command = usual, ...rest] = process.argv.slice(2);

try {
  if (command === 'help' || command === '--help') say(usage);
  else if (command === 'key') newKey(rest[0]);
  else if (command === 'perso') await listPerso(rest[0] ?? usual);
  else await start(command);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof Problem)) throw error;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  process.stderr.write(`${error.message}${cause}\n`);
  process.exitCode = 1;
}

async function start(file: string): Promise<void> {
  const first = file === usual && !existsSync(file);
  const read = first ? readConfig('', file, process.env) : load(file);
  const log = createLog(read.config.log_level, read.secrets);
  const broker = createBroker(read, { log });
  const listening = await serve(broker, read.config.listen);
  if (first) say(firstRun(listening.address));
  log.info({ address: listening.address }, 'the broker listens');

  const stop = (signal: string) => {
    log.info({ signal }, 'the broker stops');
    void listening.stop();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function load(file: string): ReadConfig {
  if (!existsSync(file)) throw new ConfigError([`There is no file ${file}.`]);
  return readConfig(readFileSync(file, 'utf8'), file, process.env);
}

function newKey(name = 'somebody'): void {
  const { key, hash } = makeKey();
  say(
    `The key, for ${name} only; it is not kept anywhere:\n\n  ${key}\n\n` +
      `What goes into the configuration, under access: keys:\n\n  - name: ${name}\n    hashes: [${hash}]\n`,
  );
}

async function listPerso(file: string): Promise<void> {
  const key = process.env['PERSO_API_KEY'];
  const account = existsSync(file) ? load(file).config.providers.perso : undefined;
  if (account) say(await persoCatalogue(account));
  else if (key) say(await persoCatalogue({ key, api_url: 'https://platform.perso.ai' }));
  else throw new ConfigError([`Set PERSO_API_KEY, or give ${file} a perso account, to list it.`]);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
