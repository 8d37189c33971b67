export type Fields = Readonly<Record<string, unknown>>;

/** A message of category `scene`. */
export interface SceneMessage {
  readonly category: 'scene';
  readonly kind: string;
  readonly name: string;
  readonly body?: Fields;
}

/** A message of any category. */
interface Message {
  readonly category: string;
  readonly kind: string;
  readonly name: string;
  readonly body?: Fields;
}

/** Longest message that is read, characters: nothing of ours is near it. */
const longest = 500_000;

/** Null where it is none, or is huge. */
export function messageIn(data: string): Message | null {
  if (data.length > longest) return null;
  try {
    const message: unknown = JSON.parse(data);
    return isMessage(message) ? message : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is Message {
  if (!isFields(value)) return false;
  const { category, kind, name } = value;
  return [category, kind, name].every((word) => typeof word === 'string');
}

export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
