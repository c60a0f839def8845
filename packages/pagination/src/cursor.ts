import { AppError, requestErrors } from '@florin/app-response';

/** The sort key of the last row of a page, in the order of the sort's columns. Without NULL, which SQL cannot compare with. */
export type CursorValues = readonly (string | number)[];

export function encodeCursor(sort: string, values: CursorValues): string {
  return Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` made.
 *
 * @param sort the name of the sort that the request asks for; a cursor of another sort is refused
 * @param length how many values the sort's key has
 * @throws AppError VALIDATION_FAILED when the cursor is not one of ours or belongs to another sort
 */
export function decodeCursor(sort: string, length: number, cursor: string): CursorValues {
  const parts = parse(cursor);
  if (parts === undefined || parts[0] !== sort || parts.length !== length + 1) {
    throw badCursor();
  }
  return parts.slice(1);
}

/** For a cursor that has the form of ours but carries values that this list cannot have given out. */
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
