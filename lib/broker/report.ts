import type { Broker } from '@/lib/broker/broker';
import type { Secret } from '@/lib/broker/credentials';
import type { Examination } from '@/lib/broker/doctor';

/** What stands around an examination. */
export interface Circumstances {
  readonly version: string;
  /** `navigator.userAgent`. */
  readonly browser: string;
  /** Our own origin, which an operator may have to allow. */
  readonly origin: string;
  readonly now: Date;
  readonly secrets: readonly string[];
}

/** For an operator to read, in English and without anything that opens a door. */
export function reportOf(
  broker: Broker,
  { checks, trouble }: Examination,
  { version, browser, origin, now, secrets }: Circumstances,
): string {
  const { protocol, host, pathname } = new URL(broker.address);
  const facts: [string, string | number | undefined][] = [
    ['Visavis', version],
    ['browser', browser],
    ['origin', origin],
    ['time', now.toISOString()],
    ['service', `${protocol}//${host}${pathname.replace(/\/$/u, '')}`],
    ['kind', broker.plain ? `plain ${broker.plain.provider} ${broker.plain.method}` : 'broker'],
    ['sign-in', broker.auth.type],
    ['avatar', broker.avatar ? `${broker.avatar.provider}/${broker.avatar.persona}` : 'none'],
    ['result', trouble ? trouble.code : 'ok'],
    ['about', trouble?.about],
    ['status', trouble?.status],
    ['trace', trouble?.trace],
    ['again', trouble?.again === undefined ? undefined : new Date(trouble.again).toISOString()],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${value}`));
  const way = checks.map(({ step, state }) => `${step}: ${state}`);
  return redact([...lines, '', ...way].join('\n'), secrets);
}

/** A server may throw back at us what it was sent; whatever looks like a token goes too. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret !== '');
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text);
  return without
    .replace(/\b(Bearer|Basic)[ \t]+[^\s,;"']+/giu, '$1 [removed]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/gu, '[removed]');
}

export function secretsIn(secret: Secret | null): string[] {
  switch (secret?.type) {
    case undefined:
      return [];
    case 'oidc':
      return secret.refresh === null ? [] : [secret.refresh];
    case 'bearer':
    case 'header':
    case 'basic':
      return [secret.key];
  }
}
