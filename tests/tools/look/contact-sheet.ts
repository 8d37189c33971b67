export interface Picture {
  readonly state: string;
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly file: string;
}

/** A page with all pictures, a row for every state. */
export function contactSheet(pictures: readonly Picture[]): string {
  const states = [...new Set(pictures.map(({ state }) => state))];
  const rows = states.map((state) => {
    const images = pictures
      .filter((picture) => picture.state === state)
      .map(
        ({ file, width, scheme }) =>
          `<img src="${file}" width="${width}" alt="${state}, ${scheme}, ${width} px">`,
      );
    return `<h2>${state}</h2><div>${images.join('')}</div>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every state</title>
<style>
  body { margin: 24px; background: #888; color: #fff; font: 16px system-ui, sans-serif }
  div { display: flex; gap: 12px; overflow-x: auto }
  img { flex: none; align-self: start }
</style>
${rows.join('\n')}
</html>
`;
}
