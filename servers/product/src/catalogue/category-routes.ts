import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, etagOf, exampleValues, ifMatchHeader, ifMatchOf, reply } from '@florin/http';
import { type NumberedPageRequest, numberedPageQuery, pageEnvelope } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import { block, id, line, named, wholeNumber } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { type Category, categorySchema, presentCategory } from './category.ts';
import { categoryErrors } from './category-errors.ts';
import { parsePath } from './category-paths.ts';
import { MAX_LEVELS } from './category-tree.ts';
import { createCategory, type NewCategory } from './create-category.ts';
import { deleteCategory } from './delete-category.ts';
import { type CategoryChanges, editCategory } from './edit-category.ts';
import { type CategoryFilter, listCategories, MAX_IN_TREE, readCategory, readCategoryTree } from './read-categories.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const name = line(200);
/** Ten names of 200 characters, with a backslash before each sign and with separators. */
const MAX_PATH_LENGTH = 5_000;
const listQuery = Joi.object<NumberedPageRequest & CategoryFilter & { tree: boolean }>({
  ...numberedPageQuery,
  name: name.description('Categories with this name, ignoring case and accents'),
  parentId: id().description('Direct subcategories of this category'),
  path: block(MAX_PATH_LENGTH)
    .custom(requirePath)
    .description(
      'The category at this path, such as `Clothing > Shirts`: the names from the top, ignoring case. `\\>` is a sign of a name',
    ),
  tree: Joi.boolean()
    .default(false)
    .custom(requireWhole)
    .description(
      `true: all categories in one answer, each with its children. Cannot be combined with name, parentId or path. Not for more than ${MAX_IN_TREE} categories`,
    ),
});
const description = block(2000).allow('');
const parentId = id()
  .allow(null)
  .description(`The parent category; null at the top. Categories have at most ${MAX_LEVELS} levels`);
const newCategory = named('NewCategory', Joi.object<NewCategory, true>({ name: name.required(), description, parentId }));
const changes = named('CategoryChanges', Joi.object<CategoryChanges, true>({ name, description, parentId }).min(1));

function requireWhole(tree: boolean, helpers: CustomHelpers): boolean | ErrorReport {
  const [{ name, parentId, path } = {}] = helpers.state.ancestors as CategoryFilter[];
  if (!tree || (name ?? parentId ?? path) === undefined) return tree;
  return helpers.message({ custom: '{{#label}}=true cannot be combined with name, parentId or path' });
}

function requirePath(text: string, helpers: CustomHelpers): string[] | ErrorReport {
  const names = parsePath(text);
  return names?.slice(0, MAX_LEVELS + 1) ?? helpers.message({ custom: '{{#label}} must have a name between each two >' });
}

const links = { getCategory: { id: 'id' }, updateCategory: { id: 'id' } };

export function categoryRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const list = endpoint({
    operationId: 'listCategories',
    method: 'get',
    path: '/v1/categories',
    summary: 'List categories, oldest first, or as a tree sorted by name',
    access: 'anyone',
    cacheControl: 'public, max-age=60',
    query: listQuery,
    example: { query: { tree: true } },
    answers: {
      200: {
        description: 'A page of categories',
        data: categorySchema,
        isList: true,
        page: {
          number: wholeNumber().description('With page=: the number of the page'),
          total: wholeNumber().description('With page=: the number of categories'),
          isTotalCapped: Joi.boolean().description('With page=: true if there are more categories than total'),
        },
      },
    },
    handle: async ({ query: { tree, ...wanted } }) =>
      tree
        ? { status: 200, body: { data: await readCategoryTree(db), page: { limit: MAX_IN_TREE, nextCursor: null } } }
        : { status: 200, body: pageEnvelope(await listCategories(db, wanted), presentCategory) },
  });

  const get = endpoint({
    operationId: 'getCategory',
    method: 'get',
    path: '/v1/categories/:id',
    summary: 'Read a category',
    access: 'anyone',
    cacheControl: 'public, max-age=60',
    params: idParams,
    example: { params: { id: exampleValues.categoryId } },
    answers: { 200: { description: 'The category', data: categorySchema, headers: ['ETag'], links } },
    handle: async ({ params }) => replyWith(200, await readCategory(db, params.id)),
  });

  const create = endpoint({
    operationId: 'createCategory',
    method: 'post',
    path: '/v1/categories',
    summary: 'Create a category',
    access: 'staff',
    body: newCategory,
    errors: [
      categoryErrors.CATEGORY_NOT_FOUND,
      categoryErrors.CATEGORY_NAME_TAKEN,
      categoryErrors.CATEGORY_TOO_DEEP,
      categoryErrors.TOO_MANY_CATEGORIES,
    ],
    example: { body: { name: 'Tea', description: 'Leaves, and what one needs to brew them' } },
    answers: { 201: { description: 'The new category', data: categorySchema, headers: ['ETag', 'Location'], links } },
    async handle({ body, user }) {
      const category = await transact(async (trx) => {
        const after = await createCategory(trx, body);
        await appendAuditEntry(trx, { actorId: user.id, action: 'category.create', subject: after.id, after });
        return after;
      });
      return replyWith(201, category, { Location: `/v1/categories/${category.id}` });
    },
  });

  const edit = endpoint({
    operationId: 'updateCategory',
    method: 'patch',
    path: '/v1/categories/:id',
    summary: 'Change a category, or move it with its subcategories',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: changes,
    errors: [
      categoryErrors.CATEGORY_NOT_FOUND,
      categoryErrors.CATEGORY_NAME_TAKEN,
      categoryErrors.CATEGORY_CYCLE,
      categoryErrors.CATEGORY_TOO_DEEP,
    ],
    example: { params: { id: exampleValues.categoryId }, body: { name: 'Teas' } },
    answers: { 200: { description: 'The changed category', data: categorySchema, headers: ['ETag'], links } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      return replyWith(200, await transact((trx) => editCategory(trx, edited)));
    },
  });

  const remove = endpoint({
    operationId: 'deleteCategory',
    method: 'delete',
    path: '/v1/categories/:id',
    summary: 'Delete an empty category',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    errors: [categoryErrors.CATEGORY_IN_USE],
    example: { params: { id: exampleValues.categoryId } },
    answers: { 204: { description: 'The category is deleted' } },
    async handle({ params, user, request }) {
      const deleted = { id: params.id, ifMatch: ifMatchOf(request), by: user.id };
      await transact((trx) => deleteCategory(trx, deleted));
      return { status: 204 };
    },
  });

  return [list, get, create, edit, remove];
}

function replyWith(status: number, category: Category, headers: Record<string, string> = {}) {
  return reply(status, category, { ...headers, ETag: etagOf(category) });
}
