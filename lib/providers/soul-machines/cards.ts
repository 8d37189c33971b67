import type { Card, Option } from '@/lib/session/provider';
import { isFields, type Fields } from '@/lib/providers/soul-machines/message';

/**
 * A content card as its author wrote it. There is no schema: `type` and `data` are agreed between
 * an author and a page; these are the shapes of the vendor's documentation and templates. Of what
 * we do not know its text is shown; null where it has none.
 */
export function cardFrom(raw: unknown): Card | null {
  if (!isFields(raw)) return null;
  const data = isFields(raw['data']) ? raw['data'] : raw;
  const [title, text] = [words(data, titles), words(data, texts)];
  switch (raw['type']) {
    case 'options':
    case 'optionsList':
    case 'buttons': {
      const options = optionsOf(data['options'] ?? data['buttons']);
      return options.length > 0 ? { kind: 'options', options } : plain(title, text);
    }
    case 'image': {
      const url = address(data['url'] ?? data['src'] ?? data['imageUrl']);
      return url === null
        ? plain(title, text)
        : {
            kind: 'image',
            url,
            alt: words(data, ['alt', ...titles, ...texts]) ?? new URL(url).host,
          };
    }
    case 'link':
    case 'externalLink':
    case 'internalLink': {
      const url = address(data['url'] ?? data['href']);
      return url === null
        ? plain(title, text)
        : { kind: 'link', url, title: title ?? new URL(url).host, text };
    }
    default:
      return plain(title, text);
  }
}

const titles = ['title', 'heading', 'label', 'name'];
const texts = ['text', 'description', 'body', 'content', 'caption', 'alt'];

function plain(title: string | null, text: string | null): Card | null {
  if (text !== null) return { kind: 'text', title, text };
  return title === null ? null : { kind: 'text', title: null, text: title };
}

function optionsOf(list: unknown): Option[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): Option[] => {
    if (typeof entry === 'string' && entry.trim() !== '') return [{ label: entry, value: entry }];
    if (!isFields(entry)) return [];
    const label = words(entry, ['label', ...titles, 'text']);
    if (label === null) return [];
    return [{ label, value: words(entry, ['value']) ?? label }];
  });
}

/** Only what a link may lead to. */
function address(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    const { protocol, href } = new URL(value);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

function words(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 2000);
  }
  return null;
}
