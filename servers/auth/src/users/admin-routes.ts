import { AppError, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser, Role } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { knownEmailField } from '../credentials/index.ts';
import { allRoles, type User, userOfRow, userSchema } from '../sessions/index.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { findUser } from './find-user.ts';
import { listUsers, type UserFilter } from './list-users.ts';
import type { AdminAction } from './lock-for-admin-action.ts';
import { setRoles } from './set-roles.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const roleField = Joi.string().valid(...allRoles);
const listQuery = Joi.object<UserFilter & PageRequest>({
  ...pageQuery,
  email: knownEmailField,
  role: roleField.description('Who has this role, among others'),
  status: Joi.string().valid('active', 'disabled'),
});

const rolesBody = Joi.object<{ roles: Role[] }, true>({
  roles: Joi.array().items(roleField).unique().min(1).required().description('`buyer` need not be named: everybody is one'),
});

export function userAdminRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
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
    summary: 'Set what a user may do: access tokens become void, sessions go on with the new roles',
    access: 'admin',
    params: idParams,
    body: rolesBody,
    answers: { 200: { description: 'The account as it is now', data: userSchema } },
    handle: async ({ user, params, body: { roles } }) =>
      reply(200, await transact((trx) => setRoles(trx, actionOf(user, params.id), roles))),
  });

  const transition = (name: 'disable' | 'enable', summary: string, change: Change): Endpoint =>
    endpoint({
      method: 'post',
      path: `/v1/users/:id/${name}`,
      summary,
      access: 'admin',
      params: idParams,
      answers: { 200: { description: 'The account as it is now', data: userSchema } },
      handle: async ({ user, params }) => reply(200, await transact((trx) => change(trx, actionOf(user, params.id)))),
    });

  return [
    list,
    get,
    putRoles,
    transition('disable', 'Shut a user out: sessions end, tokens stop working in every service', disableUser),
    transition('enable', 'Let a disabled user sign in again', enableUser),
  ];
}

function actionOf({ id: actorId, sessionId }: AuthenticatedUser, userId: string): AdminAction {
  return { actorId, sessionId, userId };
}

type Change = (trx: Knex.Transaction, action: AdminAction) => Promise<User>;
