export { badCursor, type CursorValues, decodeCursor, encodeCursor } from './cursor.ts';
export { idValue, integerValue, textValue } from './cursor-values.ts';
export { type Keyset, type KeysetColumn, keysetPage, type Page } from './keyset.ts';
export { linkHeader, pageEnvelope } from './page-answer.ts';
export { DEFAULT_PAGE_LIMIT, MAX_PAGE_LIMIT, type PageRequest, pageQuery } from './page-request.ts';
