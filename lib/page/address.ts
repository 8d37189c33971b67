/**
 * What an address says about its page, without asking the page. Addresses are strings as the
 * browser gives them; one that cannot be parsed is treated as nobody's.
 */

/** Why nobody may read a page. `refused`: the browser did not let us, for reasons of its own. */
export type Unreadable =
  | 'private'
  | 'browser'
  | 'store'
  | 'pdf'
  | 'file'
  | 'source'
  | 'data'
  | 'refused';

/** `https://nature.example:8080`; null for an address that has no origin of its own. */
export function originOf(url: string): string | null {
  const parsed = parse(url);
  return parsed === null || parsed.origin === 'null' ? null : parsed.origin;
}

/**
 * The host for a person's eyes, with its port. International names stay in punycode
 * (`xn--…`): a look-alike letter must not pass for the site it imitates.
 */
export function hostOf(url: string): string {
  return parse(url)?.host ?? '';
}

/** Without credentials and fragment, and without query unless `keepQuery`; '' for no address. */
export function trimAddress(url: string, keepQuery: boolean): string {
  const parsed = parse(url);
  if (parsed === null) return '';
  if (parsed.protocol === 'data:' || parsed.protocol === 'blob:') return parsed.protocol;
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  if (!keepQuery) parsed.search = '';
  return parsed.href;
}

/** Whether both addresses name the same page: fragments and credentials make no difference. */
export function isSamePage(one: string, other: string): boolean {
  return trimAddress(one, true) === trimAddress(other, true);
}

/**
 * The pattern that asks for a site's permission. Without port, since Firefox knows none in a
 * pattern; it then covers every port of the host.
 */
export function patternOf(origin: string): string | null {
  const parsed = parse(origin);
  return parsed && isWeb(parsed) ? `${parsed.protocol}//${parsed.hostname}/*` : null;
}

/** Why nobody may read the page at this address, or null where its address does not forbid it. */
export function unreadable(url: string, filesAllowed = false): Unreadable | null {
  const parsed = parse(url);
  if (parsed === null) return 'browser';
  const reason = reasonByProtocol[parsed.protocol];
  if (reason === 'file') {
    if (!filesAllowed) return 'file';
  } else if (!isWeb(parsed)) {
    return reason ?? 'browser';
  }
  if (isStore(parsed)) return 'store';
  return parsed.pathname.toLowerCase().endsWith('.pdf') ? 'pdf' : null;
}

const reasonByProtocol: Readonly<Record<string, Unreadable>> = {
  'file:': 'file',
  'view-source:': 'source',
  'data:': 'data',
  'blob:': 'data',
};

/**
 * Hosts on which browsers let no extension run. Firefox: its default for
 * `extensions.webextensions.restrictedDomains`; Chromium and Edge: their stores.
 */
const storeHosts: ReadonlySet<string> = new Set([
  'chromewebstore.google.com',
  'accounts-static.cdn.mozilla.net',
  'accounts.firefox.com',
  'addons.cdn.mozilla.net',
  'addons.mozilla.org',
  'api.accounts.firefox.com',
  'content.cdn.mozilla.net',
  'discovery.addons.mozilla.org',
  'oauth.accounts.firefox.com',
  'profile.accounts.firefox.com',
  'support.mozilla.org',
  'sync.services.mozilla.com',
]);
const storePaths: Readonly<Record<string, string>> = {
  'chrome.google.com': '/webstore',
  'microsoftedge.microsoft.com': '/addons',
};

function isStore({ hostname, pathname }: URL): boolean {
  const path = storePaths[hostname];
  return storeHosts.has(hostname) || (path !== undefined && isUnder(pathname, path));
}

function isUnder(pathname: string, folder: string): boolean {
  return pathname === folder || pathname.startsWith(`${folder}/`);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
