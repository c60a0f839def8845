import { join } from 'node:path';

/** Node's arguments for a process that runs this folder's sources, as the commands do. */
export const runsTypeScript: readonly string[] = [
  '--conditions=source',
  '--import',
  join(import.meta.dirname, '../dev/register.mjs'),
];
