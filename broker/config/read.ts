import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import * as v from 'valibot';
import { contradictions } from './contradictions';
import { lineOf, type Path } from './lines';
import { configSchema, type Config, type SecretPlace } from './schema';
import { nearest, wordsAt } from './words';

/** One sentence for everything that is wrong, each naming its line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

export interface ReadConfig {
  readonly config: Config;
  /** Every secret that was found, so that the log can keep them out. */
  readonly secrets: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a configuration, YAML or JSON (which is YAML).
 *
 * @param name - what the sentences call the file.
 * @throws ConfigError with everything that is wrong, not only the first.
 */
export function readConfig(text: string, name: string, environment: Environment): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(
        (error) => `${name}, line ${lines.linePos(error.pos[0]).line}: ${error.message}`,
      ),
    );
  }
  const at = (path: Path) => `${name}, line ${lineOf(document, lines, path)}`;
  const secrets: string[] = [];
  const schema = configSchema((place) => {
    const found = findSecret(place, environment);
    if ('value' in found) secrets.push(found.value);
    return found;
  });
  const parsed = v.safeParse(schema, document.toJS() ?? {});
  if (!parsed.success) {
    throw new ConfigError(
      parsed.issues.map((issue) => `${at(pathOf(issue))}: ${sentence(schema, issue, document)}`),
    );
  }
  const wrong = contradictions(parsed.output);
  if (wrong.length > 0) {
    throw new ConfigError(wrong.map(({ path, problem }) => `${at(path)}: ${problem}`));
  }
  return { config: parsed.output, secrets };
}

function findSecret(
  place: SecretPlace,
  environment: Environment,
): { value: string } | { missing: string } {
  if ('env' in place) {
    const value = environment[place.env]?.trim();
    return value
      ? { value }
      : { missing: `needs the environment variable ${place.env}, which is not set` };
  }
  try {
    const value = readFileSync(place.file, 'utf8').trim();
    return value ? { value } : { missing: `needs the file ${place.file}, which is empty` };
  } catch {
    return { missing: `needs the file ${place.file}, which cannot be read` };
  }
}

function pathOf(issue: v.BaseIssue<unknown>): Path {
  return (issue.path ?? []).map((item) =>
    typeof item.key === 'number' ? item.key : String(item.key),
  );
}

/** Never with the value itself: somebody may have pasted a secret where it does not belong. */
function sentence(
  schema: v.GenericSchema,
  issue: v.BaseIssue<unknown>,
  document: Document,
): string {
  const path = pathOf(issue);
  const word = path.at(-1) ?? 'the file';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const guess = nearest(String(word), wordsAt(schema, path.slice(0, -1)));
    return `unknown word "${word}"${guess === null ? '' : `; did you mean "${guess}"?`}`;
  }
  if (issue.type === 'strict_object' && !document.hasIn(path)) return `"${word}" is missing`;
  const named = typeof word === 'number' ? `entry ${word + 1}` : `"${word}"`;
  if (issue.message.startsWith('Invalid ')) {
    return `${named} should be ${issue.expected ?? issue.type}`;
  }
  return `${named} ${issue.message}`;
}
