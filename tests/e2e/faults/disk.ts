import type { View } from '../view';

/** What the reader said, as it lies on the disk, in no order. To be asked in a page of ours. */
export async function questionsKept(page: View): Promise<readonly string[]> {
  const messages = await page.evaluate(readAll, 'messages');
  return (messages as { who: string; text: string }[])
    .filter(({ who }) => who === 'reader')
    .map(({ text }) => text);
}

/** What was typed and not sent. */
export async function draftsKept(page: View): Promise<readonly string[]> {
  const drafts = await page.evaluate(readAll, 'drafts');
  return (drafts as { text: string }[]).map(({ text }) => text);
}

/** How many conversations have a place the reader was brought back to. */
export async function placesKept(page: View): Promise<number> {
  const notes = await page.evaluate(readAll, 'notes');
  return notes.filter((note) => JSON.stringify(note).includes('"message"')).length;
}

/** Runs in the page. */
async function readAll(room: string): Promise<readonly unknown[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('transcript');
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('No database')));
  });
  const request = database.transaction(room).objectStore(room).getAll();
  await new Promise((resolve) => {
    request.addEventListener('success', resolve);
  });
  database.close();
  return request.result;
}
