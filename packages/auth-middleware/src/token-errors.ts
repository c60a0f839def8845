import { AppError, requestErrors } from '@florin/app-response';

/** The error for a request without a token: RFC 6750, section 3.1, requires a challenge without an error code. */
export function missingToken(): AppError {
  return new AppError(requestErrors.UNAUTHENTICATED, { headers: { 'WWW-Authenticate': 'Bearer' } });
}

export function invalidToken(detail = 'The access token is not valid.', cause?: unknown): AppError {
  return new AppError(requestErrors.UNAUTHENTICATED, {
    detail,
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    cause,
  });
}

export function revokedToken(): AppError {
  return invalidToken('The access token has been revoked.');
}

export function keysMissing(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'The public keys for checking tokens are not loaded yet.',
    headers: { 'Retry-After': '1' },
  });
}

/** The error for what a former admin must not do while this service cannot tell whether a session has ended. */
export function staleRevocations(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'The list of ended sessions is too old to allow this. Freezing wallets and releasing holds still work.',
    headers: { 'Retry-After': '5' },
  });
}
