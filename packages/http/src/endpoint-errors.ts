import { type ErrorDefinition, requestErrors } from '@florin/app-response';
import type { Endpoint } from './endpoint.ts';

/** Errors of every endpoint: an unreadable request, unknown parameters, limits, faults and a database that is away. */
const common = [
  requestErrors.MALFORMED_REQUEST,
  requestErrors.VALIDATION_FAILED,
  requestErrors.RATE_LIMITED,
  requestErrors.INTERNAL_ERROR,
  requestErrors.UNAVAILABLE,
];
/** Errors of reading a body. GET reads one as well, but no client sends it. */
const ofBody = [requestErrors.REQUEST_TIMEOUT, requestErrors.PAYLOAD_TOO_LARGE, requestErrors.UNSUPPORTED_MEDIA_TYPE];
const ofIfMatch = [requestErrors.IF_MATCH_MALFORMED, requestErrors.PRECONDITION_FAILED, requestErrors.PRECONDITION_REQUIRED];
const ofIdempotency = [requestErrors.IDEMPOTENCY_KEY_REQUIRED, requestErrors.IDEMPOTENCY_KEY_REUSED];

/** Returns the errors that an endpoint answers by its properties: access, parameters, body, headers. */
export function impliedErrors(endpoint: Endpoint): readonly ErrorDefinition[] {
  const { access, params, method, streamedBody, idempotent, headers = {} } = endpoint;
  return [
    ...common,
    ...(streamedBody === undefined ? [requestErrors.MALFORMED_JSON] : []),
    ...(access === 'anyone' ? [] : [requestErrors.UNAUTHENTICATED]),
    ...(access === 'staff' || access === 'admin' ? [requestErrors.FORBIDDEN] : []),
    ...(params === undefined ? [] : [requestErrors.NOT_FOUND]),
    ...(method === 'get' ? [] : ofBody),
    ...('If-Match' in headers ? ofIfMatch : []),
    ...(idempotent === undefined ? [] : ofIdempotency),
  ];
}

/** Returns all errors that an endpoint may answer, each code once, by status and code. */
export function errorsOf(endpoint: Endpoint): readonly ErrorDefinition[] {
  const byCode = new Map([...impliedErrors(endpoint), ...(endpoint.errors ?? [])].map((error) => [error.code, error]));
  return [...byCode.values()].sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}
