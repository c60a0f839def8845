/**
 * The environment without what nyc put there. A process that is killed writes no coverage, and instrumenting every file again
 * makes its start take seconds.
 */
export function withoutCoverage(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('NYC_') && name !== 'NODE_OPTIONS');
  return Object.fromEntries(kept);
}
