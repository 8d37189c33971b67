import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver } from './driver';
import { canDecree, decree } from './policies';
import { startService, type Service } from './service';
import type { View } from './view';

describe.runIf(canDecree).each(browsers)('an organisation, in $name', ({ name, launch }) => {
  let browser: Driver;
  let service: Service;
  let site: Site;
  let options: View;
  let takeBack = () => Promise.resolve();

  beforeAll(async () => {
    service = await startService();
    site = await startSite();
    takeBack = await decree(name, inject(name === 'chromium' ? 'chrome' : 'firefox'), {
      organisation: 'Example Library',
      brokerAddress: service.address,
      allowedProviders: ['local', 'inworld'],
      brain: 'companion',
      highestRung: 'selection',
      forbiddenSites: ['localhost'],
      lockedSettings: ['brain'],
    });
    browser = await launch();
    options = await browser.open(`${browser.origin}/options.html`);
  });
  afterAll(async () => {
    // Whatever went wrong before, no later test may run under this policy.
    await takeBack();
    await browser?.close();
    await service?.close();
    await site?.close();
  });

  test('names the service: the reader sees who did, and can neither change nor remove it', async () => {
    // Chromium brings a policy to an extension some seconds after it was installed. Other chapters
    // say so too, and sooner: this one asks the background first.
    await options.waitFor('the chapter of the service to say who decided', () =>
      document.getElementById('broker')?.textContent.includes('Set by Example Library'),
    );
    const field = await options.find('textbox', 'Address of the service');
    expect(field.value).toBe(service.address);
    await options.typeInto('textbox', 'Address of the service', 'https://elsewhere.example');
    expect((await options.find('textbox', 'Address of the service')).value).toBe(service.address);
    expect(await options.has('button', 'Remove')).toBe(false);
    const elsewhere = await options.evaluate(async () =>
      chrome.runtime.sendMessage({
        id: 1,
        type: 'broker.discover',
        data: { address: 'http://127.0.0.1:9' },
        timestamp: Date.now(),
      }),
    );
    expect(elsewhere).toMatchObject({ res: { ok: false, trouble: { code: 'address_locked' } } });
  });

  test('closes a chapter: its controls cannot be used', async () => {
    const disabled = await options.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('[name=brain]')].every((one) =>
        one.matches(':disabled'),
      ),
    );
    expect(disabled).toBe(true);
  });

  test('limits the ladder: what stands above its highest rung cannot be chosen', async () => {
    await browser.open(`${site.origin}/reef`);
    if (name === 'firefox') await browser.closePanel();
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.clickOn('button', /127\.0\.0\.1/u);
    await panel.waitForText('Example Library decides how much of this page may be shared.');
    const rungs = await panel.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('.rung input')].map(
        ({ value, disabled, checked }) => `${value} ${String(disabled)} ${String(checked)}`,
      ),
    );
    expect(rungs).toEqual([
      'nothing false false',
      'address false false',
      'selection false true',
      'page true false',
    ]);
  });
});

declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
