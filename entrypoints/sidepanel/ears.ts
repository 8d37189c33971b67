import { browser } from '@/lib/browser';
import { createAsker, openLine, showAskingPage } from '@/lib/ears/asking';
import { listDevices } from '@/lib/ears/devices';
import { createMicrophone, type MicrophoneOptions } from '@/lib/ears/microphone';
import { watchPermission } from '@/lib/ears/permission';
import * as own from '@/lib/ears/recognition';
import { createListening, type Ears } from '@/lib/panel/listening';
import { ears } from '@/lib/settings';

/** The microphone of this panel. Nothing is captured, and nobody asked, before the reader wants it. */
export function createEars(language: string): Ears {
  const permission = watchPermission();
  const open = showAskingPage();
  const options = {
    permission,
    // Firefox asks from its sidebar; Chromium never shows a question in a panel.
    asker: browser.sidebarAction ? null : createAsker({ permission, line: openLine(), open }),
    howTo: () => void open(),
    microphone: (told: Pick<MicrophoneOptions, 'fellBack' | 'lost'>) =>
      createMicrophone({
        capture: async (...wanted) => (await import('@/lib/ears/capture')).openCapture(...wanted),
        devices: () => listDevices('audioinput'),
        wanted: async () => (await ears.get()).device,
        ...told,
      }),
    own: async () => {
      const recognition = own.browserRecognition();
      return {
        place: () => own.placeOf(recognition, language),
        download: () => own.download(recognition, language),
        company: own.companyOf(own.browserBrands()),
      };
    },
    isPrivate: browser.extension.inIncognitoContext,
  };
  return (panel) => createListening({ ...options, ...panel });
}
