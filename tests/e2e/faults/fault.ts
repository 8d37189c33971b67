import type { View } from '../view';
import type { Situation } from './situations';
import type { World } from './world';

/** One thing that goes wrong, what the reader is told of it, and that it goes on from there. */
export interface Fault {
  /** What must be so before the panel is opened. */
  readonly prepare?: (world: World) => Promise<void>;
  /** Where the panel is; in the one window there is unless told. */
  readonly where?: 'window';
  /** Resolves when the avatar is there again. */
  readonly strike: (world: World, panel: View, situation: Situation) => Promise<void>;
  /** Situations it has no meaning in, and why. */
  readonly senseless?: Partial<Record<Situation, string>>;
}

export const nothingRuns = { 'before connect': 'nothing runs yet' };
