import { defineErrors } from './app-error.ts';

/** The errors that endpoints of any feature may answer. */
export const requestErrors = defineErrors({
  MALFORMED_JSON: { status: 400, title: 'The body is not valid JSON' },
  MALFORMED_REQUEST: { status: 400, title: 'Malformed request' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'An Idempotency-Key header of 1 to 255 visible ASCII characters is required' },
  IF_MATCH_MALFORMED: { status: 400, title: 'If-Match must be * or a list of ETags in double quotes, such as "3"' },
  UNAUTHENTICATED: { status: 401, title: 'A valid token is required' },
  FORBIDDEN: { status: 403, title: 'Your role does not allow this' },
  OWN_ACCOUNT: { status: 403, title: 'Not allowed for your own account' },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'Requests with a session cookie are not allowed from this origin' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request was not received in time' },
  INVALID_TRANSITION: { status: 409, title: 'Not allowed in the current status' },
  PRECONDITION_FAILED: { status: 412, title: 'The resource has changed since it was read' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large' },
  URI_TOO_LONG: { status: 414, title: 'The path and query are too long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  VALIDATION_FAILED: { status: 422, title: 'The request does not match its schema' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The Idempotency-Key was used for another request' },
  PRECONDITION_REQUIRED: { status: 428, title: 'An If-Match header is required' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  REQUEST_HEAD_TOO_LARGE: { status: 431, title: 'The headers are too large' },
  INTERNAL_ERROR: { status: 500, title: 'Internal error' },
  UNAVAILABLE: { status: 503, title: 'Service unavailable' },
});
