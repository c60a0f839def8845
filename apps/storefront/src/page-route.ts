import type { ComponentType } from 'react';

/** One page: its path, as react-router has it, and how its code is loaded. */
export type PageRoute = {
  path: string;
  load(): Promise<{ Page: ComponentType }>;
  /** Whether only signed-in users see it. */
  needsUser?: boolean;
};
