import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { coming } from '@/lib/coming';
import { drawGlimpse } from '@/entrypoints/sidepanel/glimpse';

/**
 * Draws the end of the last conversation, and loads the panel once what stands in its `index.html` is on the screen, so that a click is
 * answered at once; where nobody looks there is no frame to wait for. The build names the module
 * in `data-then` (`wxt.config.ts`).
 */
export default defineUnlistedScript(() => {
  const app = document.querySelector('#app');
  if (app) drawGlimpse(app);
  const module = document.currentScript?.dataset['then'] ?? '';
  const load = () => void coming(import(/* @vite-ignore */ module));
  if (document.hidden) load();
  else requestAnimationFrame(() => setTimeout(load));
});
