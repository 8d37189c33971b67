import {
  problemMediaType,
  problems,
  problemType,
  type Problem as ProblemBody,
  type ProblemCode,
} from '@/lib/broker/contract';

type More = Pick<ProblemBody, 'retry_after' | 'active_sessions' | 'versions'>;

interface ProblemOptions extends More {
  readonly cause?: unknown;
  /** A `WWW-Authenticate` challenge. */
  readonly challenge?: string;
}

/**
 * A foreseen failure on its way out. `detail` is one sentence for the person at the other end: it
 * never holds a secret or a vendor's own words. What the operator must know goes in `cause`.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(`${code}: ${detail}`, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.detail = detail;
    this.options = options;
  }
}

/** What goes over the wire: RFC 9457, and the headers that belong to it. */
export function written(problem: Problem, trace: string) {
  const { status, action, title } = problems[problem.code];
  const { cause: _, challenge, ...more } = problem.options;
  const body: ProblemBody = {
    type: problemType(problem.code),
    title,
    status,
    detail: problem.detail,
    code: problem.code,
    action,
    trace,
    ...more,
  };
  const headers: Record<string, string> = { 'Content-Type': problemMediaType };
  if (more.retry_after !== undefined) headers['Retry-After'] = String(more.retry_after);
  if (challenge !== undefined) headers['WWW-Authenticate'] = challenge;
  if (more.versions) {
    // RFC 9110, 15.5.22: a 426 says what to upgrade to.
    headers['Upgrade'] = more.versions.map((version) => `avatar-broker/${version}`).join(', ');
    headers['Connection'] = 'upgrade';
  }
  return { status, body: JSON.stringify(body), headers };
}
