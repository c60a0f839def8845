/** Places in the code where a test can make the process crash. */
export type Failpoint =
  | 'inside-batch'
  | 'before-commit'
  | 'after-commit-before-offset'
  | 'after-read-before-publish'
  | 'after-publish-before-delete';

/** Called whenever the code reaches a failpoint. Does nothing unless the failpoint is armed. */
export type ReachFailpoint = (point: Failpoint) => void;

export const noFailpoints: ReachFailpoint = () => {};

/**
 * Arms a failpoint: the process kills itself when it reaches the failpoint for the n-th time. It uses SIGKILL, which allows no
 * clean-up, like a power failure.
 *
 * @param failpoint `<name>` or `<name>:<n>` (default 1); empty: none
 */
export function armFailpoint(failpoint: string): ReachFailpoint {
  if (failpoint === '') return noFailpoints;
  const [point, count = '1'] = failpoint.split(':');
  let left = Number(count);
  return (reached) => {
    if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
