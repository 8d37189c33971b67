import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientId, startIdentity, type Identity } from '../emulators/identity';
import { browsers } from './browsers';
import type { Chromium } from './chromium';
import type { Driver } from './driver';
import { startService, type Service } from './service';
import type { View } from './view';

const audience = 'https://avatars.example.com';

describe.each(browsers)('signing in with the browser’s own window, in $name', ({ launch }) => {
  let browser: Driver;
  let identity: Identity;
  let service: Service;
  let options: View;

  beforeAll(async () => {
    browser = await launch();
    options = await browser.open(`${browser.origin}/options.html`);
    identity = await startIdentity({ redirects: [await redirectOf()], resource: audience });
    service = await startService({
      access: {
        oidc: {
          issuer: identity.issuer,
          client_id: clientId,
          audience,
          scope: 'avatars',
          ask_for_resource: true,
        },
      },
    });
    if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
    await identity.close();
  });

  /** Firefox's comes from the add-on's name, Chromium's from its id; ours may not ask there yet. */
  const redirectOf = async () =>
    isChromium(browser)
      ? `https://${new URL(browser.origin).host}.chromiumapp.org/`
      : options.evaluate(() => chrome.identity.getRedirectURL());

  test('ends back in the settings, and the broker takes what it brought', async () => {
    await options.typeInto('textbox', 'Address of the service', service.address);
    await options.clickOn('button', 'Connect');
    if (!isChromium(browser)) await browser.answerPermission('allow');
    await options.clickOn('button', 'Sign in');
    await options.waitForText('Signed in as ada@example.com.');

    await options.clickOn('radio', /^Nova/u);
    await options.clickOn('button', 'Test connection');
    await options.waitForText('It works.');
    const asked = service.reached.filter(({ path }) => path === '/v1/sessions');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['authorization']).toMatch(/^Bearer eyJ/u);
  });

  test('keeps nothing on the disk but what renews it', async () => {
    const stored = await options.evaluate(async () =>
      JSON.stringify(await chrome.storage.local.get(null)),
    );
    expect(stored).toContain('refresh');
    expect(stored).not.toContain('eyJ');
  });

  test('that is over is renewed unseen; that is forgotten is asked for again', async () => {
    await options.evaluate(() => chrome.storage.session.clear());
    await options.clickOn('button', 'Test connection');
    await options.waitForText('It works.');
    expect(identity.asked).toContain('refresh_token');

    identity.forgetEverybody();
    await options.evaluate(() => chrome.storage.session.clear());
    await options.clickOn('button', 'Test connection');
    await options.waitForText('Your sign-in has expired. Sign in again.');
  });

  test('refused there says so here', async () => {
    identity.answer = 'deny';
    await options.clickOn('button', 'Sign out');
    await options.waitForText('You sign in at');
    await options.clickOn('button', 'Sign in');
    await options.waitForText('Signing in was refused.');
  });
});

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}

declare const chrome: {
  identity: { getRedirectURL(): string };
  storage: {
    local: { get(keys: null): Promise<Record<string, unknown>> };
    session: { clear(): Promise<void> };
  };
};
