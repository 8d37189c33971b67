import type { Browser, Protocol, Target } from 'puppeteer-core';

const ours = 'chrome-extension://';

/**
 * Collects what our code reports as wrong, wherever it runs: uncaught errors, rejections nobody
 * handled, `console.error`, what the content security policy refused. Of web pages only what our
 * scripts in them did.
 */
export function hearChromiumErrors(browser: Browser, errors: string[]): void {
  const attach = async (target: Target) => {
    if (!['page', 'service_worker', 'other', 'iframe'].includes(target.type())) return;
    const session = await target.createCDPSession();
    const report = (text: string, source = '') => {
      if (!isOfBindings(text)) errors.push(`${target.url()}: ${text}${source}`);
    };
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const text = exceptionDetails.exception?.description ?? exceptionDetails.text;
      if (isOurs(target, exceptionDetails)) report(text);
    });
    session.on('Runtime.consoleAPICalled', (call) => {
      const wrong = call.type === 'error' || call.type === 'assert';
      if (wrong && isOurs(target, call)) report(textOf(call));
    });
    session.on('Log.entryAdded', ({ entry }) => {
      const wrong = entry.level === 'error' && target.url().startsWith(ours);
      if (wrong) report(entry.text, ` ${entry.url ?? ''}`);
    });
    // A worker that starts again waits for those who watch it.
    session.on('Runtime.executionContextCreated', () => {
      session.send('Runtime.runIfWaitingForDebugger').catch(gone);
    });
    // Both tell what happened before they were switched on.
    await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
  };
  const hear = (target: Target) => {
    attach(target).catch(gone);
  };
  browser.on('targetcreated', hear);
  browser.targets().forEach(hear);
}

/**
 * Thrown in Chromium's own bindings with none of our code on the stack: a browser that closes
 * answers `permissions.getAll` with nothing, and its binding looks into that.
 */
function isOfBindings(text: string): boolean {
  // What it answers whoever is still asking while it ends.
  if (text.includes('The browser is shutting down.')) return true;
  return /\n\s+at extensions::/u.test(text) && !text.includes(ours);
}

/** A target may be gone before we have reached it; then it has nothing to tell. */
function gone(): void {}

function isOurs(
  target: Target,
  { stackTrace, ...details }: { stackTrace?: Protocol.Runtime.StackTrace; url?: string },
): boolean {
  const sources = [
    target.url(),
    details.url,
    ...(stackTrace?.callFrames ?? []).map(({ url }) => url),
  ];
  return sources.some((url) => url?.startsWith(ours) === true);
}

function textOf({ args }: Protocol.Runtime.ConsoleAPICalledEvent): string {
  return args.map((arg) => arg.description ?? String(arg.value)).join(' ');
}
