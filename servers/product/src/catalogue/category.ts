import { idText } from '@florin/runtime';
import { id, time, wholeNumber } from '@florin/values';
import Joi from 'joi';

/** A category as the API shows it. */
export type Category = {
  id: string;
  name: string;
  description: string;
  parentId: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** A category with what is in it. */
export type CategoryBranch = Category & { children: CategoryBranch[] };

export type CategoryRow = {
  id: Buffer;
  name: string;
  description: string;
  parent_id: Buffer | null;
  version: number;
  created_at: Date;
  updated_at: Date;
};

export function presentCategory({ id, name, description, parent_id, version, created_at, updated_at }: CategoryRow): Category {
  return {
    id: idText(id),
    name,
    description,
    parentId: parent_id === null ? null : idText(parent_id),
    version,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}

const fields = {
  id: id().required(),
  name: Joi.string().required(),
  description: Joi.string().allow('').required(),
  parentId: id().allow(null).required(),
  version: wholeNumber().required(),
  createdAt: time().required(),
  updatedAt: time().required(),
};

/** `children` is there where the tree is asked for. */
export const categorySchema = Joi.object({
  ...fields,
  children: Joi.array().items(Joi.object()).description('With tree=true: the categories in this one, in the same form'),
});
