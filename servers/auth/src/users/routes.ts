import { AppError, requestErrors } from '@florin/app-response';
import { type Endpoint, endpoint, reply, type Transact } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { findUser } from './find-user.ts';
import { updateProfile } from './update-profile.ts';
import { type User, userSchema } from './user.ts';
import { nameField } from './user-fields.ts';

type Profile = { name?: string };

const profile = Joi.object<Profile, true>({ name: nameField });

export function userRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const getMe = endpoint({
    method: 'get',
    path: '/v1/users/me',
    summary: 'Your account',
    access: 'user',
    answers: { 200: { description: 'Your account', data: userSchema } },
    handle: async ({ user }) => reply(200, existing(await findUser(db, user.id))),
  });

  const patchMe = endpoint<'user', Record<string, never>, Record<string, never>, Profile>({
    method: 'patch',
    path: '/v1/users/me',
    summary: 'Change your profile',
    access: 'user',
    body: profile,
    answers: { 200: { description: 'Your account as it is now', data: userSchema } },
    handle: async ({ user, body }) => reply(200, existing(await transact((trx) => updateProfile(trx, user.id, body)))),
  });

  return [getMe, patchMe];
}

/** The token may outlive the account. */
function existing(user: User | undefined): User {
  if (user === undefined) throw new AppError(requestErrors.UNAUTHENTICATED, { detail: 'The account is gone.' });
  return user;
}
