import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { Show, Shown } from '@/lib/messages';
import { answerPanels } from '@/lib/page/answer';
import { markPassages } from '@/lib/page/mark';

/** Comes into a page when there is a passage to show there, and leaves no trace when it goes. */
export default defineUnlistedScript(() => answerPanels<Show, Shown>('marker', markPassages));
