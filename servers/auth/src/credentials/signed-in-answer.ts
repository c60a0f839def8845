import { type Reply, reply } from '@florin/http';
import { sleep } from '@florin/runtime';
import { named, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { SigningKeys } from '../keys/index.ts';
import { issueAccessToken, type TokenTerms, tokenLifeS } from '../keys/index.ts';
import type { OpenedSession } from '../sessions/index.ts';
import { type User, userSchema } from '../sessions/index.ts';

export type SignedIn = { user: User; session: OpenedSession };

type Answer = { user: User; accessToken: string; refreshToken: string; expiresIn: number };

export const signedInSchema = named(
  'SignedIn',
  Joi.object<Answer, true>({
    user: userSchema.required(),
    accessToken: Joi.string().required().description('Send it as `Authorization: Bearer`'),
    refreshToken: Joi.string().required().description('Valid for one refresh'),
    expiresIn: wholeNumber().required().description('Seconds until the access token expires'),
  }),
);

/** Answers with a new pair of tokens. Caches must not store it. */
export async function signedInAnswer(
  status: number,
  { user, session }: SignedIn,
  { signingKeys, tokenTerms }: { signingKeys: SigningKeys; tokenTerms: TokenTerms },
): Promise<Reply> {
  const bearer = { userId: user.id, roles: user.roles, sessionId: session.id, issuedAt: session.issuedAt };
  const accessToken = issueAccessToken(bearer, signingKeys.current(), tokenTerms);
  const answer: Answer = { user, accessToken, refreshToken: session.refreshToken, expiresIn: tokenLifeS(user.roles, tokenTerms) };
  await untilIssued(session);
  return reply(status, answer);
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
