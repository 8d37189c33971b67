import type { Told } from '../emulator.ts';
import type { SoulMachinesKnobs } from './knobs.ts';
import type { Memory } from './mind.ts';

/** What every part of the emulated service shares. */
export interface World {
  readonly knobs: SoulMachinesKnobs;
  readonly told: Told[];
  readonly unknown: string[];
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** What sessions remember, by their id; some can be taken up again. */
  readonly memories: Map<string, Memory>;
}

export function record({ told }: World, what: string, body: unknown): void {
  told.push({ what, body });
}

/** One message of the wire. */
export interface Message {
  readonly category: string;
  readonly kind: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly transaction?: string;
}

export function parse(data: string): Message | null {
  try {
    const message: unknown = JSON.parse(data);
    return isMessage(message) ? message : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) &&
    ['category', 'kind', 'name'].every((field) => typeof value[field] === 'string') &&
    isRecord(value['body'])
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
