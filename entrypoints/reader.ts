import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readOrWait } from '@/lib/page/ahead';
import { readFrame } from '@/lib/page/read';

/**
 * Injected when page text is asked for; what it returns is the result. Brought while a question is
 * being typed, it waits for the question and reads nothing until then.
 */
export default defineUnlistedScript(() => readOrWait(readFrame));
