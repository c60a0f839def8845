import { AppError, requestErrors } from '@florin/app-response';

/**
 * The sort key of the last row of a page, in the order of the sort's columns. It has no NULL, because SQL cannot compare with
 * NULL.
 */
export type CursorValues = readonly (string | number)[];

export function encodeCursor(sort: string, values: CursorValues): string {
  return Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');
}

/**
 * Parses a cursor made by `encodeCursor`.
 *
 * @param sort the name of the requested sort; a cursor of another sort is rejected
 * @param length the number of values in the sort key
 * @throws AppError VALIDATION_FAILED (422) if the cursor is invalid or belongs to another sort
 */
export function decodeCursor(sort: string, length: number, cursor: string): CursorValues {
  const parts = parse(cursor);
  if (parts === undefined || parts[0] !== sort || parts.length !== length + 1) {
    throw badCursor();
  }
  return parts.slice(1);
}

/** The error for a well-formed cursor whose values this list cannot have given out. */
export function badCursor(): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'cursor', message: 'cursor is not one that this list gave out' }],
  });
}

function parse(cursor: string): CursorValues | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isCursor = Array.isArray(parts) && parts.every((part) => typeof part === 'string' || Number.isSafeInteger(part));
    return isCursor ? (parts as CursorValues) : undefined;
  } catch {
    return undefined;
  }
}
