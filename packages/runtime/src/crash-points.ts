/** The moments at which a crash is most telling. */
export type CrashPoint =
  | 'inside-batch'
  | 'before-commit'
  | 'after-commit-before-offset'
  | 'after-read-before-publish'
  | 'after-publish-before-delete';

/** Called at each such moment. Does nothing unless a test asked for a crash there. */
export type ReachCrashPoint = (point: CrashPoint) => void;

export const noCrash: ReachCrashPoint = () => {};

/**
 * Kills this process (SIGKILL: no clean-up, as a power cut would) when it reaches the point for the n-th time.
 *
 * @param crashAt `<point>` or `<point>:<n>`; empty for never
 */
export function crashAt(crashAt: string): ReachCrashPoint {
  if (crashAt === '') return noCrash;
  const [point, count = '1'] = crashAt.split(':');
  let left = Number(count);
  return (reached) => {
    if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
