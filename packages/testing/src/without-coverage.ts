/**
 * Returns an environment in which `dev/register.mjs` does not instrument loaded files. A process that will be killed writes no
 * coverage, and instrumenting delays its start by seconds. Removing nyc's variables does not work: nyc passes them to every
 * child.
 */
export function withoutCoverage(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, FLORIN_UNCOVERED: '1' };
}
