import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Chromium } from './chromium';
import type { Driver } from './driver';
import { accessKeys, freePort, key, rotated, startService, type Service } from './service';
import { until } from './until';
import type { View } from './view';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => site.close());

describe.each(browsers)('the avatar service in $name', ({ name, launch }) => {
  let browser: Driver;
  let service: Service;
  let options: View;
  let port: number;
  let open = Promise.resolve();

  beforeAll(async () => {
    browser = await launch();
    port = await freePort();
  });
  afterAll(async () => browser.close());
  beforeEach(async () => {
    service = await startService({ port, gate: () => open });
    options = await browser.open(`${browser.origin}/options.html`);
  });
  afterEach(async () => {
    await options.close();
    await service.close();
  });

  const connect = async () => {
    // Chromium's own dialog is no part of any document.
    if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
    await options.typeInto('textbox', 'Address of the service', service.address);
    await options.clickOn('button', 'Connect');
    if (browser.name === 'firefox') await browser.answerPermission('allow');
    await options.find('heading', 'Avatars of the reading room');
  };
  const enterKey = async (value: string) => {
    await options.waitFor('the field for the key', () => {
      const field = document.getElementById('broker-key');
      field?.focus();
      return field !== null;
    });
    await options.type(value);
    await options.clickOn('button', /^(?:Keep|Replace) it$/u);
    await options.waitForText('A key is kept');
    await options.waitFor('the key to be kept', () =>
      [...document.querySelectorAll('button')].some(
        ({ textContent, disabled }) => textContent === 'Test connection' && !disabled,
      ),
    );
  };
  const sessions = () => service.reached.filter(({ path }) => path === '/v1/sessions');

  test('is found, signed in to and tested; the request for a session goes out once and tells nothing of a page', async () => {
    const page = await browser.open(`${site.origin}/reef`);
    await options.close();
    options = await browser.open(`${browser.origin}/options.html`);
    await connect();
    const card = await options.text();
    expect(card).toContain('Example Library');
    expect(card).toContain('Free for members');
    expect(card).toContain('The words you select at most');

    await enterKey(key);
    await options.clickOn('radio', /^Nova/u);
    await options.waitFor('the choice to be kept', async () =>
      JSON.stringify(await chrome.storage.local.get(null)).includes('"persona":"nova"'),
    );
    await options.clickOn('button', 'Test connection');
    await options.waitForText('It works.');

    expect(sessions()).toHaveLength(1);
    const [session] = sessions();
    expect(JSON.parse(session?.body ?? '')).toEqual({ provider: 'soul-machines', persona: 'nova' });
    expect(session?.headers['authorization']).toBe(`Bearer ${key}`);
    const all = JSON.stringify(service.reached);
    expect(all).not.toContain(new URL(site.origin).host);
    expect(all).not.toContain('reef');
    expect(all).not.toContain('cookie');
    expect(service.reached.filter(({ path }) => path.endsWith('/end'))).toHaveLength(1);
    await page.close();
  });

  test('whom one chooses is kept, even where the page is closed in the same breath', async () => {
    await options.find('radio', /^Sam/u);
    await options.evaluate(() => {
      setTimeout(() => {
        const [sam] = [...document.querySelectorAll('label')].filter(({ textContent }) =>
          textContent.startsWith('Sam'),
        );
        sam?.click();
        location.replace('about:blank');
      });
    });
    await options.waitFor('the page to be gone', () => location.href === 'about:blank');
    const again = await browser.open(`${browser.origin}/options.html`);
    await again.waitFor('Sam to be chosen', () =>
      [...document.querySelectorAll('label')].some(
        (label) => label.textContent.startsWith('Sam') && label.querySelector(':checked') !== null,
      ),
    );
    await again.close();
  });

  test('shows neither the key nor a credential anywhere a page or a report could', async () => {
    await options.clickOn('button', 'Test connection');
    await options.waitForText('It works.');
    const seen = await options.evaluate(() => document.documentElement.outerHTML);
    expect(seen).not.toContain(key);
    const report = await options.evaluate(() => document.querySelector('.way pre')?.textContent);
    expect(report).toContain('result: ok');
    expect(report).not.toContain(key);
  });

  // Firefox has no way to keep an extension's own scripts from its storage; none of ours has the code.
  if (name === 'chromium') {
    test('a script of ours in a web page can neither read what is stored nor ask the broker', async () => {
      const page = await browser.open(`${site.origin}/reef`);
      await browser.clickToolbar();
      await browser.panel();
      const answers = await options.evaluate(async () => {
        const tabs = await chrome.tabs.query({ active: true });
        const [{ result } = { result: null }] = await chrome.scripting.executeScript({
          target: { tabId: tabs[0]?.id ?? 0 },
          func: async () => {
            const told = (error: unknown) => String(error);
            const asked = { id: 1, type: 'broker.quota', data: null, timestamp: Date.now() };
            return [
              await chrome.storage.local.get(null).then(() => 'read', told),
              JSON.stringify(await chrome.runtime.sendMessage(asked).catch(told)),
            ];
          },
        });
        return result;
      });
      expect(answers).toEqual([
        expect.stringContaining('not allowed'),
        expect.stringContaining('Only our own pages'),
      ]);
      await page.close();
    });
  }

  test('a key that was revoked is named as what is wrong, with what to do', async () => {
    await service.close();
    service = await startService({ port, access: accessKeys(rotated) });
    await options.clickOn('button', 'Test connection');
    await options.waitForText('does not accept your key');
    await options.find('listitem', /It knows you failed/u);
    expect(sessions()).toHaveLength(0);

    await enterKey(rotated);
    await options.clickOn('button', 'Test connection');
    await options.waitForText('It works.');
  });

  test('a background that is ended in mid-request costs no second session', async () => {
    await enterKey(key);
    let release = () => undefined as void;
    open = new Promise((resolve) => {
      release = resolve;
    });
    const ask = () =>
      options.evaluate(async () => {
        const avatar = { provider: 'soul-machines', persona: 'sam' };
        const message = { id: 1, type: 'broker.grant', data: { avatar }, timestamp: Date.now() };
        const answer: unknown = await chrome.runtime.sendMessage(message).catch(() => null);
        return answer;
      });
    const first = ask();
    await until('the request to arrive', () => sessions().length === 1);
    await browser.killBackground();
    release();
    await first.catch(() => null);
    const second = await ask();
    expect(second).toMatchObject({ res: { ok: true, value: { kind: 'session' } } });
    const keys = sessions().map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('removed, it is gone with its key and its permission', async () => {
    await options.clickOn('button', 'Remove');
    await options.find('button', 'Connect');
    const left = await options.evaluate(async () => {
      const [stored, permissions] = await Promise.all([
        chrome.storage.local.get(null),
        chrome.permissions.getAll(),
      ]);
      return { stored: JSON.stringify(stored), origins: permissions.origins };
    });
    expect(left.stored).not.toContain(rotated);
    expect(left.stored).not.toContain(key);
    expect(left.origins).not.toContain(`${service.address}/*`);
  });
});

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}

declare const chrome: {
  tabs: { query(about: { active: boolean }): Promise<{ id?: number }[]> };
  scripting: {
    executeScript(injection: {
      target: { tabId: number };
      func: () => Promise<string[]>;
    }): Promise<{ result: string[] }[]>;
  };
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  storage: { local: { get(keys: null): Promise<Record<string, unknown>> } };
  permissions: { getAll(): Promise<{ origins?: string[] }> };
};
