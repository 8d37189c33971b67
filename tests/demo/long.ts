const nouns = ['reef', 'current', 'larva', 'lagoon', 'sponge', 'parrotfish', 'tide', 'polyp'];
const verbs = ['shelters', 'feeds', 'crosses', 'outlives', 'follows', 'remembers', 'colours'];

/**
 * Plain sentences under headings, about this many bytes, the same every time; one sentence in
 * their midst is told apart.
 */
export function longPage(bytes: number): string {
  const head = '<!doctype html><html lang="en"><title>A very long page</title>';
  const parts = [head, '<h1>A very long page</h1>'];
  let length = 0;
  for (let number = 1; length < bytes; number += 1) {
    const [noun, other] = [nouns[number % 8], nouns[(number * 3 + 1) % 8]];
    const survey = `In survey ${number}, the ${noun} ${verbs[number % 7]} the ${other} by the outer wall.`;
    const heading = number % 200 === 1 ? `<h2>Surveys from ${number}</h2>` : '';
    const needle =
      number === 50 ? '<p>The keeper of the lighthouse counted forty-one herons.</p>' : '';
    parts.push(heading, `<p>${survey}</p>`, needle);
    length += heading.length + survey.length + needle.length;
  }
  return parts.join('\n');
}
