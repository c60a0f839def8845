import { FlorinProblem } from '@florin/client';

/** Whether the server refuses the amount itself: it is above the maximum of one top-up, which only the server knows. */
export function isRefusedAmount(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 422 && error.errors.some(({ path }) => path === 'amountMinor');
}
