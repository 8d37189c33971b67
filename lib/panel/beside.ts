/** What goes on beside a session from its first step; the panel's first frame does without. */
export { recordTimeline } from '@/lib/panel/recording';
export { createResuming } from '@/lib/panel/resuming';
