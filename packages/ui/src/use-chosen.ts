import { startTransition, useOptimistic } from 'react';

/**
 * The value of a field that is kept in the URL. The choice is shown at once: the page of the new URL follows in a transition, and
 * until then React would put the field back.
 *
 * @param choose leads to the new URL
 */
export function useChosen<T>(value: T, choose: (next: T) => void): [value: T, choose: (next: T) => void] {
  const [shown, show] = useOptimistic(value);
  const set = (next: T) =>
    startTransition(() => {
      show(next);
      choose(next);
    });
  return [shown, set];
}
