import { AppError } from '@florin/app-response';
import type { Knex } from 'knex';
import { type CategoryPath, type MissingCategories, resolvePaths } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';

export type NamedCategories = {
  /** The ids of the categories that a row names, the main one first; undefined if it names none. */
  namedBy(row: ImportRow): string[] | RowProblem | undefined;
  /** Ids of categories that do not exist because nothing is written. */
  pretended: ReadonlySet<string>;
};

type Options = { missing: MissingCategories; by: string };

/** Finds the categories that rows name by name or path, and creates missing ones. Call it before any category is locked. */
export async function nameCategories(
  trx: Knex.Transaction,
  rows: readonly ImportRow[],
  options: Options,
): Promise<NamedCategories> {
  const paths = rows.flatMap(({ category, faults }) => (faults.length === 0 ? (category ?? []) : []));
  const { idOf, pretended } = await resolvePaths(trx, paths, options);
  return { namedBy: ({ category }) => category && idsOf(category, idOf), pretended };
}

function idsOf(paths: readonly CategoryPath[], idOf: (path: CategoryPath) => string | AppError): string[] | RowProblem {
  const found = paths.map(idOf);
  const fault = found.find((one) => one instanceof AppError);
  if (fault !== undefined) return problem('CATEGORY_NOT_FOUND', fault.detail ?? fault.message, 'category');
  return [...new Set(found.filter((one) => typeof one === 'string'))];
}
