import { linkHeader, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Endpoint, endpoint, reply, type Transact } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { categorySchema, presentCategory } from './category.ts';
import { createCategory, type NewCategory } from './create-category.ts';
import { listCategories, readCategory } from './read-categories.ts';

const idParams = Joi.object<{ id: string }, true>({ id: Joi.string().guid().required() });
const listQuery = Joi.object<PageRequest>(pageQuery);
const newCategory = Joi.object<NewCategory, true>({
  name: Joi.string().trim().min(1).max(200).required(),
  description: Joi.string().allow('').max(2000),
  parentId: Joi.string().guid(),
});

export function categoryRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/categories',
      summary: 'List categories',
      access: 'anyone',
      query: listQuery,
      answers: { 200: { description: 'A page of categories', data: categorySchema, isList: true } },
      async handle({ query, request }) {
        const page = await listCategories(db, query);
        return {
          status: 200,
          body: pageEnvelope(page, presentCategory),
          headers: linkHeader(request.originalUrl, page.nextCursor),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/categories/:id',
      summary: 'Read a category',
      access: 'anyone',
      params: idParams,
      answers: { 200: { description: 'The category', data: categorySchema } },
      async handle({ params }) {
        const category = await readCategory(db, params.id);
        return reply(200, category, { ETag: `"${category.version}"` });
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/categories',
      summary: 'Create a category',
      access: 'staff',
      body: newCategory,
      answers: { 201: { description: 'The new category', data: categorySchema } },
      async handle({ body }) {
        const category = await transact((trx) => createCategory(trx, body));
        return reply(201, category, { Location: `/v1/categories/${category.id}`, ETag: `"${category.version}"` });
      },
    }),
  ];
}
