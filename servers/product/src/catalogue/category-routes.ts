import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, etagOf, ifMatchHeader, ifMatchOf, reply } from '@florin/http';
import { type NumberedPageRequest, numberedPageQuery, pageEnvelope } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import { block, id, line, wholeNumber } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { type Category, categorySchema, presentCategory } from './category.ts';
import { MAX_CATEGORIES, MAX_LEVELS } from './category-tree.ts';
import { createCategory, type NewCategory } from './create-category.ts';
import { deleteCategory } from './delete-category.ts';
import { type CategoryChanges, editCategory } from './edit-category.ts';
import { type CategoryFilter, listCategories, readCategory, readCategoryTree } from './read-categories.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const name = line(200);
const listQuery = Joi.object<NumberedPageRequest & CategoryFilter & { tree: boolean }>({
  ...numberedPageQuery,
  name: name.description('Those with this name; case and accents do not matter'),
  parentId: id().description('Those directly in this category'),
  tree: Joi.boolean()
    .default(false)
    .custom(requireWhole)
    .description('true: all at once, each with its children; not together with name or parentId'),
});
const description = block(2000).allow('');
const parentId = id().allow(null).description(`The category that it is in; ${MAX_LEVELS} levels at most`);
const newCategory = Joi.object<NewCategory, true>({ name: name.required(), description, parentId });
const changes = Joi.object<CategoryChanges, true>({ name, description, parentId }).min(1);

function requireWhole(tree: boolean, helpers: CustomHelpers): boolean | ErrorReport {
  const [{ name, parentId } = {}] = helpers.state.ancestors as CategoryFilter[];
  if (!tree || (name ?? parentId) === undefined) return tree;
  return helpers.message({ custom: '{{#label}}=true cannot be combined with name or parentId' });
}

export function categoryRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const list = endpoint({
    method: 'get',
    path: '/v1/categories',
    summary: 'List categories, oldest first, or as a tree by name',
    access: 'anyone',
    cacheControl: 'public, max-age=60',
    query: listQuery,
    answers: {
      200: {
        description: 'A page of categories',
        data: categorySchema,
        isList: true,
        page: {
          number: wholeNumber().description('With page=: its number'),
          total: wholeNumber().description('With page=: how many there are'),
          isTotalCapped: Joi.boolean().description('With page=: whether there are more than that'),
        },
      },
    },
    handle: async ({ query: { tree, ...wanted } }) =>
      tree
        ? { status: 200, body: { data: await readCategoryTree(db), page: { limit: MAX_CATEGORIES, nextCursor: null } } }
        : { status: 200, body: pageEnvelope(await listCategories(db, wanted), presentCategory) },
  });

  const get = endpoint({
    method: 'get',
    path: '/v1/categories/:id',
    summary: 'Read a category',
    access: 'anyone',
    cacheControl: 'public, max-age=60',
    params: idParams,
    answers: { 200: { description: 'The category', data: categorySchema } },
    handle: async ({ params }) => replyWith(200, await readCategory(db, params.id)),
  });

  const create = endpoint({
    method: 'post',
    path: '/v1/categories',
    summary: 'Create a category',
    access: 'staff',
    body: newCategory,
    answers: { 201: { description: 'The new category', data: categorySchema } },
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
    method: 'patch',
    path: '/v1/categories/:id',
    summary: 'Change a category, or move it with all that is below it',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: changes,
    answers: { 200: { description: 'The category as it is now', data: categorySchema } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      return replyWith(200, await transact((trx) => editCategory(trx, edited)));
    },
  });

  const remove = endpoint({
    method: 'delete',
    path: '/v1/categories/:id',
    summary: 'Delete a category that nothing is in',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    answers: { 204: { description: 'It is gone' } },
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
