import { AppError, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser } from '@florin/auth-middleware';
import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { recordSecurityEvent } from '@florin/runtime';
import { id } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import { endSession, isNewSession, lockUser, signOutEverywhere } from '../sessions/index.ts';
import { checkCurrentPassword } from './check-credentials.ts';
import { passwordField } from './credential-fields.ts';
import { accountErrors } from './errors.ts';
import { readUserAttempt } from './read-attempt.ts';
import type { CredentialParts } from './routes.ts';

type Proof = { currentPassword?: string };

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const proof = Joi.object<Proof, true>({
  currentPassword: passwordField.description(
    'Your password. Needed if you signed in to this session longer ago than REAUTHENTICATE_AFTER_S',
  ),
});

const proofErrors = [accountErrors.REAUTHENTICATION_REQUIRED, accountErrors.INVALID_CREDENTIALS, requestErrors.RATE_LIMITED];

/** The endpoints that end sessions beside the requesting one. They ask for the password: the token may be stolen. */
export function endSessionRoutes(parts: CredentialParts): Endpoint[] {
  const { transact, tokenTerms } = parts;

  const end = endpoint<'user', { id: string }, Record<string, never>, Proof>({
    operationId: 'endMySession',
    method: 'delete',
    path: '/v1/users/me/sessions/:id',
    summary: 'End one of your sessions: every service rejects its tokens',
    access: 'user',
    params: idParams,
    body: proof,
    errors: proofErrors,
    example: { params: { id: exampleValues.sessionId } },
    answers: { 204: { description: 'The session has ended' } },
    handle: async ({ user, params, body, request }) => {
      if (params.id !== user.sessionId) await reauthenticate(parts, user, { ...body, request });
      const session = { userId: user.id, sessionId: params.id };
      const hasEnded = await transact((trx) => endSession(trx, session, { accessTokenTtlS: tokenTerms.ttlS }));
      if (!hasEnded) throw new AppError(requestErrors.NOT_FOUND);
      recordSecurityEvent(parts, 'auth.session.ended', { endedSessionId: params.id });
      return { status: 204 };
    },
  });

  const endAll = endpoint<'user', Record<string, never>, Record<string, never>, Proof>({
    operationId: 'endAllMySessions',
    method: 'delete',
    path: '/v1/users/me/sessions',
    summary: 'End all your sessions, also this one: every service rejects their tokens',
    access: 'user',
    body: proof,
    errors: proofErrors,
    answers: { 204: { description: 'All sessions have ended' } },
    handle: async ({ user, body, request }) => {
      await reauthenticate(parts, user, { ...body, request });
      const hasEnded = await transact(async (trx) => {
        const account = await lockUser(trx, user.id);
        return account !== undefined && signOutEverywhere(trx, account);
      });
      if (hasEnded) recordSecurityEvent(parts, 'auth.session.ended', { endedSessionId: 'all' });
      return { status: 204 };
    },
  });

  return [end, endAll];
}

/**
 * Checks the password of a user who did not sign in to this session lately (OWASP ASVS 7.5.2). A password that is sent is checked in
 * any case.
 *
 * @throws AppError REAUTHENTICATION_REQUIRED without a password; INVALID_CREDENTIALS; RATE_LIMITED
 */
async function reauthenticate(
  { db, passwords, passwordLimits, originOf, reauthenticateAfterS }: CredentialParts,
  user: AuthenticatedUser,
  { currentPassword: password, request }: Proof & { request: Request },
): Promise<void> {
  if (password === undefined) {
    if (await isNewSession(db, user.sessionId, { maxAgeS: reauthenticateAfterS })) return;
    throw new AppError(accountErrors.REAUTHENTICATION_REQUIRED, {
      detail: 'Send currentPassword: you signed in to this session too long ago.',
    });
  }
  const attempt = await readUserAttempt(db, user.id, originOf(request).address ?? '');
  await passwordLimits.attempt(attempt, () => checkCurrentPassword(db, passwords, { userId: user.id, password }));
}
