import { signal } from '@preact/signals';
import { render } from 'preact';
import { Portrait } from '@/components/Portrait';
import { MicrophonePage } from '@/components/microphone/MicrophonePage';
import { createAdmission } from '@/lib/ears/admission';
import { openLine } from '@/lib/ears/asking';
import { watchDevices } from '@/lib/ears/devices';
import { watchPermission } from '@/lib/ears/permission';
import { browserBrands } from '@/lib/ears/recognition';
import { browser } from '@/lib/browser';
import { portrait } from '@/lib/settings';
import { t } from '@/lib/words';
import '@/components/paper.css';
import '@/components/microphone/microphone.css';

const app = document.querySelector('#app');
if (app) void mount(app);

async function mount(root: Element): Promise<void> {
  document.title = t('microphone.title');
  const admission = createAdmission({
    permission: watchPermission(),
    line: openLine(),
    request: openAndClose,
    plugged: watchDevices,
    leave: () => void closeTab(),
  });
  addEventListener('pagehide', admission.dispose);
  const look = signal(await portrait.get());
  render(
    <MicrophonePage state={admission.state} family={family()} onAsk={() => void admission.ask()}>
      <Portrait look={look.value} label={t('welcome.portrait')} />
    </MicrophonePage>,
    root,
  );
}

/** The panel opens its own; this one is only asked for. */
async function openAndClose(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of stream.getTracks()) track.stop();
}

async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

/** Whose way to take back a refusal has to be told. */
function family(): 'chrome' | 'edge' | 'firefox' {
  if (browser.sidebarAction) return 'firefox';
  return browserBrands().includes('Microsoft Edge') ? 'edge' : 'chrome';
}
