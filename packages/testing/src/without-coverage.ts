/**
 * An environment in which `dev/register.mjs` does not instrument what a process loads. One that will be killed writes no
 * coverage, and instrumenting takes it seconds to start. Taking nyc's variables away would not do: nyc gives them to every child.
 */
export function withoutCoverage(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, FLORIN_UNCOVERED: '1' };
}
