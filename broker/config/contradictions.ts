import { isLoopback } from '../loopback';
import type { Path } from './lines';
import type { Config } from './schema';

interface Contradiction {
  readonly path: Path;
  readonly problem: string;
}

/** What each line alone cannot show: things that do not go together, or not safely. */
export function contradictions(config: Config): readonly Contradiction[] {
  return [
    ...openDoors(config),
    ...twice(config.access.keys, 'name', ['access', 'keys']),
    ...twice(config.providers.inworld?.personas, 'id', ['providers', 'inworld', 'personas']),
    ...twice(config.providers.perso?.personas, 'id', ['providers', 'perso', 'personas']),
    ...twice(config.providers['soul-machines']?.personas, 'id', [
      'providers',
      'soul-machines',
      'personas',
    ]),
    ...plainly(config.access.oidc?.issuer, ['access', 'oidc', 'issuer']),
    ...plainly(config.providers.inworld?.api_url, ['providers', 'inworld', 'api_url']),
    ...plainly(config.providers.perso?.api_url, ['providers', 'perso', 'api_url']),
    ...workspace(config),
  ];
}

function openDoors({ access, listen, metrics }: Config): Contradiction[] {
  if (isLoopback(listen.host)) return [];
  const found: Contradiction[] = [];
  if (access.keys.length === 0 && !access.oidc) {
    found.push({
      path: ['listen', 'host'],
      problem:
        `"host" is ${listen.host}, which others can reach, but nobody has to say who they are; ` +
        'give "access" keys or oidc, or listen on 127.0.0.1',
    });
  }
  if (metrics.enabled && metrics.hash === undefined) {
    found.push({
      path: ['metrics', 'enabled'],
      problem: `metrics would be open to everyone who can reach ${listen.host}; give them a "hash"`,
    });
  }
  return found;
}

function twice<K extends string>(
  entries: readonly Readonly<Record<K, string>>[] | undefined,
  word: K,
  path: Path,
): Contradiction[] {
  const seen = new Set<string>();
  return (entries ?? []).flatMap((entry, index) => {
    const name = entry[word];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: [...path, index, word], problem: `"${name}" is there twice` }];
  });
}

/** Keys and tokens do not travel unencrypted, but to this very machine. */
function plainly(address: string | undefined, path: Path): Contradiction[] {
  if (address === undefined) return [];
  if (!URL.canParse(address)) return [{ path, problem: `"${path.at(-1)}" is not an address` }];
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || isLoopback(hostname)) return [];
  return [
    { path, problem: `"${path.at(-1)}" should start with https: secrets would go unencrypted` },
  ];
}

function workspace({ providers }: Config): Contradiction[] {
  if (providers.inworld?.form !== 'engine' || providers.inworld.workspace !== undefined) return [];
  return [
    {
      path: ['providers', 'inworld', 'form'],
      problem: 'form "engine" needs a "workspace" as well',
    },
  ];
}
