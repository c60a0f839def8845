export { newestById, oldestById } from './by-id.ts';
export { badCursor, type CursorValues, decodeCursor, encodeCursor } from './cursor.ts';
export { type CursorScope, type CursorSeal, createCursorSeal } from './cursor-seal.ts';
export { idValue, integerValue, textValue, timeValue } from './cursor-values.ts';
export {
  type Keyset,
  type KeysetColumn,
  keysetPage,
  orderByKeyset,
  type Page,
  pageOf,
  whereAfter,
  whereUntil,
} from './keyset.ts';
export { MAX_COUNTED, type NumberedPage, numberedOrKeysetPage } from './numbered-page.ts';
export { linkHeader, type PageLinks, pageEnvelope } from './page-answer.ts';
export {
  DEFAULT_PAGE_LIMIT,
  MAX_PAGE_LIMIT,
  MAX_PAGE_NUMBER,
  type NumberedPageRequest,
  numberedPageQuery,
  type PageRequest,
  pageQuery,
} from './page-request.ts';
export { siftedPage } from './sifted-page.ts';
