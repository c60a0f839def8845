import type { Role } from '@florin/auth-middleware';
import { keysetPage, newestById, type Page, type PageRequest } from '@florin/pagination';
import { emailSpellings } from '@florin/values';
import type { Knex } from 'knex';
import { type User, type UserRow, userColumns } from '../sessions/index.ts';

export type UserFilter = { email?: string; role?: Role; status?: User['status'] };

/** Every account is a buyer. The sets are listed as literals, as the index stores them. */
const setsWith: Record<Exclude<Role, 'buyer'>, readonly string[]> = {
  staff: ['buyer,staff', 'buyer,staff,admin'],
  admin: ['buyer,admin', 'buyer,staff,admin'],
};

/** A page of the accounts, newest first; erased accounts count as disabled. */
export function listUsers(db: Knex, { email, role, status, ...page }: UserFilter & PageRequest): Promise<Page<UserRow>> {
  const query = db('users').select(db.raw(userColumns));
  if (email !== undefined) query.whereIn('email', emailSpellings(email));
  if (role !== undefined && role !== 'buyer') query.whereIn('roles', setsWith[role]);
  if (status !== undefined) query.whereIn('status', status === 'active' ? ['active'] : ['disabled', 'erased']);
  return keysetPage<UserRow>(query, newestById, page);
}
