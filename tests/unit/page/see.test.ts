import { expect, it } from 'vitest';
import { see, type FrontTab, type Known } from '@/lib/page/see';

const known: Known = {
  access: 'asked',
  rule: { rung: 'page', keepQuery: false },
  filesAllowed: false,
  isInvited: false,
  barred: null,
  language: null,
  selection: null,
};
const tab: FrontTab = { id: 7, url: 'https://reef.example/', title: 'Reef', incognito: false };

it.each<{ when: string; tab: FrontTab | null; known?: Partial<Known>; sees: object }>([
  { when: 'no tab is in front', tab: null, sees: { kind: 'none' } },
  { when: 'nobody gave us the tab', tab: { id: 7, incognito: false }, sees: { kind: 'unasked' } },
  {
    when: 'we were called on a page whose address the browser keeps to itself',
    tab: { id: 7, incognito: false },
    known: { isInvited: true },
    sees: { kind: 'unreadable', why: 'browser' },
  },
  { when: 'we may see the page', tab, sees: { kind: 'page', url: tab.url, title: 'Reef' } },
  {
    when: 'the window is private',
    tab: { ...tab, incognito: true },
    known: { isInvited: true, access: 'everywhere' },
    sees: { kind: 'unreadable', why: 'private', url: '', title: '', host: '', selection: null },
  },
  {
    when: 'it is a store',
    tab: { ...tab, url: 'https://addons.mozilla.org/' },
    sees: { kind: 'unreadable', why: 'store', host: 'addons.mozilla.org' },
  },
  {
    when: 'the browser would not let us in',
    tab,
    known: { barred: 'refused' },
    sees: { why: 'refused' },
  },
  {
    when: 'a viewer stands there',
    tab,
    known: { barred: 'pdf' },
    sees: { why: 'pdf', title: 'Reef' },
  },
  {
    when: 'the icon would be fetched from an insecure place',
    tab: { ...tab, favIconUrl: 'http://reef.example/icon.png' },
    sees: { kind: 'page', icon: null },
  },
  {
    when: 'the icon came with the tab',
    tab: { ...tab, favIconUrl: 'data:image/png;base64,AAAA' },
    sees: { kind: 'page', icon: 'data:image/png;base64,AAAA' },
  },
])('when $when', ({ tab, known: more, sees }) => {
  expect(see(tab, { ...known, ...more })).toMatchObject(sees);
});

it('tells nothing of a private page, not even what was selected there', () => {
  const selection = { text: 'a secret', before: '', after: '' };
  const told = JSON.stringify(see({ ...tab, incognito: true }, { ...known, selection }));
  expect(told).not.toMatch(/secret|reef|Reef/u);
});
