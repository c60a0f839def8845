import { AppError } from '@florin/app-response';
import type { Role } from '@florin/auth-middleware';
import { insertRows, isDuplicateKey, newId, queryFirst } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { emailSpellings } from '@florin/values';
import type { Knex } from 'knex';
import { type OpenedSession, openSession, type SessionOrigin, type User, usersTable } from '../sessions/index.ts';
import { userErrors } from './errors.ts';

export type NewUser = {
  /** In today's normal form. */
  email: string;
  /** All forms in which an earlier release may have stored the address (default: the spellings of `email`). */
  spellings?: readonly string[];
  passwordHash: string;
  name?: string | undefined;
  /** Roles besides `buyer`, which every user has. */
  extraRoles?: readonly Exclude<Role, 'buyer'>[];
};

const FIRST_VERSION = 1;

/**
 * Creates an account and publishes it; the wallet follows by event.
 *
 * @throws AppError EMAIL_TAKEN
 */
export async function createUser(trx: Knex.Transaction, newUser: NewUser): Promise<User> {
  const user = await insertUser(trx, newUser);
  await appendEvents(trx, [userRegistered(user)]);
  return user;
}

/** Creates an account with an open session. */
export async function createSignedInUser(
  trx: Knex.Transaction,
  newUser: NewUser,
  { sessionTtlS, origin }: { sessionTtlS: number; origin: SessionOrigin },
): Promise<{ user: User; session: OpenedSession }> {
  const user = await insertUser(trx, newUser);
  const session = await openSession(trx, user.id, { ttlS: sessionTtlS, issuedAt: user.createdAt, origin });
  await appendEvents(trx, [userRegistered(user)]);
  return { user, session };
}

async function insertUser(trx: Knex.Transaction, newUser: NewUser): Promise<User> {
  const { email, spellings = emailSpellings(email), passwordHash, name, extraRoles = [] } = newUser;
  await assertNotStored(
    trx,
    spellings.filter((spelling) => spelling !== email),
  );
  const user: User = {
    id: newId(),
    email,
    name: name ?? null,
    roles: ['buyer', ...extraRoles],
    status: 'active',
    createdAt: new Date(),
  };
  try {
    await insertRows(trx, usersTable, [{ ...user, passwordHash, version: FIRST_VERSION }]);
  } catch (error) {
    throw isDuplicateKey(error, 'users_email') ? new AppError(userErrors.EMAIL_TAKEN) : error;
  }
  return user;
}

/** Most addresses have no other spelling. */
async function assertNotStored(trx: Knex.Transaction, spellings: readonly string[]): Promise<void> {
  if (spellings.length === 0) return;
  const stored = await queryFirst(trx, 'SELECT id FROM users WHERE email IN (?) LIMIT 1', [spellings]);
  if (stored !== undefined) throw new AppError(userErrors.EMAIL_TAKEN);
}

function userRegistered({ id, createdAt }: User): OutgoingEvent {
  return makeEvent('user-registered', {
    sequence: FIRST_VERSION,
    data: { userId: id },
    time: createdAt,
  });
}
