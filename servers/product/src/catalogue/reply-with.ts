import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import { etagOf, type Reply, reply } from '@florin/http';
import type { Knex } from 'knex';
import type { Product } from './product.ts';
import { showFamily } from './read-product.ts';

type For = { db: Knex; user: AuthenticatedUser | undefined; headers?: Record<string, string> };

/** Answers with a product and, if it has options, its variants. */
export async function replyWith(status: number, product: Product, { db, user, headers = {} }: For): Promise<Reply> {
  const shown = await showFamily(db, product, { isStaff: isStaff(user) });
  return reply(status, shown, { ...headers, ETag: etagOf(product) });
}
