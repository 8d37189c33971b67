import wrtc from '@roamhq/wrtc';

// A program that has made a source of media ends in a segmentation fault while Node 20 takes its
// world apart (@roamhq/wrtc 0.10.0, 2026-11). Leaving by the door at once spares it that.
process.once('beforeExit', (code) => process.exit(code));

export default wrtc;
