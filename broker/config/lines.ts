import { isMap, isNode, isScalar, isSeq, type Document, type LineCounter } from 'yaml';

export type Path = readonly (string | number)[];

/** The line where `path` stands; of what is missing, the line of what it is missing from. */
export function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(step),
      );
      if (!pair) break;
      offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = start(node) ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

function start(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
