import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  hostOf,
  isSamePage,
  originOf,
  patternOf,
  trimAddress,
  unreadable,
} from '@/lib/page/address';

it.each([
  ['https://nature.example/reef', null],
  ['http://127.0.0.1:8080/', null],
  ['https://nature.example/report.pdf?page=2', 'pdf'],
  ['https://nature.example/REPORT.PDF', 'pdf'],
  ['https://nature.example/?file=report.pdf', null],
  ['chrome://settings/', 'browser'],
  ['edge://newtab/', 'browser'],
  ['about:blank', 'browser'],
  ['devtools://devtools/bundled/inspector.html', 'browser'],
  ['chrome-extension://abcdefghijklmnop/page.html', 'browser'],
  ['moz-extension://5f1a3c1e/page.html', 'browser'],
  ['not an address', 'browser'],
  ['', 'browser'],
  ['https://chromewebstore.google.com/detail/x', 'store'],
  ['https://chrome.google.com/webstore/detail/x', 'store'],
  ['https://chrome.google.com/webstores', null],
  ['https://addons.mozilla.org/en-US/firefox/', 'store'],
  ['https://addons.mozilla.org.evil.example/', null],
  ['https://microsoftedge.microsoft.com/addons/x', 'store'],
  ['https://microsoftedge.microsoft.com/', null],
  ['file:///home/me/notes.html', 'file'],
  ['view-source:https://nature.example/', 'source'],
  ['data:text/html,<p>hello', 'data'],
  ['blob:https://nature.example/1234', 'data'],
])('%s is unreadable because of: %s', (url, why) => {
  expect(unreadable(url)).toBe(why);
});

it('reads a file only where the reader let us, and then no PDF either', () => {
  expect(unreadable('file:///home/me/notes.html', true)).toBeNull();
  expect(unreadable('file:///home/me/notes.pdf', true)).toBe('pdf');
});

it.each([
  ['https://me:secret@nature.example/reef?q=1#top', false, 'https://nature.example/reef'],
  ['https://me:secret@nature.example/reef?q=1#top', true, 'https://nature.example/reef?q=1'],
  ['https://nature.example', true, 'https://nature.example/'],
  ['data:text/html,<p>a whole page', true, 'data:'],
  ['nonsense', true, ''],
])('trims %s (query kept: %s) to %s', (url, keepQuery, trimmed) => {
  expect(trimAddress(url, keepQuery)).toBe(trimmed);
});

it('never lets credentials, fragments or an unwanted query through, whatever the address', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      const told = new URL(trimAddress(url.replace('://', '://user:pass@'), false));
      expect([told.username, told.password, told.hash, told.search]).toEqual(['', '', '', '']);
    }),
  );
});

it('shows an international host in punycode, where no letter can pass for another', () => {
  expect(hostOf('https://аpple.example/')).toBe('xn--pple-43d.example');
  expect(hostOf('http://localhost:3000/x')).toBe('localhost:3000');
  expect(hostOf('nonsense')).toBe('');
});

it.each([
  ['https://nature.example:8443/reef', 'https://nature.example:8443', 'https://nature.example/*'],
  ['about:blank', null, null],
  ['nonsense', null, null],
  ['file:///home/me', null, null],
])('%s has the origin %s and asks for %s', (url, origin, pattern) => {
  expect(originOf(url)).toBe(origin);
  expect(patternOf(url)).toBe(pattern);
});

it('takes two addresses for the same page when only their fragments differ', () => {
  expect(isSamePage('https://a.example/x?y#one', 'https://a.example/x?y#two')).toBe(true);
  expect(isSamePage('https://a.example/x?y', 'https://a.example/x?z')).toBe(false);
});
