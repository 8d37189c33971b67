/*
 * What runs inside Firefox's own window, where scripts may do anything. Each function is sent
 * there as text: it must not lean on anything outside itself.
 */

/** A document in the sidebar is no tab, so the wire does not know it. */
export function enterSidebar(page: string): string | null {
  const { NavigableManager } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  const shown = SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser');
  if (!SidebarController.isOpen || shown?.currentURI?.spec !== page) return null;
  // Introduced by hand: given a key, it gets an id, and is found by it from then on.
  shown.permanentKey ??= {};
  const id = NavigableManager.getIdForBrowser(shown);
  const others = NavigableManager.getBrowserById.bind(NavigableManager);
  NavigableManager.getBrowserById = (wanted) => (wanted === id ? shown : others(wanted));
  return id;
}

export function focusSidebar(): void {
  SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser')?.focus();
}

export function hideSidebar(): void {
  SidebarController.hide();
}

/** Presses our button, which lies in the extensions' drawer or in the toolbar. False while it is not there. */
export function pressToolbarButton(addon: string): boolean {
  const widget = `${addon.replace(/[^a-z0-9_-]/gu, '_')}-browser-action`;
  if (CustomizableUI.getPlacementOfWidget(widget)?.area !== 'nav-bar') {
    CustomizableUI.addWidgetToArea(widget, 'nav-bar');
  }
  const button = document
    .getElementById(widget)
    ?.querySelector<HTMLElement>('.unified-extensions-item-action-button');
  button?.click();
  return button !== undefined && button !== null;
}

/** Chooses the item of the open page menu whose words match, as a click on it would. */
export function chooseMenuItem(source: string, flags: string): boolean {
  const menu = document.getElementById('contentAreaContextMenu') as NativeMenu | null;
  if (menu?.state !== 'open') return false;
  const words = new RegExp(source, flags);
  const item = [...menu.querySelectorAll('menuitem')].find((one) =>
    words.test(one.getAttribute('label') ?? ''),
  );
  if (item === undefined) {
    const labels = [...menu.querySelectorAll('menuitem:not([hidden])')].map((one) =>
      one.getAttribute('label'),
    );
    throw new Error(`The menu has no ${words} but ${labels.join(', ')}`);
  }
  menu.activateItem(item);
  return true;
}

/** Presses keys as the keyboard would, with the browser's own shortcuts in their way: `Alt+Shift+V`. */
export function pressKeys(keys: string): void {
  // A page has the first word on a key, and made keys do not come back from it.
  Services.focus.clearFocus(window);
  const hands = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
  if (!hands.beginInputTransactionForTests(window)) throw new Error('Another input is under way.');
  const strokes = keys
    .split('+')
    .map(
      (key) => new KeyboardEvent('', { key, code: key.length > 1 ? `${key}Left` : `Key${key}` }),
    );
  for (const stroke of strokes) hands.keydown(stroke);
  for (const stroke of strokes.toReversed()) hands.keyup(stroke);
}

/** Answers the question that hangs from the address bar. False while there is none. */
export function answerQuestion(answer: 'allow' | 'deny'): boolean {
  const question = document.querySelector<Question>('#notification-popup popupnotification');
  const button = answer === 'allow' ? question?.button : question?.secondaryButton;
  button?.click();
  return button !== undefined;
}

/** As the system's own setting would: 0 is dark, 1 is light. */
export function setColors(scheme: 'light' | 'dark'): void {
  Services.prefs.setIntPref(
    'layout.css.prefers-color-scheme.content-override',
    scheme === 'dark' ? 0 : 1,
  );
}

export function closeThisWindow(): void {
  window.close();
}

/** From now on keeps what the extension's code, anywhere, reports as wrong. */
export function hearErrors(uuid: string): void {
  const heard: string[] = [];
  globalThis.heardErrors = heard;
  const closedMeanwhile =
    /^(Promise (resolved|rejected) (after context unloaded|while context is inactive)|NS_ERROR_NOT_INITIALIZED)/u;
  const brokenLine = /^(Firefox can’t establish a connection to|The connection to) wss?:/u;
  Services.console.registerListener({
    observe: (message) => {
      if (!(message instanceof Ci.nsIScriptError)) return;
      const isWarning = (message.flags & Ci.nsIScriptError.warningFlag) !== 0;
      // By where it stands, since the browser's own code complains about extensions it is ending.
      if (isWarning || !message.sourceName.includes(uuid)) return;
      // Firefox's own remarks on a page that was closed while it waited for an answer: on the
      // answer, and on the first thing the page asks of a window that is gone.
      if (closedMeanwhile.test(message.errorMessage)) return;
      // And on a socket that was not reached or broke, which is for our code to answer.
      if (brokenLine.test(message.errorMessage)) return;
      heard.push(`${message.sourceName}: ${message.errorMessage}`);
    },
  });
}

export function heardErrors(): readonly string[] {
  return globalThis.heardErrors;
}

interface SidebarBrowser extends HTMLElement {
  readonly currentURI?: { readonly spec: string };
  permanentKey?: object;
}
interface NativeMenu extends HTMLElement {
  readonly state: string;
  activateItem(item: Element): void;
}
interface Question extends HTMLElement {
  readonly button: HTMLElement;
  readonly secondaryButton: HTMLElement;
}
interface InputProcessor {
  beginInputTransactionForTests(window: Window): boolean;
  keydown(stroke: KeyboardEvent): number;
  keyup(stroke: KeyboardEvent): number;
}
interface ScriptError {
  readonly flags: number;
  readonly sourceName: string;
  readonly errorMessage: string;
}

/* The browser's own objects, as far as they are used above. */
declare const ChromeUtils: {
  importESModule(address: string): {
    NavigableManager: {
      getIdForBrowser(browser: SidebarBrowser): string;
      getBrowserById(id: string): SidebarBrowser | null;
    };
  };
};
declare const SidebarController: {
  readonly isOpen: boolean;
  readonly browser?: {
    readonly contentDocument?: { getElementById(id: string): SidebarBrowser | null };
  };
  hide(): void;
};
declare const CustomizableUI: {
  getPlacementOfWidget(id: string): { readonly area: string } | null;
  addWidgetToArea(id: string, area: string): void;
};
declare const Cc: Readonly<
  Record<'@mozilla.org/text-input-processor;1', { createInstance(kind: object): InputProcessor }>
>;
declare const Ci: {
  readonly nsITextInputProcessor: object;
  readonly nsIScriptError: { readonly warningFlag: number } & (new () => ScriptError);
};
declare const Services: {
  readonly focus: { clearFocus(window: Window): void };
  readonly prefs: { setIntPref(name: string, value: number): void };
  readonly console: { registerListener(listener: { observe(message: unknown): void }): void };
};
declare global {
  var heardErrors: string[];
}
