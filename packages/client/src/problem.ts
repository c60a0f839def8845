/** One field that a request got wrong: `path` is its place, such as `items.0.quantity`. */
export type FieldProblem = { path: string; message: string };

type Members = {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: FieldProblem[];
};

/** What a request that failed needs for a repetition by the caller. */
export type RequestFacts = { method: string; path: string; idempotencyKey?: string | undefined };

/** The `code` of an answer that has no problem details, such as the error page of a proxy. */
export const UNEXPECTED_ANSWER = 'UNEXPECTED_ANSWER';

/**
 * A refusal by Florin: problem details (RFC 9457). Compare `code`, which is stable; `title` and `detail` are for people. The set of
 * codes is open: a newer server may send others.
 */
export class FlorinProblem extends Error {
  override readonly name = 'FlorinProblem';
  /** Such as `PRODUCT_OUT_OF_STOCK`; `UNEXPECTED_ANSWER` if the answer has no problem details. */
  readonly code: string;
  readonly status: number;
  /** A URI of the description of `code`. */
  readonly type: string | undefined;
  readonly title: string;
  readonly detail: string | undefined;
  /** Quote it when you report a fault. */
  readonly requestId: string | undefined;
  /** The fields that the request got wrong; empty unless the request did not match its schema. */
  readonly errors: readonly FieldProblem[];
  /** The other members, such as `available` of `PRODUCT_OUT_OF_STOCK`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Milliseconds that the server asks to wait before a repetition. */
  readonly retryAfterMs: number | undefined;
  readonly request: RequestFacts;

  /**
   * @param body the parsed body of the answer, or its text
   */
  constructor(request: RequestFacts, response: Response, body: unknown) {
    const { type, title, status: _, detail, code, requestId, errors, ...extensions } = membersOf(body);
    super(`${request.method} ${request.path} answered ${response.status}: ${[code, detail ?? title].filter(Boolean).join(', ')}`);
    this.code = code ?? UNEXPECTED_ANSWER;
    this.status = response.status;
    this.type = type;
    this.title = title ?? response.statusText;
    this.detail = detail;
    this.requestId = requestId ?? response.headers.get('x-request-id') ?? undefined;
    this.errors = errors ?? [];
    this.extensions = extensions;
    this.retryAfterMs = retryAfterMsOf(response.headers);
    this.request = request;
  }
}

/**
 * No answer, or one that could not be read. A write may have been applied or not: repeat it with `request.idempotencyKey`, or
 * look at the resource first.
 */
export class FlorinNetworkError extends Error {
  override readonly name = 'FlorinNetworkError';
  /** Whether the client stopped waiting; otherwise the connection failed. */
  readonly isTimeout: boolean;
  readonly request: RequestFacts;

  constructor(request: RequestFacts, cause: unknown) {
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
    super(`${request.method} ${request.path} got no answer: ${isTimeout ? 'timed out' : String(cause)}`, { cause });
    this.isTimeout = isTimeout;
    this.request = request;
  }
}

function membersOf(body: unknown): Members {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. */
export function retryAfterMsOf(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
