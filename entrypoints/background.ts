import { defineBackground } from 'wxt/utils/define-background';
import { answerBrokerMessages } from '@/lib/broker/answer';
import { shutStorage } from '@/lib/broker/credentials';
import { browser } from '@/lib/browser';
import { keepWatcherRegistered } from '@/lib/page/access';
import { createMenus, whatWasPicked } from '@/lib/panel/menus';
import { call } from '@/lib/panel/invitation';
import { watchPolicy } from '@/lib/policy';
import { broker } from '@/lib/settings';

/**
 * Keeps nothing in memory: it may be stopped between any two lines. A module, since what it shares
 * with the pages then lies in the extension once, which spares 10 kB of the packed 258.
 */
export default defineBackground({
  type: 'module',
  main() {
    void shutStorage();
    answerBrokerMessages();

    browser.action.onClicked.addListener((tab) => {
      call(tab, { about: 'open', selection: null });
    });

    browser.contextMenus.onClicked.addListener((info, tab) => {
      if (tab) call(tab, whatWasPicked(info));
    });

    browser.commands.onCommand.addListener((command, tab) => {
      if (command === 'ask-selection' && tab) call(tab, { about: 'selection', selection: null });
    });

    browser.runtime.onInstalled.addListener(({ reason }) => {
      void createMenus();
      void keepWatcherRegistered();
      if (reason === 'install') void browser.tabs.create({ url: '/welcome.html' });
    });

    watchPolicy(() => void keepWatcherRegistered());
    broker.watch(() => void keepWatcherRegistered());
    browser.runtime.onStartup.addListener(() => void keepWatcherRegistered());
    browser.permissions.onAdded.addListener(() => void keepWatcherRegistered());
    browser.permissions.onRemoved.addListener(() => void keepWatcherRegistered());
  },
});
