import type { Role } from '@florin/auth-middleware';
import { column, defineTable, pickFields, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, named, storedEmail, time } from '@florin/values';
import Joi from 'joi';

/** In the order of the database's SET. */
export const allRoles: readonly Role[] = ['buyer', 'staff', 'admin'];

const columns = {
  id: column.id(),
  email: column.text('varchar(254)'),
  name: column.text('varchar(100)').orNull(),
  passwordHash: column.text('varchar(255)'),
  roles: column.set<Role>(allRoles),
  status: column.text<'active' | 'disabled' | 'erased'>('varchar(16)'),
  version: column.integer('bigint'),
  createdAt: column.time(),
  attemptsGeneration: column.integer('int unsigned').byDatabase(),
  tokensValidFrom: column.time().orNull().byDatabase(),
  /** The version whose e-mail address and name are published; null before the first time. */
  contactVersion: column.integer('bigint').orNull().byDatabase(),
  updatedAt: column.time().byDatabase(),
};

export const usersTable = defineTable('users', columns, { unread: ['is_contact_stale'] });

const shownTable = pickFields(usersTable, ['id', 'email', 'name', 'roles', 'status', 'createdAt']);

/** An account, as its owner and admins see it: an erased account appears as disabled. */
export type User = Omit<RowOf<typeof shownTable>, 'status'> & { status: 'active' | 'disabled' };

export const roleField = named('Role', Joi.string().valid(...allRoles));

export const userSchema = named(
  'User',
  Joi.object<User>({
    id: id().required(),
    email: storedEmail().required(),
    name: Joi.string().max(100).allow(null).required(),
    roles: Joi.array().items(roleField).required(),
    status: Joi.string().valid('active', 'disabled').required(),
    createdAt: time().required(),
  }),
);

export const userColumns = shownTable.list;

export type UserRow = StoredRowOf<typeof shownTable>;

export function userOfRow(row: UserRow): User {
  const { status, createdAt, ...user } = readRow(shownTable, row);
  return { ...user, status: status === 'active' ? 'active' : 'disabled', createdAt };
}
