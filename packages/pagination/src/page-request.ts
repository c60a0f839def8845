import { token, wholeNumber } from '@florin/values';
import Joi from 'joi';

export type PageRequest = { limit: number; cursor?: string };

/** Of a list that may be asked for by number too: `page` instead of `cursor`. */
export type NumberedPageRequest = PageRequest & { page?: number };

export const MAX_PAGE_LIMIT = 100;
export const DEFAULT_PAGE_LIMIT = 20;
/** A numbered page costs all rows before it, so there is an end to them. */
export const MAX_PAGE_NUMBER = 100;

/** A name of 200 characters, each escaped in JSON, fits. */
const MAX_CURSOR_LENGTH = 2048;

/** The query parameters of every list; spread them into the list's own schema. */
export const pageQuery = {
  limit: wholeNumber().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT).description('How many at most'),
  cursor: token(MAX_CURSOR_LENGTH).description('page.nextCursor of the page before'),
};

/** The same for a small list of an admin or of staff, which may also be asked for by page numbers and then tells its total. */
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
