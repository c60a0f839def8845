import { FlorinProblem } from '@florin/client';

/** Whether the page in the URL is that of another list, or was cut off. */
export function isBadCursor(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 422 && error.errors.some(({ path }) => path === 'cursor');
}
