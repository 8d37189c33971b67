/** A key or a token as a request carries it. */
interface Presented {
  readonly secret: string;
  /** The user name of Basic; null elsewhere. */
  readonly name: string | null;
}

/** A header of the request, by its name in small letters. */
export type GetHeader = (name: string) => string | undefined;

/** Longer than any token an issuer makes; shorter than what would keep us busy. */
const longest = 8192;

/** What the request shows, or null: Bearer, Basic, or the header the operator named. */
export function presented(get: GetHeader, header: string | undefined): Presented | null {
  const own = header === undefined ? undefined : get(header.toLowerCase());
  if (own !== undefined && own.length <= longest) return { secret: own.trim(), name: null };
  const authorization = get('authorization');
  if (authorization === undefined || authorization.length > longest) return null;
  const [, scheme, value = ''] = /^\s*(bearer|basic)\s+(\S+)/iu.exec(authorization) ?? [];
  if (scheme === undefined) return null;
  return scheme.toLowerCase() === 'bearer' ? { secret: value, name: null } : fromBasic(value);
}

function fromBasic(value: string): Presented | null {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}
