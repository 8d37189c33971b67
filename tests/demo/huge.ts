/** What a page of this size is made of, in bytes. */
const size = 5_000_000;

const nouns = ['reef', 'current', 'larva', 'lagoon', 'sponge', 'parrotfish', 'tide', 'polyp'];
const verbs = ['shelters', 'feeds', 'crosses', 'outlives', 'follows', 'remembers', 'colours'];

/** Five megabytes of plain sentences under headings, the same every time; one sentence in its midst is told apart. */
export function hugePage(): string {
  const parts = [
    '<!doctype html><html lang="en"><title>A very long page</title><h1>A very long page</h1>',
  ];
  let length = 0;
  for (let number = 1; length < size; number += 1) {
    const words = [nouns[number % 8], verbs[number % 7], nouns[(number * 3 + 1) % 8]];
    const sentence = `<p>In survey ${number}, the ${words[0]} ${words[1]} the ${words[2]} by the outer wall.</p>`;
    const heading = number % 200 === 1 ? `<h2>Surveys from ${number}</h2>` : '';
    const needle =
      number === 50 ? '<p>The keeper of the lighthouse counted forty-one herons.</p>' : '';
    parts.push(heading, sentence, needle);
    length += heading.length + sentence.length + needle.length;
  }
  return parts.join('\n');
}
