import { AppError, type ErrorDefinition, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser, Role } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Logger, type Metrics, recordSecurityEvent, type SecurityEvent } from '@florin/runtime';
import { id, list, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { knownEmailField, nameOfEmail, type PasswordLimits, readUserAttempt } from '../credentials/index.ts';
import { allRoles, roleField, type User, userOfRow, userSchema } from '../sessions/index.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { endUserSessions } from './end-user-sessions.ts';
import { userErrors } from './errors.ts';
import { findUser } from './find-user.ts';
import { listUsers, type UserFilter } from './list-users.ts';
import type { AdminAction } from './lock-for-admin-action.ts';
import { setRoles } from './set-roles.ts';
import { unlockUser } from './unlock-user.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const listQuery = Joi.object<UserFilter & PageRequest>({
  ...pageQuery,
  email: knownEmailField,
  role: roleField.description('Only accounts that have this role'),
  status: Joi.string().valid('active', 'disabled'),
});

const rolesBody = named(
  'UserRoles',
  Joi.object<{ roles: Role[] }, true>({
    roles: list(allRoles.length)
      .min(1)
      .items(roleField)
      .unique()
      .required()
      .description('`buyer` may be omitted: every account has it'),
  }),
);

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
    operationId: 'listUsers',
    method: 'get',
    path: '/v1/users',
    summary: 'List the accounts, newest first',
    access: 'admin',
    query: listQuery,
    example: { query: { role: 'buyer', limit: 20 } },
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
    operationId: 'getUser',
    method: 'get',
    path: '/v1/users/:id',
    summary: 'Read an account',
    access: 'admin',
    params: idParams,
    example: { params: { id: exampleValues.userId } },
    answers: { 200: { description: 'The account', data: userSchema } },
    handle: async ({ params }) => {
      const user = await findUser(db, params.id);
      if (user === undefined) throw new AppError(requestErrors.NOT_FOUND);
      return reply(200, user);
    },
  });

  const putRoles = endpoint({
    operationId: 'setUserRoles',
    method: 'put',
    path: '/v1/users/:id/roles',
    summary: 'Set the roles of a user: access tokens become void, sessions stay open and get the new roles',
    access: 'admin',
    needsFreshRevocations: true,
    params: idParams,
    body: rolesBody,
    errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, userErrors.LAST_ADMIN],
    example: { params: { id: exampleValues.userId }, body: { roles: ['buyer', 'staff'] } },
    answers: { 200: { description: 'The changed account', data: userSchema } },
    handle: async ({ user, params, body: { roles } }) =>
      changed(await transact((trx) => setRoles(trx, actionOf(user, params.id), roles)), 'user.roles.changed'),
  });

  const transition = ({ name, summary, errors, change }: Transition): Endpoint =>
    endpoint({
      operationId: `${name}User`,
      method: 'post',
      path: `/v1/users/:id/${name}`,
      summary,
      access: 'admin',
      needsFreshRevocations: false,
      params: idParams,
      errors,
      example: { params: { id: exampleValues.userId } },
      answers: { 200: { description: 'The changed account', data: userSchema } },
      handle: async ({ user, params }) => changed(await change(actionOf(user, params.id)), `user.${endings[name]}`),
    });

  const endSessions = endpoint({
    operationId: 'endUserSessions',
    method: 'delete',
    path: '/v1/users/:id/sessions',
    summary: 'End all sessions of a user: every service rejects their tokens, and the user may sign in again',
    access: 'admin',
    needsFreshRevocations: false,
    params: idParams,
    example: { params: { id: exampleValues.userId } },
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
    transition({
      name: 'disable',
      summary: 'Disable a user: sessions end and every service rejects the tokens',
      errors: [userErrors.LAST_ADMIN],
      change: (action) => transact((trx) => disableUser(trx, action)),
    }),
    transition({
      name: 'enable',
      summary: 'Enable a disabled user',
      errors: [requestErrors.INVALID_TRANSITION],
      change: (action) => transact((trx) => enableUser(trx, action)),
    }),
    transition({
      name: 'unlock',
      summary: 'Unlock a user: failed attempts on the password no longer delay a sign-in; no session ends',
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION],
      change: unlock,
    }),
    endSessions,
  ];
}

function actionOf({ id: actorId, sessionId }: AuthenticatedUser, userId: string): AdminAction {
  return { actorId, sessionId, userId };
}

type Transition = {
  name: 'disable' | 'enable' | 'unlock';
  summary: string;
  errors: readonly ErrorDefinition[];
  change(action: AdminAction): Promise<User>;
};
