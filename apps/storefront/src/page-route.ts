import type { ComponentType } from 'react';

/** One page: its path, as react-router has it, and how its code is loaded. */
export type PageRoute = {
  path: string;
  load(): Promise<{ Page: ComponentType }>;
  /** Whether its texts are among those that the app begins with (`start/start-texts-en.ts`). Those of others come with their page. */
  hasStartTexts?: boolean;
  /** Whether only signed-in users see it. */
  needsUser?: boolean;
};
