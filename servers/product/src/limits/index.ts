export { forgetLimits } from './forget-limits.ts';
export { projectLimits } from './project-limits.ts';
export { readLimits } from './read-limits.ts';
