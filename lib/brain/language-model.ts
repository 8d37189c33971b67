/**
 * Chrome's built-in model, the global `LanguageModel`, as far as we use it. Shape as of November 2026
 * (webmachinelearning.github.io/prompt-api); what was renamed in February 2026 is known by both names, since
 * Chrome 138 to 145 have the older one.
 */
export interface LanguageModel {
  availability(options: LanguageModelOptions): Promise<string>;
  create(
    options: LanguageModelOptions & {
      readonly initialPrompts?: readonly LanguageModelMessage[];
      readonly signal?: AbortSignal;
      readonly monitor?: (monitor: EventTarget) => void;
    },
  ): Promise<LanguageModelSession>;
}

/** Without them Chrome warns that it cannot vouch for the answer's language. */
export interface LanguageModelOptions {
  readonly expectedInputs: readonly {
    readonly type: 'text';
    readonly languages: readonly string[];
  }[];
  readonly expectedOutputs: readonly {
    readonly type: 'text';
    readonly languages: readonly string[];
  }[];
}

export interface LanguageModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface LanguageModelSession {
  /** Pieces of the answer, each new text only. */
  promptStreaming(
    prompt: string,
    options: { readonly signal: AbortSignal },
  ): ReadableStream<string>;
  clone(options: { readonly signal: AbortSignal }): Promise<LanguageModelSession>;
  append?(
    prompt: readonly LanguageModelMessage[],
    options: { readonly signal: AbortSignal },
  ): Promise<unknown>;
  destroy(): void;
  readonly contextWindow?: number;
  readonly contextUsage?: number;
  measureContextUsage?(prompt: string, options: { readonly signal: AbortSignal }): Promise<number>;
  readonly inputQuota?: number;
  readonly inputUsage?: number;
  measureInputUsage?(prompt: string, options: { readonly signal: AbortSignal }): Promise<number>;
}

/** What a browser hands over under that name, if it is the thing itself. */
export function isLanguageModel(candidate: unknown): candidate is LanguageModel {
  const isObject = typeof candidate === 'object' || typeof candidate === 'function';
  return (
    isObject &&
    candidate !== null &&
    'create' in candidate &&
    typeof candidate.create === 'function' &&
    'availability' in candidate &&
    typeof candidate.availability === 'function'
  );
}

/** Tokens that still fit; Infinity where the model does not say. */
export function roomIn(session: LanguageModelSession): number {
  const size = session.contextWindow ?? session.inputQuota ?? Infinity;
  return size - (session.contextUsage ?? session.inputUsage ?? 0);
}

/** Tokens a prompt takes. Where the model cannot count, guessed high: three characters each, one in scripts without letters' thrift. */
export async function tokensOf(
  session: LanguageModelSession,
  prompt: string,
  signal: AbortSignal,
): Promise<number> {
  const counted =
    (await session.measureContextUsage?.(prompt, { signal })) ??
    (await session.measureInputUsage?.(prompt, { signal }));
  return counted ?? guessTokens(prompt);
}

/** Models cut English about every four characters, Chinese about every one. */
export function guessTokens(text: string): number {
  const dense = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  return Math.ceil((text.length - dense) / 3 + dense);
}
