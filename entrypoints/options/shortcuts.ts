import type { Shortcut } from '@/components/options/ShortcutChapter';
import { browser } from '@/lib/browser';
import { t } from '@/lib/words';

/** The commands with the keys they have now; those that open the panel first. */
export async function findShortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll();
  return commands
    .map(({ name = '', description = '', shortcut = '' }) =>
      name === '_execute_action'
        ? { name, description: t('options.shortcuts.open'), keys: shortcut }
        : { name, description, keys: shortcut },
    )
    .sort(
      (one, other) =>
        Number(other.name === '_execute_action') - Number(one.name === '_execute_action'),
    );
}

/** Opens the browser's page for them; null where an extension cannot (Firefox before 137). */
export function shortcutPage(): (() => void) | null {
  if (browser.commands.openShortcutSettings)
    return () => void browser.commands.openShortcutSettings?.();
  if (browser.sidebarAction) return null;
  // Edge, Brave and Opera turn the scheme into their own.
  return () => void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
