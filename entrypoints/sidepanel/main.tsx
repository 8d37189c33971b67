import { render } from 'preact';
import { App } from '@/entrypoints/sidepanel/App';
import { browser } from '@/lib/browser';
import { createPageWatch } from '@/lib/page/sight';
import { onInvitation } from '@/lib/panel/invitation';
import { localGrant } from '@/lib/panel/local-grant';
import { readerWindow } from '@/lib/panel/open';
import { createPanel } from '@/lib/panel/panel';
import { loadProvider } from '@/lib/providers';
import { openTranscript } from '@/lib/transcript/store';
import '@/components/paper.css';
import './style.css';

void mount(document.body);

async function mount(root: Element): Promise<void> {
  const windowId = await readerWindow(location.search);
  let stage = root;
}
