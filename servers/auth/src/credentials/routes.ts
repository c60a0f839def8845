import { AppError, requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import { named, token } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { SigningKeys, TokenTerms } from '../keys/index.ts';
import { type ReadOrigin, type RefreshCookie, refreshSession } from '../sessions/index.ts';
import { type Credentials, checkCredentials } from './check-credentials.ts';
import { passwordField, signInEmailField } from './credential-fields.ts';
import { accountErrors } from './errors.ts';
import type { PasswordLimits } from './password-limits.ts';
import type { Passwords } from './passwords.ts';
import { readSignInAttempt } from './read-attempt.ts';
import { signIn } from './sign-in.ts';
import { type SessionKind, sessionField, signedInAnswer, signedInSchema } from './signed-in-answer.ts';

const signInBody = named(
  'SignIn',
  Joi.object<Credentials & { session?: SessionKind }, true>({
    email: signInEmailField.required(),
    password: passwordField.required(),
    session: sessionField,
  }),
);

const refreshBody = named(
  'Refresh',
  Joi.object<{ refreshToken?: string }, true>({
    refreshToken: token(200).description('Needed without the cookie florin_refresh, which does not count beside it'),
  }),
);

export type CredentialParts = {
  db: Knex;
  transact: Transact;
  logger: Logger;
  metrics: Metrics;
  passwords: Passwords;
  passwordLimits: PasswordLimits;
  signingKeys: SigningKeys;
  tokenTerms: TokenTerms;
  sessionTtlS: number;
  sessionIdleS: number;
  maxSessions: number;
  /** Age in seconds from which a session has to prove the password again to end others. */
  reauthenticateAfterS: number;
  originOf: ReadOrigin;
  refreshCookie: RefreshCookie;
};

export function credentialRoutes(parts: CredentialParts): Endpoint[] {
  const { db, transact, passwords, passwordLimits, tokenTerms, sessionTtlS, sessionIdleS, maxSessions, originOf, refreshCookie } =
    parts;
  const accessTokenTtlS = tokenTerms.ttlS;

  const signInAgain = endpoint({
    operationId: 'signIn',
    method: 'post',
    path: '/v1/auth/signin',
    summary: 'Sign in',
    access: 'anyone',
    body: signInBody,
    errors: [accountErrors.INVALID_CREDENTIALS],
    example: { body: { email: 'ada@example.com', password: 'plum-lantern-47-river' } },
    answers: { 200: { description: 'The account and its tokens', data: signedInSchema } },
    handle: async ({ body: { session: kind, ...credentials }, request }) => {
      const origin = originOf(request);
      const terms = { sessionTtlS, maxSessions, accessTokenTtlS, origin };
      const checkAndSignIn = async () => {
        const verified = await checkCredentials(db, passwords, credentials);
        return transact((trx) => signIn(trx, verified, terms));
      };
      const by = await readSignInAttempt(db, credentials.email, origin.address ?? '');
      // A second check, because a concurrent sign-in may have replaced the hash by a stronger one.
      const check = async () => (await checkAndSignIn()) ?? (await checkAndSignIn()) ?? rejectCredentials();
      const signedIn = await passwordLimits.attempt(by, check);
      const { user, session } = signedIn;
      recordSecurityEvent(parts, 'auth.signin.succeeded', { userId: user.id, sessionId: session.id });
      return signedInAnswer(200, signedIn, { ...parts, ...(kind === 'cookie' && { cookieFor: request }) });
    },
  });

  const refresh = endpoint({
    operationId: 'refreshTokens',
    method: 'post',
    path: '/v1/auth/refresh',
    summary: 'Exchange a refresh token for a new pair of tokens',
    description:
      'Without `refreshToken` the token of the cookie florin_refresh is used, if the request comes from a page of an allowed origin, and the new token is in the cookie',
    access: 'anyone',
    body: refreshBody,
    errors: [requestErrors.UNAUTHENTICATED, requestErrors.ORIGIN_NOT_ALLOWED],
    example: { body: { refreshToken: exampleValues.refreshToken } },
    answers: {
      200: { description: 'The account and a new pair of tokens; the old refresh token is used', data: signedInSchema },
    },
    handle: async ({ body, request }) => {
      const refreshToken = body.refreshToken ?? tokenOfCookie(refreshCookie, request);
      const terms = { accessTokenTtlS, idleS: sessionIdleS, origin: originOf(request) };
      const signedIn = await transact((trx) => refreshSession(trx, refreshToken, terms));
      if (signedIn !== undefined && 'reused' in signedIn) recordSecurityEvent(parts, 'auth.refresh.reused', signedIn.reused);
      if (signedIn === undefined || 'reused' in signedIn) {
        throw refusedToken('The refresh token is not valid. Sign in again.');
      }
      return signedInAnswer(200, signedIn, { ...parts, ...(body.refreshToken === undefined && { cookieFor: request }) });
    },
  });

  return [signInAgain, refresh];
}

function rejectCredentials(): never {
  throw new AppError(accountErrors.INVALID_CREDENTIALS);
}

/** @throws AppError VALIDATION_FAILED for an empty body without the cookie; UNAUTHENTICATED without a usable cookie; ORIGIN_NOT_ALLOWED */
function tokenOfCookie(refreshCookie: RefreshCookie, request: Request): string {
  const cookie = refreshCookie.require(request);
  if (cookie?.token !== undefined) return cookie.token;
  if (cookie !== undefined) throw refusedToken('Send the cookie florin_refresh once, as it was set. Sign in again.');
  if (request.body === undefined) throw refusedToken('Send refreshToken, or the cookie florin_refresh.');
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'refreshToken', message: 'refreshToken is required without the cookie florin_refresh' }],
  });
}

function refusedToken(detail: string): AppError {
  return new AppError(requestErrors.UNAUTHENTICATED, { detail });
}
