export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is asked for while nobody knows how large the room will be. */
const usual: Size = { width: 360, height: 480 };

/** The picture for a room of that many CSS px: even, as video wants it, and no larger than it is worth. */
export function sizeFor(width: number, height: number): Size {
  if (width < 2 || height < 2) return usual;
  const scale = Math.min(devicePixelRatio || 1, 2, 1920 / Math.max(width, height));
  return { width: even(width * scale), height: even(height * scale) };
}

function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}
