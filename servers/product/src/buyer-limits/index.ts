export { countDeclines } from './count-declines.ts';
export { deleteLimits } from './delete-limits.ts';
export { projectLimits } from './project-limits.ts';
export { type BuyerLimit, readLimits } from './read-limits.ts';
