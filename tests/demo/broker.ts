import { stringify } from 'yaml';
import { createBroker } from '@/broker/broker';
import { readConfig } from '@/broker/config/read';
import { createLog } from '@/broker/log';
import { serve } from '@/broker/serve';
import { paths, sessionPath } from '@/lib/broker/contract';
import { account as inworldAccount } from '../emulators/inworld/account';
import { apiKey as persoKey } from '../emulators/perso/account';
import { account as soulMachinesAccount } from '../emulators/soul-machines/account';

/** Where each emulated maker answers, `http://127.0.0.1:<port>`. */
export interface Makers {
  readonly inworld: string;
  readonly perso: string;
  readonly soulMachines: string;
}

/** The reference broker on loopback, with an account at every emulated maker. */
export interface DemoBroker {
  readonly address: string;
  /** Sessions it knows of and nobody has ended yet, by its own names for them. */
  live(): Promise<readonly string[]>;
  /** Ends them, as an operator would: nobody who has one is told. */
  endAll(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param port - 0 for any that is free.
 * @param lease - after so many seconds without a renewal a session is over.
 */
export async function startDemoBroker(makers: Makers, port = 0, lease = 180): Promise<DemoBroker> {
  const read = readConfig(stringify(configFor(makers, port, lease)), 'demo.yml', secrets);
  const broker = createBroker(read, { log: createLog('silent', read.secrets) });
  const listening = await serve(broker, read.config.listen);
  const ask = (path: string, method = 'GET') =>
    broker.app.request(`${listening.address}${path}`, {
      method,
      headers: { host: new URL(listening.address).host },
    });
  const live = async () => {
    const answer = await ask(paths.quota);
    const { sessions } = (await answer.json()) as { sessions: { session: string }[] };
    return sessions.map(({ session }) => session);
  };
  return {
    address: listening.address,
    live,
    async endAll() {
      for (const session of await live()) await ask(sessionPath('end', session), 'POST');
    },
    close: () => listening.stop(),
  };
}

/** What an operator would have in the environment. */
const secrets = {
  INWORLD_KEY: inworldAccount.key,
  INWORLD_SECRET: inworldAccount.secret,
  PERSO_API_KEY: persoKey,
  SOUL_MACHINES_KEY: soulMachinesAccount.privateKey,
};

/** In the words of `broker/example.yml`; of what is emulated only the addresses differ. */
function configFor({ inworld, perso, soulMachines }: Makers, port: number, lease: number) {
  const gateway = new URL(inworld).host;
  return {
    name: 'Avatars of the reading room',
    operator: { name: 'The reading room' },
    disclosure:
      'You talk to a machine. These avatars are stand-ins of their makers’ services that run on ' +
      'this computer; nothing you say leaves it.',
    price: 'Free',
    context: 'page',
    listen: { host: '127.0.0.1', port },
    // Whoever tries things out opens and closes a lot.
    limits: {
      live_sessions: 2,
      idle_seconds: lease,
      requests_per_minute: 6000,
      requests_per_minute_and_address: 6000,
    },
    providers: {
      'soul-machines': {
        session_server: soulMachines.replace(/^http/u, 'ws'),
        personas: [
          {
            id: 'nova',
            name: 'Nova',
            description: 'Her own face and voice. Shows cards when asked for some.',
            languages: ['en'],
            key_name: soulMachinesAccount.keyName,
            key: { env: 'SOUL_MACHINES_KEY' },
          },
        ],
      },
      perso: {
        key: { env: 'PERSO_API_KEY' },
        api_url: perso,
        personas: [
          {
            id: 'mina',
            name: 'Mina',
            description: 'Her own face and voice. Looks things up in the page herself.',
            languages: ['en', 'ko'],
            template: 'template-ada',
          },
        ],
      },
      inworld: {
        key: { env: 'INWORLD_KEY' },
        secret: { env: 'INWORLD_SECRET' },
        api_url: inworld,
        gateway: { hostname: gateway, ssl: false },
        personas: [
          {
            id: 'sage',
            name: 'Sage',
            description: 'A voice with feelings, on the face you know.',
            languages: ['en'],
            scene: 'workspaces/lighthouse/scenes/lamp_room',
          },
        ],
      },
    },
  };
}
