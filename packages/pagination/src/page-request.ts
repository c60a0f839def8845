import { token, wholeNumber } from '@florin/values';
import Joi from 'joi';

export type PageRequest = { limit: number; cursor?: string | undefined };

/** A list that can also be requested by page number: `page` instead of `cursor`. */
export type NumberedPageRequest = PageRequest & { page?: number };

export const MAX_PAGE_LIMIT = 100;
export const DEFAULT_PAGE_LIMIT = 20;
/** Maximum page number, because a numbered page costs all rows before it. */
export const MAX_PAGE_NUMBER = 100;

/** Maximum length of a cursor: enough for a name of 200 characters, each escaped in JSON. */
const MAX_CURSOR_LENGTH = 2048;

/** The query parameters of every list. Spread them into the schema of the list. */
export const pageQuery = {
  limit: wholeNumber().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT).description('How many at most'),
  cursor: token(MAX_CURSOR_LENGTH).description('page.nextCursor of the page before'),
};

/** The query parameters of a small list for admins or staff, which can also be requested by page number and then has a total. */
export const numberedPageQuery = {
  ...pageQuery,
  page: wholeNumber()
    .min(1)
    .max(MAX_PAGE_NUMBER)
    .when('cursor', {
      is: Joi.exist(),
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.forbidden(),
    })
    .description('The page of this number, with page.total, instead of a cursor'),
};
