import { capOf } from '@/lib/avatar/avatar';
import { createChoice } from '@/lib/avatar/choice';
import { createKeeping } from '@/lib/avatar/keeping';
import { provideFrom } from '@/lib/avatar/provide';
import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import { App } from '@/entrypoints/sidepanel/App';
import { browser } from '@/lib/browser';
import { listDevices, watchDevices } from '@/lib/ears/devices';
import { createPageWatch } from '@/lib/page/sight';
import { onInvitation } from '@/lib/panel/invitation';
import { readerWindow } from '@/lib/panel/open';
import { createEars } from '@/entrypoints/sidepanel/ears';
import { createPanel, type Panel } from '@/lib/panel/panel';
import { createBrokerService } from '@/lib/panel/service';
import { hasProvider, loadProvider } from '@/lib/providers';
import { captionSize, portrait } from '@/lib/settings';
import { openTranscript, type Transcript } from '@/lib/transcript/store';

/** Makes the panel live in `app`, in place of what the page showed first. */
export async function mount(app: Element): Promise<void> {
  // First, since who is wanted decides what is fetched.
  const choice = createChoice(hasProvider);
  const [windowId, ...shown] = await Promise.all([
    readerWindow(location.search),
    portrait.get(),
    captionSize.get(),
  ]);
  const [look, captions] = [signal(shown[0]), signal(shown[1])];
  const stage = document.createElement('div');
  const language = browser.i18n.getUILanguage();
  const transcript = openTranscript();
  const keeping = createKeeping((why) => panel.over(why));
  const panel: Panel = createPanel({
    page: createPageWatch({ windowId, cap: computed(() => capOf(choice.current.value)) }),
    transcript,
    provide: provideFrom({ choice, keeping, load: loadProvider }),
    stage: () => stage,
    choice,
    keeping: {
      ...keeping,
      prefetch(avatar) {
        keeping.prefetch(avatar);
        // The maker's code meanwhile; whether it can be had is told when it is wanted.
        loadProvider(avatar.provider).catch(() => undefined);
      },
    },
    service: createBrokerService(),
    ears: createEars(language),
    outputs: { list: () => listDevices('audiooutput'), watch: watchDevices },
  });
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
      onSave={() => void save(transcript, language)}
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
  onInvitation(windowId, (invitation) => void panel.invited(invitation));
  await panel.open();
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

async function save(transcript: Transcript, language: string): Promise<void> {
  const talk = await transcript.latest();
  if (!talk) return;
  const { download } = await import('@/lib/transcript/download');
  download([talk], 'markdown', language);
}

/** A language's own name for the reader: `de` → “German” in an English browser. */
function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
