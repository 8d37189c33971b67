/** Something that comes once and is waited for by some. */
export interface Moment {
  readonly come: Promise<void>;
  now(): void;
  isOver(): boolean;
}

export function createMoment(): Moment {
  let isOver = false;
  let now: () => void = () => undefined;
  const come = new Promise<void>((resolve) => {
    now = () => {
      isOver = true;
      resolve();
    };
  });
  return { come, now: () => now(), isOver: () => isOver };
}
