import { render } from 'preact';
import { Portrait } from '@/components/Portrait';
import { Welcome } from '@/components/welcome/Welcome';
import { browser } from '@/lib/browser';
import { call } from '@/lib/panel/invitation';
import { portrait } from '@/lib/settings';
import { t } from '@/lib/words';
import '@/components/paper.css';
import '@/components/welcome/welcome.css';

const app = document.querySelector('#app');
if (app) void mount(app);

async function mount(root: Element): Promise<void> {
  document.title = t('welcome.title');
  // Known before any click: after anything awaited in it, the panel could not be opened any more.
  const [tab, commands, look] = await Promise.all([
    browser.tabs.getCurrent(),
    browser.commands.getAll(),
    portrait.get(),
  ]);
  const open = commands.find(({ name }) => name === '_execute_action');
  render(
    <Welcome
      family={browser.sidebarAction ? 'firefox' : 'chromium'}
      keys={open?.shortcut ?? ''}
      onTry={(selection) => tab && call(tab, { about: 'selection', selection })}
      onSettings={() => void browser.runtime.openOptionsPage()}
      onBroker={() => void browser.tabs.create({ url: '/options.html#broker' })}
    >
      <Portrait look={look} label={t('welcome.portrait')} />
    </Welcome>,
    root,
  );
}
