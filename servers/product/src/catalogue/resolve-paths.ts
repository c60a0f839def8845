import { AppError } from '@florin/app-response';
import { idBytes, idText, newId, query } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';
import { NAME_KEY, TOP } from './category-paths.ts';
import { lockCategoryTree, MAX_LEVELS, readRoom, tooDeep, tooManyCategories } from './category-tree.ts';
import { createCategory } from './create-category.ts';

/** The names of a category and of those above it, from the top. A single name may also be that of a category below the top. */
export type CategoryPath = readonly string[];

/** `pretend` gives missing categories an id and writes nothing. */
export type MissingCategories = 'reject' | 'create' | 'pretend';

export type ResolvedPaths = {
  /** The id of the category at a path, or why there is none. */
  idOf(path: CategoryPath): string | AppError;
  /** The ids that `pretend` made up. */
  pretended: ReadonlySet<string>;
};

/** `by`: the user in the audit entries of new categories. */
type Options = { missing: MissingCategories; by: string };

/**
 * Finds the categories at paths, in sets, and creates those that are missing. Call it before any category is locked: to create, it locks
 * the tree.
 */
export async function resolvePaths(
  trx: Knex.Transaction,
  paths: readonly CategoryPath[],
  { missing, by }: Options,
): Promise<ResolvedPaths> {
  const unique = [...new Map(paths.map((path) => [keyOf(path), path])).values()];
  const pretended = new Set<string>();
  let found = await findPaths(trx, unique);
  if (missing !== 'reject' && unique.some((path) => lookUp(found, path) === undefined)) {
    if (missing === 'create') {
      await lockCategoryTree(trx);
      // Another transaction may have created them before the lock.
      found = await findPaths(trx, unique);
    }
    const make = missing === 'create' ? createNamed(trx, by) : pretend(pretended);
    for (const path of unique) if (lookUp(found, path) === undefined) await addPath(found, path, make);
  }
  return { idOf: (path) => lookUp(found, path) ?? notFound(path), pretended };
}

type Found = {
  /** By path from the top. */
  places: Map<string, string | AppError>;
  /** By the name of a category anywhere in the tree. */
  names: Map<string, string | AppError>;
};

function lookUp({ places, names }: Found, path: CategoryPath): string | AppError | undefined {
  return places.get(keyOf(path)) ?? (path.length === 1 ? names.get(keyOf(path)) : undefined);
}

function keyOf(path: CategoryPath): string {
  return JSON.stringify(path).toLowerCase();
}

async function findPaths(trx: Knex.Transaction, paths: readonly CategoryPath[]): Promise<Found> {
  const places: Found['places'] = new Map();
  const levels = Math.max(0, ...paths.map(({ length }) => length));
  for (let level = 1; level <= Math.min(levels, MAX_LEVELS); level++) {
    const wanted = new Map(paths.flatMap((path) => placeAt(places, path, level)));
    for (const [key, id] of await findChildren(trx, [...wanted])) places.set(key, id);
  }
  const single = paths.filter((path) => path.length === 1 && !places.has(keyOf(path)));
  return { places, names: new Map(await findByName(trx, single)) };
}

/** A place in the tree: the key of its path, its parent and its name. */
type Place = [key: string, at: { parent: Buffer; name: string }];

function placeAt(places: Found['places'], path: CategoryPath, level: number): Place[] {
  const name = path[level - 1];
  const above = level === 1 ? undefined : places.get(keyOf(path.slice(0, level - 1)));
  if (name === undefined || (level > 1 && typeof above !== 'string')) return [];
  return [[keyOf(path.slice(0, level)), { parent: typeof above === 'string' ? idBytes(above) : TOP, name }]];
}

const MAX_IN_STATEMENT = 500;

