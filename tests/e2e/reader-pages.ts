import { createServer } from 'node:http';

/** Pages that hide things, or hide in things, on loopback. */
export async function startPages(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    // The strictest a page can be to scripts, its own and others'.
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    response.end(pages[request.url ?? ''] ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const start = (title: string) =>
  `<!doctype html><html lang="de-AT"><meta charset="utf-8"><title>${title}</title><body>`;

/** Every `SEEN` can be seen by a person; no `HIDDEN` can, or may be read. */
const hidden = `${start('Hidden')}
<p>SEEN plain</p>
<p hidden>HIDDEN by attribute</p>
<p style="display: none">HIDDEN by display</p>
<div style="visibility: hidden">HIDDEN by visibility <b style="visibility: visible">SEEN in it</b></div>
<p style="opacity: 0">HIDDEN by opacity</p>
<p style="position: absolute; width: 1px; height: 1px; overflow: hidden">HIDDEN in a pixel</p>
<p style="position: absolute; clip: rect(0 0 0 0)">HIDDEN by clip</p>
<p style="clip-path: inset(50%)">HIDDEN by clip-path</p>
<p style="position: absolute; left: -9999px">HIDDEN to the left</p>
<p style="position: fixed; top: -2000px">HIDDEN above</p>
<p style="transform: translateX(-5000px)">HIDDEN by being moved</p>
<p style="transform: scale(0)">HIDDEN by size</p>
<p style="text-indent: -9999px">HIDDEN by indent</p>
<p style="color: transparent">HIDDEN by colour</p>
<p style="color: transparent; background: linear-gradient(red, blue); -webkit-background-clip: text; background-clip: text">SEEN as a picture</p>
<p style="color: rgb(0 0 0 / 0.5)">SEEN half</p>
<div style="display: contents"><p>SEEN in what has no box</p></div>
<p style="font-size: 0">HIDDEN at size nought <span style="font-size: 1rem">SEEN at its own</span></p>
<div style="height: 0; overflow: hidden">HIDDEN in a closed fold</div>
<div style="content-visibility: hidden">HIDDEN contents</div>
<details><summary>SEEN summary</summary>HIDDEN bare<p>HIDDEN folded</p></details>
<details open><summary>SEEN other summary</summary><p>SEEN unfolded</p></details>
<h3><button>SEEN heading to press</button></h3>
<p aria-hidden="true">HIDDEN from aids</p>
<div contenteditable><p>HIDDEN draft</p></div>
<div contenteditable="false">SEEN locked</div>
<div role="textbox">HIDDEN field of its own making</div>
<my-card autocomplete="billing cc-number">HIDDEN card</my-card>
<textarea>HIDDEN area</textarea><input value="HIDDEN value"><input type="password" value="HIDDEN password">
<select><option>HIDDEN choice</option></select>
<template>HIDDEN template</template><noscript>HIDDEN noscript</noscript><svg><text>HIDDEN drawing</text></svg>
<iframe src="/frame" width="300" height="80"></iframe>
<iframe src="/hidden-frame" style="display: none"></iframe>
<iframe src="/hidden-frame" width="1" height="1"></iframe>`;

const components = `${start('Components')}
<h1>Seals</h1>
<seal-card>
  <p>They wake when the tide turns.</p>
  <template shadowrootmode="open">
    <h2>Asleep</h2>
    <p>The seals of the northern bay sleep <b>upright</b> in the shallow water.</p>
    <slot></slot>
    <seal-note><template shadowrootmode="open"><p>Nobody has seen one fall over.</p></template></seal-note>
  </template>
</seal-card>
<p>After the card the page goes on.</p>`;

const pages: Readonly<Record<string, string>> = {
  '/hidden': hidden,
  '/frame': `${start('Frame')}<p>SEEN in a frame</p>`,
  '/hidden-frame': `${start('Frame')}<p>HIDDEN frame</p>`,
  '/components': components,
  '/megabyte': `${start('Megabyte')}<p>Before.</p><pre id="all">${'lorem ipsum dolor '.repeat(58_000)}</pre><p>After 😀.</p>`,
};
