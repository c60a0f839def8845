import { AppError } from '@florin/app-response';
import type { Knex } from 'knex';
import { type CategoryPath, type MissingCategories, resolvePaths } from '../catalogue/index.ts';
import { problem, type RowProblem } from './errors.ts';
import { findSkus } from './find-skus.ts';
import type { ImportRow } from './import-row.ts';

export type NamedCategories = {
  /** The ids of the categories that a row names, the main one first; undefined if it names none. */
  namedBy(row: ImportRow): string[] | RowProblem | undefined;
  /** The id of the default category of a row; undefined if the row needs none. */
  defaultOf(row: ImportRow): string[] | RowProblem | undefined;
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
  const defaults = await neededDefaults(trx, rows);
  const { idOf, pretended } = await resolvePaths(trx, [...paths, ...defaults.values()], options);
  return {
    namedBy: ({ category }) => category && idsOf(category, idOf),
    defaultOf: (row) => {
      const path = defaults.get(row);
      return path && idsOf([path], idOf);
    },
    pretended,
  };
}

/** The default categories of the rows that name none and seem to be new products. */
async function neededDefaults(trx: Knex.Transaction, rows: readonly ImportRow[]): Promise<Map<ImportRow, CategoryPath>> {
  const unnamed = rows.filter((row) => row.defaultCategory !== undefined && row.faults.length === 0 && isUnnamed(row));
  const known = await findSkus(
    trx,
    unnamed.flatMap(({ sku }) => sku ?? []),
  );
  const isNew = ({ sku }: ImportRow): boolean => sku === undefined || !known.has(sku);
  return new Map(unnamed.filter(isNew).flatMap((row) => (row.defaultCategory ? [[row, row.defaultCategory] as const] : [])));
}

function isUnnamed({ id, parentId, parentSku, category, fields }: ImportRow): boolean {
  const named = [id, parentId, parentSku, category, fields.categoryId, fields.categoryIds];
  return named.every((one) => one === undefined);
}

function idsOf(paths: readonly CategoryPath[], idOf: (path: CategoryPath) => string | AppError): string[] | RowProblem {
  const found = paths.map(idOf);
  const fault = found.find((one) => one instanceof AppError);
  if (fault !== undefined) return problem('CATEGORY_NOT_FOUND', fault.detail ?? fault.message, 'category');
  return [...new Set(found.filter((one) => typeof one === 'string'))];
}
