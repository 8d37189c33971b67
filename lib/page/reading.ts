import { browser } from '@/lib/browser';
import { AppError, isAppError, toAppError, type ErrorCode } from '@/lib/errors';
import { isSamePage, originOf, patternOf } from '@/lib/page/address';
import { calling, expecting } from '@/lib/page/ahead';
import { nothingShared, shareable, type Found, type Shared } from '@/lib/page/context';
import type { Eyes } from '@/lib/page/eyes';
import { reportOf, type Report } from '@/lib/page/report';
import type { PageSight } from '@/lib/page/see';
import { newSite } from '@/lib/settings';

/** What a question takes with it. */
export interface Reading extends Shared {
  /** The page changed while it was read; the stamp says which one was. */
  readonly moved: boolean;
}

/** How long a page may take to be read, in milliseconds. */
const patience = 10_000;
/** How often we follow a page that moves on while we read. */
const attempts = 3;

export interface Reader {
  /** As `PageWatch.prepare`; never rejects, since the question will tell what is wrong. */
  prepare(): Promise<void>;
  /** Reads what is in front, as far as its rung goes. Rejects as `PageWatch.read` says. */
  read(): Promise<Reading>;
}

/** The page that the reading script is brought to. */
interface Ahead {
  readonly tabId: number;
  readonly url: string;
  /** Resolves when it is there, or will not come. */
  readonly brought: Promise<unknown>;
}

export function createReader(eyes: Eyes): Reader {
  let ahead: Ahead | null = null;

  return {
    async prepare() {
      const seen = eyes.sight.peek();
      if (seen.kind !== 'page' || seen.rule.rung !== 'page') return;
      const { tabId, url } = seen;
      if (ahead?.tabId === tabId && ahead.url === url) return;
      const target = { tabId, allFrames: true };
      const brought = browser.scripting
        .executeScript({ target, ...expecting })
        .then(() => browser.scripting.executeScript({ target, files }))
        .catch(() => undefined);
      ahead = { tabId, url, brought };
      await brought;
    },
    read: () => readFront(eyes, ahead),
  };
}

async function readFront(eyes: Eyes, ahead: Ahead | null): Promise<Reading> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const seen = eyes.known() ?? (await eyes.lookAndListen());
    const moved = attempt > 1;
    if (seen.kind !== 'page') return { ...wordsOnly(seen), moved };
    const found: Found = { ...seen, isOffered: eyes.isOffered(), text: null };
    if (seen.rule.rung !== 'page') return { ...shareable(found, seen.rule), moved };

    const isHeard = eyes.isHeard();
    const report = await readTab(seen.tabId, ahead).catch((thrown: unknown) => toAppError(thrown));
    const after = eyes.known() ?? (await eyes.look());
    const stays = isSamePageAs(seen, after);
    if (isAppError(report)) {
      if (stays && report.code === 'page_forbidden') eyes.bar('refused');
      if (stays || report.code !== 'page_forbidden') throw report;
    } else if (report.pdf) {
      eyes.bar('pdf');
    } else if (originOf(report.url) === originOf(seen.url)) {
      const read = { ...found, ...report, selection: found.selection };
      const isSame = isSamePage(report.url, seen.url);
      // The tab's own title is the browser's word; the page's is for a page the tab no longer shows.
      if (isSame) read.title = seen.title;
      // A page that tells us what is selected has been heard: words let go of stay so.
      if (!isHeard) read.selection ??= report.selection;
      // The reader may have taken the site down a rung meanwhile.
      const rule = stays ? after.rule : seen.rule;
      return { ...shareable(read, rule), moved: moved || !isSame || !stays };
    }
    // Another page than the one seen: it has a rule of its own, and this one's does not cover it.
  }
  throw new AppError('page_unreadable');
}

type Page = Extract<PageSight, { kind: 'page' }>;

function isSamePageAs(seen: Page, after: PageSight): after is Page {
  return after.kind === 'page' && after.tabId === seen.tabId && isSamePage(after.url, seen.url);
}

/** Of a page we do not see, what the reader chose in our menu, and which page that was. */
function wordsOnly(seen: Exclude<PageSight, Page>): Shared {
  if (seen.kind !== 'unreadable' || seen.selection === null) return nothingShared;
  const { url, title, selection } = seen;
  const found = { url, title, icon: null, language: null, selection, isOffered: true, text: null };
  // A browser's own pages and the reader's files have addresses that are nobody's business.
  const rung = patternOf(url) === null ? 'nothing' : 'selection';
  return shareable(found, { ...newSite, rung });
}

const files = ['/reader.js'];

async function readTab(tabId: number, ahead: Ahead | null): Promise<Report> {
  const target = { tabId, allFrames: true };
  const reading = async () => {
    if (ahead?.tabId === tabId) {
      await ahead.brought;
      const read = await browser.scripting.executeScript({ target, ...calling });
      // Not by a frame that came since, or where the page itself did: then all of it is read anew.
      if (read.length > 0 && read.every(({ result }) => result)) return read;
    }
    return browser.scripting.executeScript({ target, files });
  };
  const results = await inTime(
    reading().catch((thrown: unknown) => fail(tabId, 'page_forbidden', { cause: thrown })),
  );
  // Chromium does not reject where the tab is closed meanwhile: no frame answers.
  return reportOf(results) ?? fail(tabId, 'page_unreadable');
}

/** A page that is stuck, in a dialog or a loop, never answers. */
async function inTime<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('page_unreadable')), patience);
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}

/** What keeps us from reading, unless the tab is not there any more. */
async function fail(tabId: number, code: ErrorCode, options?: ErrorOptions): Promise<never> {
  const isOpen = await browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );
  throw new AppError(isOpen ? code : 'page_gone', options);
}
