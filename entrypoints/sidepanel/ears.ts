import { browser } from '@/lib/browser';
import { createAsker, openLine, showAskingPage } from '@/lib/ears/asking';
import { openCapture } from '@/lib/ears/capture';
import { listDevices } from '@/lib/ears/devices';
import { createMicrophone } from '@/lib/ears/microphone';
import { watchPermission } from '@/lib/ears/permission';
import {
  browserBrands,
  browserRecognition,
  companyOf,
  download,
  placeOf,
} from '@/lib/ears/recognition';
import type { PanelOptions } from '@/lib/panel/panel';
import { ears } from '@/lib/settings';

/** The microphone of this panel. Nothing is captured, and nobody asked, before the reader wants it. */
export function createEars(language: string): NonNullable<PanelOptions['ears']> {
  const permission = watchPermission();
  const open = showAskingPage();
  const recognition = browserRecognition();
  return {
    permission,
    // Firefox asks from its sidebar; Chromium never shows a question in a panel.
    asker: browser.sidebarAction ? null : createAsker({ permission, line: openLine(), open }),
    howTo: () => void open(),
    microphone: (told) =>
      createMicrophone({
        capture: openCapture,
        devices: () => listDevices('audioinput'),
        wanted: async () => (await ears.get()).device,
        ...told,
      }),
    own: {
      place: () => placeOf(recognition, language),
      download: () => download(recognition, language),
      company: companyOf(browserBrands()),
    },
    isPrivate: browser.extension.inIncognitoContext,
  };
}
