/** What is done in a page; the panel's first frame does without. */
export { point } from '@/lib/page/point';
export { previewOf } from '@/lib/page/preview';
export { createReader } from '@/lib/page/reading';
