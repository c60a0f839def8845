import { AppError, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser, Role } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Logger, type Metrics, recordSecurityEvent, type SecurityEvent } from '@florin/runtime';
import { id, list } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { knownEmailField, nameOfEmail, type PasswordLimits, readUserAttempt } from '../credentials/index.ts';
import { allRoles, type User, userOfRow, userSchema } from '../sessions/index.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { endUserSessions } from './end-user-sessions.ts';
import { findUser } from './find-user.ts';
import { listUsers, type UserFilter } from './list-users.ts';
import type { AdminAction } from './lock-for-admin-action.ts';
import { setRoles } from './set-roles.ts';
import { unlockUser } from './unlock-user.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const roleField = Joi.string().valid(...allRoles);
const listQuery = Joi.object<UserFilter & PageRequest>({
  ...pageQuery,
  email: knownEmailField,
  role: roleField.description('Only accounts that have this role'),
  status: Joi.string().valid('active', 'disabled'),
});

const rolesBody = Joi.object<{ roles: Role[] }, true>({
  roles: list(allRoles.length)
    .min(1)
    .items(roleField)
    .unique()
    .required()
    .description('`buyer` may be omitted: every account has it'),
});

/** The ends of the names of security events. */
const endings = { disable: 'disabled', enable: 'enabled', unlock: 'unlocked' } as const;

export type UserAdminParts = { db: Knex; transact: Transact; passwordLimits: PasswordLimits; logger: Logger; metrics: Metrics };

export function userAdminRoutes(parts: UserAdminParts): Endpoint[] {
  const { db, transact, passwordLimits } = parts;
  const changed = (user: User, event: SecurityEvent) => {
    recordSecurityEvent(parts, event, { subjectId: user.id });
    return reply(200, user);
  };

  const list = endpoint({
    method: 'get',
    path: '/v1/users',
    summary: 'List the accounts, newest first',
    access: 'admin',
    query: listQuery,
    answers: { 200: { description: 'A page of accounts', data: userSchema, isList: true } },
    handle: async ({ query }) => {
      const page = await listUsers(db, query);
      return {
        status: 200,
        body: pageEnvelope(page, userOfRow),
      };
    },
  });

  const get = endpoint({
    method: 'get',
    path: '/v1/users/:id',
    summary: 'Read an account',
    access: 'admin',
    params: idParams,
    answers: { 200: { description: 'The account', data: userSchema } },
    handle: async ({ params }) => {
      const user = await findUser(db, params.id);
      if (user === undefined) throw new AppError(requestErrors.NOT_FOUND);
      return reply(200, user);
    },
  });

  const putRoles = endpoint({
    method: 'put',
    path: '/v1/users/:id/roles',
    summary: 'Set the roles of a user: access tokens become void, sessions stay open and get the new roles',
    access: 'admin',
    needsFreshRevocations: true,
    params: idParams,
    body: rolesBody,
    answers: { 200: { description: 'The changed account', data: userSchema } },
    handle: async ({ user, params, body: { roles } }) =>
      changed(await transact((trx) => setRoles(trx, actionOf(user, params.id), roles)), 'user.roles.changed'),
  });

  const transition = (name: 'disable' | 'enable' | 'unlock', summary: string, change: Change): Endpoint =>
    endpoint({
      method: 'post',
      path: `/v1/users/:id/${name}`,
      summary,
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      answers: { 200: { description: 'The changed account', data: userSchema } },
      handle: async ({ user, params }) => changed(await change(actionOf(user, params.id)), `user.${endings[name]}`),
    });

  const endSessions = endpoint({
    method: 'delete',
    path: '/v1/users/:id/sessions',
    summary: 'End all sessions of a user: every service rejects their tokens, and the user may sign in again',
    access: 'admin',
    needsFreshRevocations: false,
    params: idParams,
    answers: { 204: { description: 'All sessions of the user have ended' } },
    handle: async ({ user, params }) => {
      await transact((trx) => endUserSessions(trx, actionOf(user, params.id)));
      recordSecurityEvent(parts, 'auth.session.ended', { subjectId: params.id });
      return { status: 204 };
    },
  });

  /** The counters may be in memory, so they are read before the transaction. */
  const unlock = async (action: AdminAction): Promise<User> => {
    const { account } = await readUserAttempt(db, action.userId, '');
    const email = (await findUser(db, action.userId))?.email ?? '';
    const counted = [account, { ...account, name: nameOfEmail(email) }];
    const counts = await Promise.all(counted.map((one) => passwordLimits.failuresOf(one)));
    const failed = { generation: account.generation, count: counts.reduce((sum, count) => sum + count, 0) };
    return transact((trx) => unlockUser(trx, action, failed));
  };

  return [
    list,
    get,
    putRoles,
    transition('disable', 'Disable a user: sessions end and every service rejects the tokens', (action) =>
      transact((trx) => disableUser(trx, action)),
    ),
    transition('enable', 'Enable a disabled user', (action) => transact((trx) => enableUser(trx, action))),
    transition('unlock', 'Unlock a user: failed attempts on the password no longer delay a sign-in; no session ends', unlock),
    endSessions,
  ];
}

function actionOf({ id: actorId, sessionId }: AuthenticatedUser, userId: string): AdminAction {
  return { actorId, sessionId, userId };
}

type Change = (action: AdminAction) => Promise<User>;
