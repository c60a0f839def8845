import { type Reply, reply } from '@florin/http';
import { sleep } from '@florin/runtime';
import { named, wholeNumber } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { SigningKeys } from '../keys/index.ts';
import { issueAccessToken, type TokenTerms, tokenLifeS } from '../keys/index.ts';
import type { OpenedSession, RefreshCookie } from '../sessions/index.ts';
import { type User, userSchema } from '../sessions/index.ts';

export type SignedIn = { user: User; session: OpenedSession };

type Answer = { user: User; accessToken: string; refreshToken?: string; expiresIn: number };

/** Where the refresh token is: in the answer, or in a cookie that no script of a browser can read. */
export type SessionKind = 'token' | 'cookie';

export const sessionField = Joi.string()
  .valid('token', 'cookie')
  .description(
    'Where the refresh token is put: token, into the answer (default), or cookie, into the cookie florin_refresh, for browsers',
  );

export const signedInSchema = named(
  'SignedIn',
  Joi.object<Answer, true>({
    user: userSchema.required(),
    accessToken: Joi.string().required().description('Send it as `Authorization: Bearer`'),
    refreshToken: Joi.string().description('Valid for one refresh. Absent if it is in the cookie florin_refresh'),
    expiresIn: wholeNumber().required().description('Seconds until the access token expires'),
  }),
);

type Issuing = {
  signingKeys: SigningKeys;
  tokenTerms: TokenTerms;
  refreshCookie: RefreshCookie;
  /** The request of a browser whose refresh token goes into the cookie, and not into the answer. */
  cookieFor?: Request;
};

/** Answers with a new pair of tokens. Caches must not store it. */
export async function signedInAnswer(
  status: number,
  { user, session }: SignedIn,
  { signingKeys, tokenTerms, refreshCookie, cookieFor }: Issuing,
): Promise<Reply> {
  const bearer = { userId: user.id, roles: user.roles, sessionId: session.id, issuedAt: session.issuedAt };
  const accessToken = issueAccessToken(bearer, signingKeys.current(), tokenTerms);
  const { refreshToken } = session;
  const expiresIn = tokenLifeS(user.roles, tokenTerms);
  const answer: Answer = { user, accessToken, ...(cookieFor === undefined && { refreshToken }), expiresIn };
  await untilIssued(session);
  return reply(status, answer, cookieFor && refreshCookie.store(cookieFor, refreshToken));
}

const MAX_WAIT_MS = 1_000;

/**
 * Waits until the time of issue. Right after a revocation that is the next whole second, and a strict verifier rejects a token
 * from the future. The wait is bounded: a time further ahead comes from an instance whose clock is fast.
 */
async function untilIssued({ issuedAt }: OpenedSession): Promise<void> {
  const aheadMs = issuedAt.getTime() - Date.now();
  if (aheadMs > 0) await sleep(Math.min(aheadMs, MAX_WAIT_MS));
}
