/**
 * Runs in the panel: the browser's dialog is no document, so what is asked of it, and that it has
 * been answered, is heard where it is asked.
 */
export function hearRequests(): void {
  if (globalThis.asked !== undefined) return;
  globalThis.asked = 'never';
  const { permissions } = globalThis.chrome;
  const request = permissions.request.bind(permissions);
  permissions.request = async (hosts, answered) => {
    globalThis.asked = 'pending';
    const granted = await request(hosts);
    globalThis.asked = 'answered';
    answered?.(granted);
    return granted;
  };
}

/** With a callback where the polyfill of `lib/browser.ts` stands before it. */
type Request = (hosts: object, answered?: (granted: boolean) => void) => Promise<boolean>;

declare global {
  var asked: 'never' | 'pending' | 'answered' | undefined;
  var chrome: { permissions: { request: Request; remove(hosts: object): Promise<boolean> } };
}
