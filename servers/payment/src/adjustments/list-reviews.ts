import { idText } from '@florin/database';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ReviewStatus } from './adjustment.ts';
import { type ReviewRow, reviews } from './review.ts';

const newestFirst: Keyset<Pick<ReviewRow, 'id'>> = {
  name: 'newest',
  columns: [{ column: 'r.id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

/** Lists the adjustments that need or needed a review, newest first. */
export function listReviews(db: Knex, { status }: { status?: ReviewStatus }, page: PageRequest): Promise<Page<ReviewRow>> {
  const query = reviews(db);
  if (status !== undefined) query.where('r.status', status);
  return keysetPage<ReviewRow>(query, newestFirst, page);
}
