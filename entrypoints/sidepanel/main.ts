import { drawGlimpse } from '@/entrypoints/sidepanel/glimpse';

/**
 * The frame in `index.html`, with the last conversation in it, is on the screen before anything
 * else is loaded, so that a click is answered at once; in a tab nobody looks at there is no frame
 * to wait for.
 */
async function afterFirstFrame(): Promise<void> {
  if (document.hidden) return;
  await new Promise((drawn) => requestAnimationFrame(drawn));
  await new Promise((painted) => setTimeout(painted));
}

async function start(): Promise<void> {
  const app = document.querySelector('#app');
  if (app) drawGlimpse(app);
  await afterFirstFrame();
  const { mount } = await import('@/entrypoints/sidepanel/mount');
  if (app) await mount(app);
}

void start();