async function findChildren(trx: Knex.Transaction, places: readonly Place[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (let from = 0; from < places.length; from += MAX_IN_STATEMENT) {
    const some = places.slice(from, from + MAX_IN_STATEMENT);
    const rows = await query<{ place: number; id: Buffer }>(
      trx,
      `SELECT wanted.place, categories.id
         FROM (SELECT ? AS place, ? AS parent_key, ${NAME_KEY} AS name_key
               ${`UNION ALL SELECT ?, ?, ${NAME_KEY} `.repeat(some.length - 1)}) AS wanted
         STRAIGHT_JOIN categories ON categories.parent_key = wanted.parent_key AND categories.name_key = wanted.name_key`,
      some.flatMap(([, { parent, name }], place) => [place, parent, name]),
    );
    for (const { place, id } of rows) found.push([some[place]?.[0] ?? '', idText(id)]);
  }
  return found;
}

/** Finds the categories with these names anywhere in the tree. Several with one name are an error. */
async function findByName(trx: Knex.Transaction, paths: readonly CategoryPath[]): Promise<[string, string | AppError][]> {
  const found: [string, string | AppError][] = [];
  for (let from = 0; from < paths.length; from += MAX_IN_STATEMENT) {
    const names = paths.slice(from, from + MAX_IN_STATEMENT).map(([name = '']) => name);
    const rows = await query<{ place: number; first: Buffer | null; second: Buffer | null }>(
      trx,
      `SELECT wanted.place, (${SELECT_NAMED} LIMIT 1) AS first, (${SELECT_NAMED} LIMIT 1 OFFSET 1) AS second
         FROM (SELECT ? AS place, ${NAME} AS name, ${NAME_KEY} AS name_key
               ${`UNION ALL SELECT ?, ${NAME}, ${NAME_KEY} `.repeat(names.length - 1)}) AS wanted`,
      names.flatMap((name, place) => [place, name, name]),
    );
    for (const { place, first, second } of rows) {
      const name = names[place] ?? '';
      if (first !== null) found.push([keyOf([name]), second === null ? idText(first) : ambiguous(name)]);
    }
  }
  return found;
}

const NAME = '? COLLATE utf8mb4_unicode_ci';
/** Two at most are read of each name. The index has the names without case and accents, the key compares the latter. */
const SELECT_NAMED =
  'SELECT id FROM categories FORCE INDEX (categories_name) WHERE categories.name = wanted.name AND categories.name_key = wanted.name_key';

type Make = (place: { name: string; parentId: string | null }) => Promise<string>;

/** Adds a missing category, and the missing ones above it. */
async function addPath({ places }: Found, path: CategoryPath, make: Make): Promise<void> {
  if (path.length > MAX_LEVELS) return void places.set(keyOf(path), tooDeep(path.length));
  let parentId: string | null = null;
  for (const [level, name] of path.entries()) {
    const key = keyOf(path.slice(0, level + 1));
    const id: string | AppError = places.get(key) ?? (await orFault(make({ name, parentId })));
    if (id instanceof AppError) return void places.set(keyOf(path), id);
    places.set(key, id);
    parentId = id;
  }
}

async function orFault(made: Promise<string>): Promise<string | AppError> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** The categories are counted once, not for each new one. */
function createNamed(trx: Knex.Transaction, by: string): Make {
  let room: number | undefined;
  return async (place) => {
    room ??= await readRoom(trx);
    if (room < 1) throw tooManyCategories();
    const after = await createCategory(trx, place, { hasRoom: true });
    room--;
    await appendAuditEntry(trx, { actorId: by, action: 'category.create', subject: after.id, after });
    return after.id;
  };
}

function pretend(pretended: Set<string>): Make {
  return async () => {
    const id = newId();
    pretended.add(id);
    return id;
  };
}

function notFound(path: CategoryPath): AppError {
  return new AppError(categoryErrors.CATEGORY_NOT_FOUND, { detail: `there is no category ${shown(path)}` });
}

function ambiguous(name: string): AppError {
  const detail = `several categories have the name ${JSON.stringify(name)}: write the path from the top, such as A > ${name}`;
  return new AppError(categoryErrors.CATEGORY_NOT_FOUND, { detail });
}

function shown(path: CategoryPath): string {
  return JSON.stringify(path.join(' > '));
}
