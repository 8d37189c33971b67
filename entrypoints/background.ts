import { defineBackground } from 'wxt/utils/define-background';
import { browser } from '@/lib/browser';

export default defineBackground(() => {
  browser.action.onClicked.addListener((tab) => {
    void browser.sidePanel.open({ windowId: tab.windowId });
  });
});
