import type { ReadonlySignal, Signal } from '@preact/signals';
import { render } from 'preact';
import { PoppedOut } from '@/components/panel/PoppedOut';
import { Portrait } from '@/components/Portrait';
import type { Panel } from '@/lib/panel/panel';
import type { PortraitLook } from '@/lib/settings';
import { t } from '@/lib/words';

export interface PopOut {
  readonly panel: Panel;
  readonly look: ReadonlySignal<PortraitLook>;
  readonly stage: HTMLElement;
  readonly pageSide: 'left' | 'right';
  /** The way back, while it is out; null while it is in the panel. */
  readonly out: Signal<(() => void) | null>;
}

/**
 * Shows the avatar in a window that stays above all others. It is the same document's, so the line
 * to the avatar stays as it is. To be called in the click itself.
 *
 * @returns whether the browser has such windows, and gave one.
 */
export async function popOut(options: PopOut): Promise<boolean> {
  const { documentPictureInPicture: windows } = globalThis as Windows;
  const shown = await windows?.requestWindow({ width: 320, height: 340 }).catch(() => null);
  if (!shown) return false;
  const { document: page } = shown;
  page.title = t('panel.title');
  page.documentElement.lang = document.documentElement.lang;
  for (const sheet of document.querySelectorAll('link[rel=stylesheet], style')) {
    page.head.append(sheet.cloneNode(true));
  }
  render(<Shown {...options} onBack={() => shown.close()} />, page.body);
  options.out.value = () => shown.close();
  shown.addEventListener('pagehide', () => {
    // Back in the panel before its window is gone: a video without a document would be lost.
    options.out.value = null;
    render(null, page.body);
  });
  return true;
}

function Shown({ panel, look, stage, pageSide, onBack }: PopOut & { readonly onBack: () => void }) {
  const { session, hearing, standings, choice } = panel;
  return (
    <PoppedOut
      stage={stage}
      spoken={hearing.spoken.value}
      line={panel.line.value}
      speaking={session.activity.value === 'speaking'}
      canStop={session.abilities.value.interrupt}
      muted={panel.muted.value}
      onStop={() => void panel.stop()}
      onMute={(muted) => void panel.mute(muted)}
      onBack={onBack}
    >
      <Portrait
        look={look.value}
        pose={panel.pose.value}
        gaze={panel.gaze.value}
        emotion={hearing.emotion.value}
        page={pageSide}
        covered={standings.video.value === 'shown'}
        subscribe={hearing.onCues}
        label={t('panel.portrait', [choice.current.value.name, panel.line.value])}
      />
    </PoppedOut>
  );
}

/** Chromium's alone, and not yet in the library of types. */
type Windows = typeof globalThis & {
  readonly documentPictureInPicture?: {
    requestWindow(size: { readonly width: number; readonly height: number }): Promise<Window>;
  };
};
