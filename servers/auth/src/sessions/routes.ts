import { AppError, requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import { id } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { endSession, signOutEverywhere } from './end-sessions.ts';
import { listSessions, presentSession, sessionSchema } from './list-sessions.ts';
import { lockUser } from './lock-user.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const listQuery = Joi.object<PageRequest>(pageQuery);

export type SessionParts = {
  db: Knex;
  transact: Transact;
  logger: Logger;
  metrics: Metrics;
  accessTokenTtlS: number;
  idleS: number;
};

export function sessionRoutes(parts: SessionParts): Endpoint[] {
  const { db, transact, accessTokenTtlS, idleS } = parts;
  const signOut = endpoint({
    operationId: 'signOut',
    method: 'post',
    path: '/v1/auth/signout',
    summary: 'Sign out: every service rejects the tokens of this session',
    access: 'user',
    answers: { 204: { description: 'The session has ended' } },
    handle: async ({ user: { id: userId, sessionId } }) => {
      const hasEnded = await transact((trx) => endSession(trx, { userId, sessionId }, { accessTokenTtlS }));
      if (hasEnded) recordSecurityEvent(parts, 'auth.session.ended');
      return { status: 204 };
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

  const end = endpoint({
    operationId: 'endMySession',
    method: 'delete',
    path: '/v1/users/me/sessions/:id',
    summary: 'End one of your sessions: every service rejects its tokens',
    access: 'user',
    params: idParams,
    example: { params: { id: exampleValues.sessionId } },
    answers: { 204: { description: 'The session has ended' } },
    handle: async ({ user, params }) => {
      const hasEnded = await transact((trx) => endSession(trx, { userId: user.id, sessionId: params.id }, { accessTokenTtlS }));
      if (!hasEnded) throw new AppError(requestErrors.NOT_FOUND);
      recordSecurityEvent(parts, 'auth.session.ended', { endedSessionId: params.id });
      return { status: 204 };
    },
  });

  const endAll = endpoint({
    operationId: 'endAllMySessions',
    method: 'delete',
    path: '/v1/users/me/sessions',
    summary: 'End all your sessions, also this one: every service rejects their tokens',
    access: 'user',
    answers: { 204: { description: 'All sessions have ended' } },
    handle: async ({ user }) => {
      const hasEnded = await transact(async (trx) => {
        const account = await lockUser(trx, user.id);
        return account !== undefined && signOutEverywhere(trx, account);
      });
      if (hasEnded) recordSecurityEvent(parts, 'auth.session.ended', { endedSessionId: 'all' });
      return { status: 204 };
    },
  });

  return [signOut, list, end, endAll];
}
