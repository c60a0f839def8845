import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

/** For an endpoint's `headers`. */
export const ifMatchHeader = { 'If-Match': { description: 'The ETag that you read', required: true } };

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

/**
 * The version that the client read, from `If-Match`.
 *
 * @throws AppError PRECONDITION_REQUIRED without the header, PRECONDITION_FAILED when it is none of our ETags
 */
export function versionOf(request: Request): number {
  const header = request.get('if-match');
  if (header === undefined) throw new AppError(requestErrors.PRECONDITION_REQUIRED);
  const [, version] = /^"(\d{1,9})"$/.exec(header) ?? [];
  if (version === undefined) throw new AppError(requestErrors.PRECONDITION_FAILED);
  return Number(version);
}
