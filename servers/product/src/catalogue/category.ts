import { column, defineTable, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, named, referenceTo, time, wholeNumber } from '@florin/values';
import Joi from 'joi';

export const categoriesTable = defineTable(
  'categories',
  {
    id: column.id(),
    name: column.text('varchar(200)'),
    description: column.text('varchar(2000)'),
    parentId: column.id().orNull(),
    version: column.integer('int unsigned').byDatabase(),
    createdAt: column.timeText(),
    updatedAt: column.timeText(),
  },
  { unread: ['parent_key', 'name_key'] },
);

/** A category as the API shows it. */
export type Category = RowOf<typeof categoriesTable>;
export type CategoryRow = StoredRowOf<typeof categoriesTable>;

/** A category with its subcategories. */
export type CategoryBranch = Category & { children: CategoryBranch[] };

export function presentCategory(row: CategoryRow): Category {
  return readRow(categoriesTable, row);
}

const fields = {
  id: id().required(),
  name: Joi.string().required(),
  description: Joi.string().allow('').required(),
  parentId: id().allow(null).required(),
  version: wholeNumber().required(),
  createdAt: time().required(),
  updatedAt: time().required(),
} satisfies Record<keyof Category, Joi.Schema>;

export const categorySchema = named(
  'Category',
  Joi.object({
    ...fields,
    children: Joi.array().items(referenceTo('Category')).description('With tree=true: the subcategories, in the same form'),
  }),
);
