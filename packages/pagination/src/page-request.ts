import Joi from 'joi';

export type PageRequest = { limit: number; cursor?: string };

export const MAX_PAGE_LIMIT = 100;
export const DEFAULT_PAGE_LIMIT = 20;

/** The query parameters of every list; spread them into the list's own schema. */
export const pageQuery = {
  limit: Joi.number().integer().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT).description('How many at most'),
  cursor: Joi.string().max(1024).description('page.nextCursor of the page before'),
};
