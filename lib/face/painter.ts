import { frame, type Shape } from '@/lib/face/shape';

/** Puts pictures on the screen. */
export interface Painter {
  /** Touches only what differs from the picture before. */
  paint(shapes: readonly Shape[]): void;
  /** What those are told who cannot see it. */
  name(label: string): void;
}

/** Paints into `host` as one `<svg>`, with a `<path data-part>` for every shape. */
export function createPainter(host: Element): Painter {
  const { ownerDocument } = host;
  const svg = ownerDocument.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
  svg.setAttribute('role', 'img');
  host.append(svg);
  let paths: Brushed[] = [];
  return {
    paint: (shapes) => {
      const same =
        paths.length === shapes.length && shapes.every(({ part }, i) => paths[i]?.part === part);
      if (!same) {
        paths = shapes.map(({ part }) => brushed(ownerDocument, part));
        svg.replaceChildren(...paths.map(({ path }) => path));
      }
      for (const [i, shape] of shapes.entries()) paths[i]?.brush(shape);
    },
    name: (label) => svg.setAttribute('aria-label', label),
  };
}

const namespace = 'http://www.w3.org/2000/svg';

interface Brushed {
  readonly part: string;
  readonly path: SVGPathElement;
  brush(shape: Shape): void;
}

function brushed(document: Document, part: string): Brushed {
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('data-part', part);
  path.setAttribute('stroke-linecap', 'round');
  path.setAttribute('stroke-linejoin', 'round');
  const worn = new Map<string, string>();
  const wear = (name: string, value: string) => {
    if (worn.get(name) === value) return;
    worn.set(name, value);
    path.setAttribute(name, value);
  };
  return {
    part,
    path,
    brush: ({ d, fill, stroke, width, opacity }) => {
      wear('d', d);
      wear('fill', fill);
      if (stroke !== undefined) wear('stroke', stroke);
      if (width !== undefined) wear('stroke-width', width.toFixed(2));
      if (opacity !== undefined) wear('opacity', opacity.toFixed(3));
    },
  };
}
