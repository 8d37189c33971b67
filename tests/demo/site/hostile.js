/* What a page can do to whoever reads it: broken globals, forged events, a flood of addresses. */
const nothing = () => null;
for (const [owner, names] of [
  [Node.prototype, ['textContent', 'childNodes', 'nodeValue']],
  [Element.prototype, ['innerHTML', 'shadowRoot', 'attributes']],
]) {
  for (const name of names)
    Object.defineProperty(owner, name, { get: nothing, configurable: true });
}
window.getSelection = () => ({
  toString: () => 'FORGED-SELECTION',
  rangeCount: 1,
  getRangeAt: nothing,
});
document.getSelection = window.getSelection;
Array.prototype.map = nothing;
Array.prototype.filter = nothing;
String.prototype.trim = () => 'FORGED-TRIM';
Object.defineProperty(document, 'title', { get: () => 'FORGED-TITLE', configurable: true });
window.CSS = { supports: nothing };
window.Highlight = nothing;

setInterval(() => {
  for (const type of ['selectionchange', 'visibilitychange', 'pagehide', 'message']) {
    document.dispatchEvent(new Event(type, { bubbles: true }));
  }
}, 50);

/** For the test that counts what a thousand changes of address cost. */
window.flood = (count) => {
  let n = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < 10 && n < count; i += 1) history.pushState(null, '', `?n=${(n += 1)}`);
    if (n >= count) clearInterval(timer);
  }, 100);
};
