import { STATUS_CODES } from 'node:http';
import { AppError, type FieldError } from './app-error.ts';
import { requestErrors } from './request-errors.ts';

/** Problem details (RFC 9457), with the extension members `code`, `requestId`, `errors` and those of the code. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  requestId: string;
  errors?: readonly FieldError[];
};

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: problemType(error.code),
    title: error.definition.title || (STATUS_CODES[error.status] ?? 'Error'),
    status: error.status,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    code: error.code,
    requestId,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    ...error.extensions,
  };
}

/**
 * Returns the `type` of a code's problems: a relative reference (RFC 9457, section 3.1.1) to the page that explains it, which every
 * service and the gateway serve.
 */
export function problemType(code: string): string {
  return `/docs/errors#${code}`;
}

/**
 * Converts any error to an AppError. Recognises errors of Express by their shape: the `type` of body-parser, and the URIError of
 * the router for invalid percent-encoding.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError(requestErrors.MALFORMED_REQUEST, { cause: error });
  const { type, status, limit } = (error ?? {}) as { type?: unknown; status?: unknown; limit?: unknown };
  if (type === 'entity.parse.failed') return new AppError(requestErrors.MALFORMED_JSON, { cause: error });
  if (type === 'entity.too.large') {
    const detail = typeof limit === 'number' ? { detail: `The maximum is ${limit} bytes.` } : {};
    return new AppError(requestErrors.PAYLOAD_TOO_LARGE, { cause: error, ...detail });
  }
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE, { cause: error });
  }
  if (status === 400) return new AppError(requestErrors.MALFORMED_REQUEST, { cause: error });
  return new AppError(requestErrors.INTERNAL_ERROR, { cause: error });
}
