import type { Site } from '../../demo/server';
import type { Chromium } from '../../e2e/chromium';
import { ask, readWithVis, selectWords } from '../../e2e/reading';
import { until } from '../../e2e/until';
import type { View } from '../../e2e/view';
import { fill, talksToSee } from './talks';
import type { poses } from './poses';

interface Stage {
  readonly browser: Chromium;
  readonly site: Site;
}

/** A state of the panel, reached as a reader reaches it. */
interface State {
  readonly name: string;
  readonly reach: (stage: Stage) => Promise<View>;
}

/** In the order of LOOK.md. What does not last in real use, or hardly ever comes, is posed for. */
export const states: readonly State[] = [
  posed('asleep', 'Asleep'),
  posed('connecting', 'Looking for Vis…'),
  { name: 'first-run', reach: async (stage) => read(stage, '/reef') },
  {
    name: 'attentive',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await panel.press('Escape');
      await panel.waitForText(/Reading with you|Listening/u);
      return panel;
    },
  },
  {
    name: 'listening',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await panel.press('Escape');
      await panel.typeInto('textbox', 'Your question', 'What does it say about the fi');
      await panel.waitForText('Listening');
      return panel;
    },
  },
  posed('thinking', 'Thinking…'),
  {
    name: 'speaking',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await ask(panel, 'What is bleaching?');
      await panel.waitForText('Speaking');
      return panel;
    },
  },
  posed('reconnecting', 'Trying again…'),
  posed('error', 'Try again'),
  {
    name: 'selection',
    reach: async ({ browser, site }) => {
      const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
      await selectWords(page, 'a bag of jelly no wider than a grain of rice');
      await panel.find('blockquote');
      return panel;
    },
  },
  {
    name: 'long-talk',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      const questions = ['What is this page about?', 'Who is Teodora Quill?', 'Summarise it.'];
      for (const question of [...questions, 'How many names are on the board?']) {
        await ask(panel, question);
      }
      await panel.press('Escape');
      return panel;
    },
  },
  {
    name: 'sheet',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await panel.clickOn('button', /Whole page$/u);
      await panel.waitForText('See exactly what');
      return panel;
    },
  },
  {
    name: 'menu',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await panel.clickOn('button', 'Menu');
      return panel;
    },
  },
  {
    name: 'ended',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await panel.clickOn('button', 'Menu');
      await panel.clickOn('button', 'Send Vis to sleep');
      await panel.find('button', 'Wake Vis');
      return panel;
    },
  },
  posed('no-page', 'This page is not shared'),
  {
    name: 'unreadable',
    reach: async ({ browser }) => {
      await browser.open('chrome://version');
      await browser.clickToolbar();
      const panel = await browser.panel();
      await panel.waitForText('Cannot be read');
      return panel;
    },
  },
  {
    name: 'not-shared',
    reach: async ({ browser, site }) => {
      const { panel } = await readWithVis(browser, `${site.origin}/reef`);
      await browser.open(`${site.otherOrigin}/reef`);
      await panel.waitForText('This page is not shared');
      return panel;
    },
  },
  {
    name: 'right-to-left',
    reach: async (stage) => {
      const panel = await read(stage, '/arabic.html');
      await ask(panel, 'ما عدو الكتب؟');
      return panel;
    },
  },
  {
    name: 'chinese',
    reach: async (stage) => {
      const panel = await read(stage, '/chinese.html');
      await ask(panel, '石桥有几个桥洞？');
      return panel;
    },
  },
  {
    name: 'quote-elsewhere',
    reach: async ({ browser, site }) => {
      const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
      await ask(panel, 'What is bleaching?');
      await page.evaluate(() => {
        location.href = '/chinese.html';
      });
      await until('the other page', async () => (await page.text()).includes('江边的桥'));
      await panel.clickOn('button', 'Show sentence 1 on the page');
      await panel.waitForText('That sentence is from another page');
      return panel;
    },
  },
  {
    name: 'conversations',
    reach: conversations,
  },
  {
    name: 'conversations-search',
    reach: async (stage) => {
      const panel = await conversations(stage);
      await panel.typeInto('searchbox', 'Search all that was said', 'bridge');
      await panel.waitForText(/In .* conversation/u);
      return panel;
    },
  },
  {
    name: 'conversations-undo',
    reach: async (stage) => {
      const panel = await conversations(stage);
      await panel.clickOn('button', 'What to do with “Why did silent reading win?”');
      await panel.clickOn('button', 'Delete conversation');
      await panel.waitForText('Deleted “');
      return panel;
    },
  },
  {
    name: 'diagnostics',
    reach: async (stage) => {
      const panel = await read(stage, '/reef');
      await ask(panel, 'What is bleaching?');
      const page = await stage.browser.open(`${stage.browser.origin}/diagnostics.html`);
      await page.waitForText('Step by step');
      return page;
    },
  },
  posed('moved-on', 'You moved on while I was reading'),
  posed('other-window', 'Bring me here'),
  posed('ears-off', 'Ask me about this page'),
  posed('ears-asking', 'Waiting for your answer'),
  posed('ears-ready', 'Stop listening'),
  posed('ears-hearing', 'Hearing you'),
  posed('ears-thinking', 'Thinking…'),
  posed('ears-denied', 'How to allow it'),
  posed('ears-consent', 'May Google hear you?'),
  asking('microphone', 'prompt', 'May I hear you?'),
  asking('microphone-denied', 'denied', 'The browser keeps the microphone'),
  asking('microphone-open', 'granted', 'Now open the panel'),
  posed('vendor-connecting', 'Looking for Nova'),
  posed('vendor-slow', 'takes longer than usual'),
  posed('vendor-meeting', 'Talk to Nova'),
  posed('vendor-live', 'Speaking'),
  posed('vendor-cards', 'She nods'),
  posed('vendor-cast', 'Old Wim'),
  posed('vendor-stalled', 'The picture has stopped'),
  posed('vendor-idle', 'leaves in'),
  posed('vendor-left', 'so Nova left'),
  posed('vendor-offline', 'Offline'),
  posed('vendor-offer', 'costs nothing'),
  posed('vendor-failed', 'Talk to Vis meanwhile'),
  posed('vendor-limit', 'End my other session'),
  posed('vendor-lost', 'Again in'),
  posed('vendor-mood', 'glad'),
  posed('vendor-stood-in', 'Back to Nova'),
  posed('vendor-picker', 'Tells of stars'),
  {
    name: 'vendor-limited',
    reach: async (stage) => {
      const panel = await posed('vendor-limited', 'Selection').reach(stage);
      await panel.clickOn('button', /Selection$/u);
      await panel.waitForText('let Nova know');
      return panel;
    },
  },
];

/** Some weeks of somebody's reading, as a list. */
async function conversations(stage: Stage): Promise<View> {
  const panel = await read(stage, '/reef');
  await panel.press('Escape');
  await fill(panel, talksToSee());
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', 'Conversations');
  await panel.waitForText('Pinned');
  return panel;
}

/** @param words - what can be read once it is reached. */
function posed(name: keyof typeof poses, words: string): State {
  return {
    name,
    reach: async ({ browser }) => {
      const panel = await browser.open(`${browser.origin}/posed.html?pose=${name}`);
      await panel.waitForText(words);
      return panel;
    },
  };
}

/** The page that asks where a panel cannot. */
function asking(
  name: string,
  leave: Parameters<Chromium['setMicrophone']>[0],
  words: string,
): State {
  return {
    name,
    reach: async ({ browser }) => {
      await browser.setMicrophone(leave);
      const page = await browser.open(`${browser.origin}/microphone.html`);
      await page.waitForText(words);
      return page;
    },
  };
}

async function read({ browser, site }: Stage, address: string): Promise<View> {
  const { panel } = await readWithVis(browser, `${site.origin}${address}`);
  return panel;
}
