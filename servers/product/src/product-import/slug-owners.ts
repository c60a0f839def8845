import type { Product } from '../catalogue/index.ts';
import type { RowDecision } from './decide-row.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';

/** The products with the slugs that the rows give, by slug; also those of earlier rows. */
export type SlugOwners = Map<string, string>;

/** In place of the id of a product that an earlier row creates. */
const EARLIER_ROW = '';

export function whySlugTaken(
  { fields: { slug } }: ImportRow,
  existing: Product | undefined,
  slugs: SlugOwners,
): RowProblem | undefined {
  const owner = typeof slug === 'string' ? slugs.get(slug) : undefined;
  if (owner === undefined || owner === existing?.id) return undefined;
  return problem('SLUG_TAKEN', 'another product has this slug', 'slug');
}

/** Notes the slug of a row that is not rejected. */
export function takeSlug({ fields: { slug } }: ImportRow, decision: RowDecision, slugs: SlugOwners): void {
  if (typeof slug !== 'string' || decision.outcome === 'refused') return;
  slugs.set(slug, decision.outcome === 'created' ? EARLIER_ROW : decision.product.id);
}
