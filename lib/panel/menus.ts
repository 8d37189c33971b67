import { browser } from '@/lib/browser';
import type { Invitation } from '@/lib/panel/invitation';
import { t } from '@/lib/words';

type Clicked = Parameters<Parameters<typeof browser.contextMenus.onClicked.addListener>[0]>[0];

/** The two items of the page's context menu. Called at install; browsers keep them from then on. */
export async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({
    id: 'selection',
    title: t('menu.selection'),
    contexts: ['selection'],
  });
  browser.contextMenus.create({ id: 'page', title: t('menu.page'), contexts: ['page'] });
}

/** What a click on one of them asks for. The words come with it, also from pages nobody may read. */
export function whatWasPicked(info: Clicked): Pick<Invitation, 'about' | 'selection'> {
  return info.menuItemId === 'selection'
    ? { about: 'selection', selection: info.selectionText ?? null }
    : { about: 'page', selection: null };
}
