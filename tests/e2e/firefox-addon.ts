/*
 * What runs inside Firefox's own window, where scripts may do anything, and concerns our add-on and
 * the network. Each function is sent there as text: it must not lean on anything outside itself.
 */

/** As the permissions in the address bar would: taken back, it is asked for again. */
export function setMicrophone(addon: string, leave: 'granted' | 'denied' | 'prompt'): void {
  const principal = WebExtensionPolicy.getByID(addon)?.extension.principal;
  const { perms } = Services;
  const numbers = { granted: perms.ALLOW_ACTION, denied: perms.DENY_ACTION };
  if (leave === 'prompt') perms.removeFromPrincipal(principal, 'microphone');
  else perms.addFromPrincipal(principal, 'microphone', numbers[leave]);
}

export function backgroundRuns(addon: string): boolean {
  return WebExtensionPolicy.getByID(addon)?.extension.backgroundState === 'running';
}

export async function endBackground(addon: string): Promise<void> {
  await WebExtensionPolicy.getByID(addon)?.extension.terminateBackground({
    ignoreDevToolsAttached: true,
  });
}

/** A background is no tab, so the wire does not know it; introduced as a sidebar is. Null while none runs. */
export function enterBackground(addon: string): string | null {
  const { NavigableManager } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  const views = [...(WebExtensionPolicy.getByID(addon)?.extension.views ?? [])];
  const hidden = views.find(({ viewType }) => viewType === 'background')?.xulBrowser;
  if (!hidden) return null;
  hidden.permanentKey ??= {};
  const id = NavigableManager.getIdForBrowser(hidden);
  const others = NavigableManager.getBrowserById.bind(NavigableManager);
  NavigableManager.getBrowserById = (wanted) => (wanted === id ? hidden : others(wanted));
  return id;
}

/** As the button on the browser's page for add-ons under development. */
export async function reloadAddon(addon: string): Promise<void> {
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  await (await AddonManager.getAddonByID(addon)).reload();
}

/** As "Work offline" of the menu, and for this computer's own addresses as well. */
export function setOffline(offline: boolean): void {
  Services.prefs.setBoolPref('network.disable-localhost-when-offline', offline);
  Services.io.offline = offline;
  // A connection that is kept open for the next request would go on serving them.
  if (offline) Services.obs.notifyObservers(null, 'net:prune-all-connections');
}

interface HiddenBrowser {
  permanentKey?: object;
}

/* The browser's own objects, as far as they are used above. */
declare const ChromeUtils: {
  importESModule(address: string): {
    NavigableManager: {
      getIdForBrowser(browser: HiddenBrowser): string;
      getBrowserById(id: string): HiddenBrowser | null;
    };
    AddonManager: { getAddonByID(id: string): Promise<{ reload(): Promise<void> }> };
  };
};
declare const WebExtensionPolicy: {
  getByID(id: string): {
    readonly extension: {
      readonly backgroundState: string;
      readonly principal: unknown;
      readonly views: Iterable<{ readonly viewType: string; readonly xulBrowser?: HiddenBrowser }>;
      terminateBackground(options: { ignoreDevToolsAttached: boolean }): Promise<void>;
    };
  } | null;
};
declare const Services: {
  readonly io: { offline: boolean };
  readonly obs: { notifyObservers(subject: null, topic: string): void };
  readonly prefs: { setBoolPref(name: string, value: boolean): void };
  readonly perms: {
    readonly ALLOW_ACTION: number;
    readonly DENY_ACTION: number;
    addFromPrincipal(principal: unknown, type: string, action: number): void;
    removeFromPrincipal(principal: unknown, type: string): void;
  };
};
