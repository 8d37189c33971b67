import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readFrame } from '@/lib/page/read';

/** Injected when page text is asked for, and only then; what it returns is the result. */
export default defineUnlistedScript(readFrame);
