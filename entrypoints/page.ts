import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { Told } from '@/lib/messages';
import { answerPanels } from '@/lib/page/answer';
import { tellSelection } from '@/lib/page/tell';

/** The watcher: all that runs in a followed page. It sleeps until a panel calls. */
export default defineUnlistedScript(() => answerPanels<never, Told>('page', tellSelection));
