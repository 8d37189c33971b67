import { signal } from '@preact/signals';
import { render } from 'preact';
import { App } from '@/entrypoints/sidepanel/App';
import { createPanel } from '@/lib/panel/panel';
import { portrait } from '@/lib/settings';
import { openTranscript } from '@/lib/transcript/store';
import { noService, onlyVis } from '@/tests/contract/nobody';
import { localGrant, scripted } from '@/tests/contract/scripted';
import { posedEars } from '@/tests/tools/look/ears';
import { pageInFront, poses, type Pose } from '@/tests/tools/look/poses';
import '@/components/paper.css';
import '@/entrypoints/sidepanel/style.css';

/* The real panel in a page of the look tool, on a provider that stays where the picture wants it: `?pose=…`. */
const root = document.querySelector('#app');
const wanted = new URLSearchParams(location.search).get('pose');
const pose: Pose | undefined = Object.entries(poses).find(([name]) => name === wanted)?.[1];
if (!root || !pose) throw new Error(`There is no pose “${wanted}”.`);

const provider = scripted({
  interrupt: () => undefined,
  mute: () => undefined,
  speak: (text, emit) => emit({ type: 'said', id: 'greeting', who: 'avatar', text, final: true }),
  ...pose.script,
});
const stage = document.createElement('div');
const { choice = onlyVis(), ears } = pose;
const panel = createPanel({
  choice,
  service: noService,
  ...(ears && { ears: posedEars(ears) }),
  page: pageInFront(pose),
  transcript: openTranscript(),
  provide: async () => ({ provider: provider.provider, grant: localGrant }),
  stage: () => stage,
});
render(
  <App
    panel={panel}
    look={signal(await portrait.get())}
    stage={stage}
    language="English"
    pageSide="left"
    onSettings={() => undefined}
    onDiagnostics={() => undefined}
    out={signal(null)}
    onPopOut={() => undefined}
    onSave={() => undefined}
    onConversations={() => undefined}
  />,
  root,
);
await pose.reach(panel, provider);
