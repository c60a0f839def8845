import { defineErrors } from './app-error.ts';

/** The errors that endpoints of any feature may answer. */
export const requestErrors = defineErrors({
  MALFORMED_JSON: {
    status: 400,
    title: 'The body is not valid JSON',
    meaning: 'The body could not be parsed as JSON.',
    action: 'Send one JSON object, in UTF-8, with `Content-Type: application/json`.',
  },
  MALFORMED_REQUEST: {
    status: 400,
    title: 'Malformed request',
    meaning: 'The request cannot be read: its path, query or headers break the rules of HTTP, or a parameter is repeated.',
    action: 'Correct the request. `detail` says what is wrong where the service knows it.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    title: 'An Idempotency-Key header of 1 to 255 visible ASCII characters is required',
    meaning:
      'The request moves money or stock, so it needs a key under which it is done once. The header is missing or malformed.',
    action:
      'Send `Idempotency-Key` with a new random value for each action, such as a UUID, and the same value for each retry of it.',
  },
  IF_MATCH_MALFORMED: {
    status: 400,
    title: 'If-Match must be * or a list of ETags in double quotes, such as "3"',
    meaning: '`If-Match` is neither `*` nor a list of ETags.',
    action: 'Send the `ETag` of your last read as it is, with its double quotes.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A valid token is required',
    meaning: 'The request has no token, or its token is malformed, expired or revoked.',
    action: 'Refresh the access token once and repeat the request. If the refresh is rejected as well, sign in again.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Your role does not allow this',
    meaning: 'The token is valid, and its user does not have the role that the operation needs.',
    action: 'Do not retry. Ask an admin for the role, then refresh the access token.',
  },
  OWN_ACCOUNT: {
    status: 403,
    title: 'Not allowed for your own account',
    meaning: 'The action must be taken by somebody else than the owner of the account or the resource.',
    action: 'Ask a colleague to do it.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    title: 'Requests with a session cookie are not allowed from this origin',
    meaning: 'The request uses the session cookie, and its `Origin` is neither that of the platform nor one of `CORS_ORIGINS`.',
    action: 'Send the request from a page of an allowed origin, or send the refresh token in the body.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'Not found',
    meaning: 'The path does not exist, or it contains an id that does not exist or belongs to somebody else.',
    action: 'Check the path and the id. Do not retry.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists and does not take this method.',
    action: 'Use one of the methods in `Allow`.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request was not received in time',
    meaning: 'The request did not arrive within the time limit.',
    action: 'Send it again. If the request has an idempotency key, use the same one.',
  },
  INVALID_TRANSITION: {
    status: 409,
    title: 'Not allowed in the current status',
    meaning: 'The resource exists, and its current status does not allow the action. `detail` names the status.',
    action: 'Read the resource again and decide anew.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'The resource has changed since it was read',
    meaning: 'Somebody has changed the resource since you read it: its version is not the one in `If-Match`.',
    action: 'Read the resource again, apply your change to it, and send the new `ETag`.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body has more bytes than the operation takes. `detail` has the maximum.',
    action: 'Send less, or split the request.',
  },
  URI_TOO_LONG: {
    status: 414,
    title: 'The path and query are too long',
    meaning: 'The path and the query have more bytes than the server takes.',
    action: 'Shorten the query.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'The body has a type, character set or compression that the operation does not take.',
    action: 'Send a type that the operation documents, in UTF-8, not compressed.',
  },
  VALIDATION_FAILED: {
    status: 422,
    title: 'The request does not match its schema',
    meaning: 'A field of the body or the query does not match its schema, is unknown, or is missing.',
    action: 'Correct the fields that `errors` lists. Do not retry without a change.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    meaning: 'You have used this key before for a request with another body or path.',
    action: 'Use a new key for a new action. Use the same key for retries of the same request only.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    title: 'An If-Match header is required',
    meaning: 'The operation changes a resource that others may change as well, so it needs the version that you have seen.',
    action: 'Send the `ETag` of your last read as `If-Match`.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    meaning: 'The user or the address has sent too many requests, or too many that failed.',
    action: 'Wait for the seconds in `Retry-After`, then retry with growing, random pauses.',
  },
  REQUEST_HEAD_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    meaning: 'The headers have more bytes than the server takes.',
    action: 'Send fewer or shorter headers.',
  },
  INTERNAL_ERROR: {
    status: 500,
    title: 'Internal error',
    meaning: 'The service has a fault. The log has its cause under the request id.',
    action: 'Retry a read, or a request with an idempotency key, a few times. If it goes on, send `requestId` to support.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Service unavailable',
    meaning:
      'The service is overloaded or stopping, cannot reach its database, or cannot publish or read events in time. `detail` says which, where it is known.',
    action: 'Wait for the seconds in `Retry-After`, then retry with growing, random pauses.',
  },
});
