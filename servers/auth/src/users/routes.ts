import { AppError, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import { named } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { PasswordLimits, Passwords } from '../credentials/index.ts';
import {
  accountErrors,
  assertGoodPassword,
  changePassword,
  checkCurrentPassword,
  newPasswordField,
  passwordField,
  readUserAttempt,
  wrongPassword,
} from '../credentials/index.ts';
import { type ReadOrigin, type User, userSchema } from '../sessions/index.ts';
import { eraseUser } from './erase-user.ts';
import { userErrors } from './errors.ts';
import { findUser } from './find-user.ts';
import { nameField } from './name-field.ts';
import { updateProfile } from './update-profile.ts';

type Profile = { name?: string };

const profile = named('ProfileChanges', Joi.object<Profile, true>({ name: nameField }));

type CurrentPassword = { currentPassword: string };

const erasure = named('Erasure', Joi.object<CurrentPassword, true>({ currentPassword: passwordField.required() }));

type PasswordChange = CurrentPassword & { newPassword: string };

const passwordChange = named(
  'PasswordChange',
  Joi.object<PasswordChange, true>({
    currentPassword: passwordField.required(),
    newPassword: newPasswordField.required(),
  }),
);

export type UserParts = {
  db: Knex;
  transact: Transact;
  logger: Logger;
  metrics: Metrics;
  passwords: Passwords;
  passwordLimits: PasswordLimits;
  originOf: ReadOrigin;
};

export function userRoutes(parts: UserParts): Endpoint[] {
  const { db, transact, passwords, passwordLimits, originOf } = parts;
  const getMe = endpoint({
    operationId: 'getMe',
    method: 'get',
    path: '/v1/users/me',
    summary: 'Your account',
    access: 'user',
    answers: { 200: { description: 'Your account', data: userSchema } },
    handle: async ({ user }) => reply(200, existing(await findUser(db, user.id))),
  });

  const patchMe = endpoint<'user', Record<string, never>, Record<string, never>, Profile>({
    operationId: 'updateMe',
    method: 'patch',
    path: '/v1/users/me',
    summary: 'Change your profile',
    access: 'user',
    body: profile,
    example: { body: { name: 'Ada Lovelace' } },
    answers: { 200: { description: 'The changed account', data: userSchema } },
    handle: async ({ user, body }) => reply(200, existing(await transact((trx) => updateProfile(trx, user.id, body)))),
  });

  const deleteMe = endpoint<'user', Record<string, never>, Record<string, never>, CurrentPassword>({
    operationId: 'eraseMe',
    method: 'delete',
    path: '/v1/users/me',
    summary: 'Erase your account: personal data is deleted, tokens stop working, your wallet is frozen',
    access: 'user',
    body: erasure,
    errors: [accountErrors.INVALID_CREDENTIALS, userErrors.LAST_ADMIN],
    example: { body: { currentPassword: 'plum-lantern-47-river' } },
    answers: { 204: { description: 'The account is erased; its e-mail address is free again' } },
    handle: async ({ user, body: { currentPassword }, request }) => {
      await passwordLimits.attempt(await attemptOf(user, request), async () => {
        const verified = await checkCurrentPassword(db, passwords, { userId: user.id, password: currentPassword });
        if (!(await transact((trx) => eraseUser(trx, verified)))) throw wrongPassword();
      });
      recordSecurityEvent(parts, 'user.erased');
      return { status: 204 };
    },
  });

  const setPassword = endpoint<'user', Record<string, never>, Record<string, never>, PasswordChange>({
    operationId: 'changePassword',
    method: 'post',
    path: '/v1/users/me/password',
    summary: 'Change your password: access tokens stop working; this session stays open and needs a refresh, all others end',
    access: 'user',
    body: passwordChange,
    errors: [accountErrors.INVALID_CREDENTIALS, accountErrors.PASSWORD_TOO_WEAK],
    example: { body: { currentPassword: 'plum-lantern-47-river', newPassword: 'quiet-harbour-81-maple' } },
    answers: { 204: { description: 'The password is changed' } },
    handle: async ({ user, body: { currentPassword, newPassword }, request }) => {
      assertGoodPassword(newPassword, existing(await findUser(db, user.id)), 'newPassword');
      await passwordLimits.attempt(await attemptOf(user, request), async () => {
        const verified = await checkCurrentPassword(db, passwords, { userId: user.id, password: currentPassword });
        const newPasswordHash = await passwords.hash(newPassword);
        const change = { newPasswordHash, sessionId: user.sessionId };
        if (!(await transact((trx) => changePassword(trx, verified, change)))) throw wrongPassword();
      });
      recordSecurityEvent(parts, 'auth.password.changed');
      return { status: 204 };
    },
  });

  const attemptOf = ({ id }: AuthenticatedUser, request: Request) => readUserAttempt(db, id, originOf(request).address ?? '');

  return [getMe, patchMe, deleteMe, setPassword];
}

/** The token may outlive the account for a moment. */
function existing(user: User | undefined): User {
  if (user?.status !== 'active') throw new AppError(requestErrors.UNAUTHENTICATED, { detail: 'The account no longer exists.' });
  return user;
}
