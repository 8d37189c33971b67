import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/** The sentences themselves, so that a test reads what a person would read. */
const sentences: unknown = parse(readFileSync('lib/locales/en.yml', 'utf8'));

/** `i18n.getMessage` as the browser does it: keys joined by `_`, `$1` to `$9` replaced. */
function getMessage(key: string, substitutions: string | readonly string[] = []): string {
  const found = find(sentences, key);
  const values = typeof substitutions === 'string' ? [substitutions] : substitutions;
  return found.replace(/\$(\d)/gu, (_, n: string) => values[Number(n) - 1] ?? '');
}

function find(node: unknown, key: string): string {
  if (typeof node === 'string') return key === '' ? node : '';
  if (typeof node !== 'object' || node === null) return '';
  for (const [name, child] of Object.entries(node)) {
    if (key === name) return plural(child);
    if (key.startsWith(`${name}_`)) {
      const deeper = find(child, key.slice(name.length + 1));
      if (deeper !== '') return deeper;
    }
  }
  return '';
}

/** Plural forms (`1:` and `n:` under a key) are stored as one message, alternatives parted by ` | `. */
function plural(node: unknown): string {
  if (typeof node === 'string') return node;
  return typeof node === 'object' && node !== null ? Object.values(node).join(' | ') : '';
}

Object.assign(fakeBrowser.i18n, { getMessage, getUILanguage: () => 'en' });
Object.assign(fakeBrowser.runtime, {
  connect: () => ({ onDisconnect: { addListener: () => undefined }, disconnect: () => undefined }),
});
