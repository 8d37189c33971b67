import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  accessTo,
  followEverywhere,
  following,
  followSite,
  keepWatcherRegistered,
  setRule,
  stopSharing,
  unfollow,
} from '@/lib/page/access';
import { sites } from '@/lib/settings';
import { createWorld, type World } from './world';

const reef = 'https://reef.example';
const bay = 'https://bay.example';
const page = { rung: 'page', keepQuery: false } as const;

let world: World;
beforeEach(() => {
  fakeBrowser.reset();
  world = createWorld();
});

const watched = () => {
  const [script] = world.registered;
  return script && { matches: script.matches, but: script.excludeMatches ?? [] };
};

it('asks for exactly the site, or for every web page', async () => {
  await followSite(`${reef}:8443`);
  expect(await following()).toEqual({ everywhere: false, origins: [reef] });
  await followEverywhere();
  expect(await following()).toEqual({ everywhere: true, origins: [reef] });
});

it('does not ask for what is no web page', async () => {
  expect(await followSite('about:blank')).toBe(false);
  expect(await following()).toEqual({ everywhere: false, origins: [] });
});

it('knows how it came to see a site', async () => {
  expect(await accessTo(reef)).toBeNull();
  world.grant(`${reef}/*`);
  expect([await accessTo(reef), await accessTo(bay)]).toEqual(['site', null]);
  world.grant('<all_urls>');
  expect(await accessTo(bay)).toBe('everywhere');
});

it('gives back one site, or all of them', async () => {
  world.grant(`${reef}/*`, 'http://*/*', 'https://*/*');
  await unfollow('everywhere');
  expect(await following()).toEqual({ everywhere: false, origins: [reef] });
  await unfollow(reef);
  expect(await following()).toEqual({ everywhere: false, origins: [] });
});

it('registers the watcher where it is granted and takes it away with the grant', async () => {
  await keepWatcherRegistered();
  expect(watched()).toBeUndefined();
  world.grant(`${reef}/*`);
  await keepWatcherRegistered();
  expect(watched()).toEqual({ matches: [`${reef}/*`], but: [] });
  world.revoke(`${reef}/*`);
  await keepWatcherRegistered();
  expect(watched()).toBeUndefined();
});

it('leaves out sites that share no selection', async () => {
  world.grant('http://*/*', 'https://*/*');
  await setRule(bay, { ...page, rung: 'address' });
  await stopSharing(reef);
  expect(watched()?.but).toEqual([`${bay}/*`, `${reef}/*`]);
  await setRule(reef, page);
  expect(watched()?.but).toEqual([`${bay}/*`]);
});

it('registers nothing for a followed site that shares nothing', async () => {
  world.grant(`${reef}/*`);
  await stopSharing(reef);
  expect(watched()).toBeUndefined();
});

it('changes nothing when nothing changed', async () => {
  world.grant(`${reef}/*`);
  await keepWatcherRegistered();
  const before = world.registered[0];
  await keepWatcherRegistered();
  expect(world.registered[0]).toBe(before);
});

it('comes to the same when the panel and the background do it at once', async () => {
  world.grant(`${reef}/*`);
  await Promise.all([keepWatcherRegistered(), keepWatcherRegistered(), setRule(bay, page)]);
  expect(watched()).toEqual({ matches: [`${reef}/*`], but: [] });
});

it('stops sharing a site with one word and keeps the rest of its rule', async () => {
  await setRule(reef, { rung: 'selection', keepQuery: true });
  await stopSharing(reef);
  expect(await sites.get()).toEqual({ [reef]: { rung: 'nothing', keepQuery: true } });
});
