/** Something the model may ask the client to do. */
export class ChatTool {
  readonly name: string;
  readonly description: string;
  /** A JSON Schema. */
  readonly parameters: object;
  readonly call: (args: Record<string, unknown>) => object | Promise<object>;
  /** Its result is of no interest to the model, so no answer to it is asked for. */
  readonly executeOnly: boolean;

  constructor(
    name: string,
    description: string,
    parameters: object,
    call: (args: Record<string, unknown>) => object | Promise<object>,
    executeOnly = false,
  ) {
    this.name = name;
    this.description = description;
    this.parameters = parameters;
    this.call = call;
    this.executeOnly = executeOnly;
  }
}

export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface ToolResult {
  readonly id: string;
  readonly result: object;
  readonly executeOnly: boolean;
}

/** Runs all of ours that were asked for, side by side; the service's own are left to it. */
export async function runTools(
  tools: readonly ChatTool[],
  calls: readonly ToolCall[],
): Promise<ToolResult[]> {
  const results = await Promise.all(
    calls.map(async ({ id, function: { name, arguments: given } }) => {
      const tool = tools.find((tool) => tool.name === name);
      if (!tool) return null;
      const { executeOnly } = tool;
      try {
        return { id, result: await tool.call(argumentsOf(given)), executeOnly };
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        return { id, result: { error }, executeOnly };
      }
    }),
  );
  return results.filter((result) => result !== null);
}

function argumentsOf(given: string): Record<string, unknown> {
  const parsed: unknown = given.trim() === '' ? {} : JSON.parse(given);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('Arguments must be an object');
  return { ...parsed };
}

/** As the service wants to hear of a tool. */
export function described({ name, description, parameters }: ChatTool): object {
  return { type: 'function', function: { description, name, parameters } };
}
