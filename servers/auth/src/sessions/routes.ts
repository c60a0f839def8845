import { requestErrors } from '@florin/app-response';
import { requireUser } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { endSession } from './end-sessions.ts';
import { findSessionOfToken } from './find-session-of-token.ts';
import { listSessions, presentSession, sessionSchema } from './list-sessions.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

const listQuery = Joi.object<PageRequest>(pageQuery);

export type SessionParts = {
  db: Knex;
  transact: Transact;
  logger: Logger;
  metrics: Metrics;
  accessTokenTtlS: number;
  idleS: number;
  refreshCookie: RefreshCookie;
};

export function sessionRoutes(parts: SessionParts): Endpoint[] {
  const { db, transact, accessTokenTtlS, idleS, refreshCookie } = parts;
  const signOut = endpoint({
    operationId: 'signOut',
    method: 'post',
    path: '/v1/auth/signout',
    summary: 'Sign out: every service rejects the tokens of this session',
    description:
      'Without a valid access token, the cookie florin_refresh names the session, if the request comes from a page of an allowed origin. With both, the sessions of both end. The cookie is deleted',
    access: 'session',
    errors: [requestErrors.ORIGIN_NOT_ALLOWED],
    answers: { 204: { description: 'The session has ended' } },
    handle: async ({ user, request }) => {
      const cookie = user === undefined ? refreshCookie.require(request) : refreshCookie.readBeside(request);
      if (cookie === undefined) requireUser(request);
      const ofCookie = cookie?.token === undefined ? undefined : await findSessionOfToken(db, cookie.token);
      for (const session of [user && { userId: user.id, sessionId: user.sessionId }, ofCookie]) {
        if (session === undefined) continue;
        const hasEnded = await transact((trx) => endSession(trx, session, { accessTokenTtlS }));
        if (hasEnded) recordSecurityEvent(parts, 'auth.session.ended', session);
      }
      return { status: 204, ...(cookie && { headers: refreshCookie.clear(request) }) };
    },
  });

  const list = endpoint({
    operationId: 'listMySessions',
    method: 'get',
    path: '/v1/users/me/sessions',
    summary: 'List your open sessions, newest first',
    access: 'user',
    query: listQuery,
    answers: { 200: { description: 'A page of your open sessions', data: sessionSchema, isList: true } },
    handle: async ({ user, query }) => {
      const page = await listSessions(db, { userId: user.id, idleS }, query);
      return {
        status: 200,
        body: pageEnvelope(page, (row) => presentSession(row, user.sessionId)),
      };
    },
  });

  return [signOut, list];
}
