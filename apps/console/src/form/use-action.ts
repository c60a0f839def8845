import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { createFormKey } from '../api/form-key.ts';

export type Action<V, R> = {
  /** Sends once at a time. Returns the answer; undefined if it failed, or while an earlier one is running. */
  run(values: V): Promise<R | undefined>;
  isPending: boolean;
  error: unknown;
  clearError(): void;
};

/**
 * A write by a button or a form: one request per submit, and the same idempotency key for a retry of the same values. All reads are
 * read again afterwards.
 *
 * @param options.done what is said when it succeeded
 */
export function useAction<V, R>(
  send: (values: V, idempotencyKey: string) => Promise<R>,
  options: { done?: string; onDone?: (answer: R) => void; onError?: (error: unknown, values: V) => void } = {},
): Action<V, R> {
  const [formKey] = useState(() => createFormKey());
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const isRunning = useRef(false);
  const queries = useQueryClient();
  const notify = useNotify();

  const run = async (values: V): Promise<R | undefined> => {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setIsPending(true);
    setError(undefined);
    try {
      const answer = await send(values, formKey.keyFor(values));
      formKey.done();
      if (options.done !== undefined) notify(options.done, { type: 'success' });
      options.onDone?.(answer);
      return answer;
    } catch (caught) {
      setError(caught);
      options.onError?.(caught, values);
      return undefined;
    } finally {
      isRunning.current = false;
      setIsPending(false);
      // After a failure too: a write whose answer was lost may have been applied.
      void queries.invalidateQueries();
    }
  };
  return { run, isPending, error, clearError: () => setError(undefined) };
}
