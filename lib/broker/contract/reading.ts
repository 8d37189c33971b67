import * as v from 'valibot';

/** What came of reading something from outside. `at` is a path as `providers.0.personas`, or ''. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: string; readonly problem: string };

/** Accepts what keeps to the schema, whole; else names the first place where it does not. */
export function read<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): Reading<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  return { ok: false, at: v.getDotPath(issue) ?? '', problem: said(issue) };
}

/** What was expected, without what was received: that may be a secret. */
function said(issue: v.BaseIssue<unknown>): string {
  return issue.expected === null ? `Invalid ${issue.type}` : `Expected ${issue.expected}`;
}
