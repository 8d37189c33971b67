import { capOf } from '@/lib/avatar/avatar';
import { createChoice } from '@/lib/avatar/choice';
import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import type { PopOut } from '@/entrypoints/sidepanel/popout';
import { App } from '@/entrypoints/sidepanel/App';
import { browser } from '@/lib/browser';
import { coming } from '@/lib/coming';
import { listDevices, watchDevices } from '@/lib/ears/devices';
import { createPageWatch } from '@/lib/page/sight';
import { onInvitation } from '@/lib/panel/invitation';
import { isTaking, openInWindow, readerWindow } from '@/lib/panel/open';
import { createPanel, type Panel } from '@/lib/panel/panel';
import { createBrokerService } from '@/lib/panel/service';
import type { TalkModel } from '@/lib/panel/talk';
import { hasProvider, loadProvider } from '@/lib/providers';
import { captionSize, portrait } from '@/lib/settings';
import type { Transcript } from '@/lib/transcript/store';

// On its way while the panel is put together.
const parts = coming(import('@/entrypoints/sidepanel/parts'));

/** How long the first frame may stand for the panel, ms: a database can keep us waiting. */
const patience = 400;

/** Makes the panel live in `app`, in place of what the page showed first. */
export async function mount(app: Element): Promise<void> {
  // First, since who is wanted decides what is fetched: a maker's code is large, and costs nobody anything.
  const choice = createChoice(hasProvider);
  void choice.ready
    .then(() => loadProvider(choice.current.peek().provider))
    // Told when it is wanted.
    .catch(() => undefined);
  const [windowId, ...shown] = await Promise.all([
    readerWindow(location.search),
    portrait.get(),
    captionSize.get(),
  ]);
  const [look, captions] = [signal(shown[0]), signal(shown[1])];
  const stage = document.createElement('div');
  const out = signal<(() => void) | null>(null);
  const language = browser.i18n.getUILanguage();
  const { createEars, createKeeping, openTranscript, provideFrom } = await parts;
  const transcript = openTranscript();
  const keeping = createKeeping((why) => panel.over(why));
  const panel: Panel = createPanel({
    page: createPageWatch({ windowId, cap: computed(() => capOf(choice.current.value)) }),
    transcript,
    provide: provideFrom({ choice, keeping, load: loadProvider }),
    stage: () => stage,
    choice,
    keeping,
    service: createBrokerService(),
    ears: createEars(language),
    outputs: { list: () => listDevices('audiooutput'), watch: watchDevices },
  });
  // Before anything is drawn, so that the focus is not taken from a reader who was quicker.
  onInvitation(windowId, (invitation) => void panel.invited(invitation));
  // The first frame shows the last conversation; it gives way when the panel can as well.
  await Promise.race([panel.recall(), new Promise((late) => setTimeout(late, patience))]);
  app.replaceChildren();
  render(
    <App
      panel={panel}
      look={look}
      captionSize={captions}
      stage={stage}
      language={languageName(language)}
      pageSide={pageSide()}
      onSettings={() => void browser.runtime.openOptionsPage()}
      onDiagnostics={() => void browser.tabs.create({ url: '/diagnostics.html' })}
      out={out}
      onPopOut={() => void showOutside({ panel, look, stage, pageSide: pageSide(), out }, windowId)}
      onSave={() => void save(transcript, panel.talk, language)}
      onConversations={() => void showLibrary(panel, transcript, language)}
    />,
    app,
  );

  portrait.watch((changed) => {
    look.value = changed;
  });
  captionSize.watch((changed) => {
    captions.value = changed;
  });
  browser.commands.onCommand.addListener((command) => {
    if (command === 'stop-talking') void panel.stop();
    if (command === 'toggle-microphone') void toggleHere(windowId, panel);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) panel.listening?.hidden();
  });
  addEventListener('pagehide', () => void panel.dispose());
  await panel.open(true);
  if (isTaking(location.search)) await panel.wake();
}

/** A command reaches the panels of all windows; it is meant for the one in front. */
async function toggleHere(windowId: number, { listening }: Panel): Promise<void> {
  const { id } = await browser.windows.getLastFocused();
  if (id === windowId) listening?.toggle();
}

/** Firefox's sidebar stands left of the page unless moved; Chromium's panel right of it. */
function pageSide(): 'left' | 'right' {
  const { mozInnerScreenX, screenX, outerWidth } = window as Window & { mozInnerScreenX?: number };
  const standsLeft = mozInnerScreenX !== undefined && mozInnerScreenX - screenX < outerWidth / 2;
  return standsLeft ? 'right' : 'left';
}

async function save(transcript: Transcript, talk: TalkModel, language: string): Promise<void> {
  const { download } = await import('@/lib/transcript/download');
  const whole = await transcript.read(talk.conversation.peek());
  if (whole) download([whole], 'markdown', language);
}

/** Where the browser has no window that goes with the panel, a small one takes the session over. */
async function showOutside(options: PopOut, windowId: number): Promise<void> {
  const { popOut } = await import('@/entrypoints/sidepanel/popout');
  const isOut = !(await isInChromiumsPanel()) && (await popOut(options));
  if (!isOut) await openInWindow(windowId, 'take');
}

/**
 * Asked for such a window in its side panel, Chromium stands still, and the panel with it (156,
 * 2026-11). In a tab or a window of its own the same page gets one, as it does in Firefox's sidebar.
 */
async function isInChromiumsPanel(): Promise<boolean> {
  return !browser.sidebarAction && (await browser.tabs.getCurrent()) === undefined;
}

async function showLibrary(panel: Panel, transcript: Transcript, language: string): Promise<void> {
  const { openLibrary } = await import('@/entrypoints/sidepanel/library');
  const { talk, fresh, stop: leave, fail } = panel;
  openLibrary({ transcript, talk, language, notices: { fail }, fresh, leave });
}

/** A language's own name for the reader: `de` → “German” in an English browser. */
function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
