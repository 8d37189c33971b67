/** What the panel is put together from besides its views: on its way while the first frame stands. */
export { createEars } from '@/entrypoints/sidepanel/ears';
export { createKeeping } from '@/lib/avatar/keeping';
export { provideFrom } from '@/lib/avatar/provide';
export { openTranscript } from '@/lib/transcript/store';
