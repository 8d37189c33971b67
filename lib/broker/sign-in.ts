import { fail, Troubled } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import { sendMessage } from '@/lib/messages';

/**
 * Where an identity provider sends the reader back to, for the operator to register there; null
 * while the browser has not let us use its sign-in window.
 */
export function signInRedirect(): string | null {
  const { identity }: Partial<Pick<typeof browser, 'identity'>> = browser;
  return identity?.getRedirectURL() ?? null;
}

/**
 * Opens the browser's sign-in window and waits for the reader. A page of ours does the waiting:
 * the background may be stopped while somebody looks for a password.
 *
 * @param granted - the answer to `askToSignIn`, asked for in the click
 * @throws Troubled
 */
export async function openSignIn(granted: Promise<boolean>): Promise<null> {
  if (!(await granted)) return fail('permission_missing');
  const redirect = signInRedirect();
  if (redirect === null) return fail('permission_missing');
  const begun = await sendMessage('broker.signIn', { redirect });
  if (!begun.ok) throw new Troubled(begun.trouble);
  const landed = await browser.identity
    .launchWebAuthFlow({ url: begun.value, interactive: true })
    .catch((error: unknown) => fail(isClosed(error) ? 'sign_in_closed' : 'sign_in_failed'));
  const finished = await sendMessage('broker.signedIn', { landed: landed ?? '' });
  if (!finished.ok) throw new Troubled(finished.trouble);
  return null;
}

/** In words only: "The user did not approve access." (Chromium), "User cancelled or denied access." */
function isClosed(error: unknown): boolean {
  return error instanceof Error && /\buser\b.*\b(?:cancel|approve|denied)/iu.test(error.message);
}
