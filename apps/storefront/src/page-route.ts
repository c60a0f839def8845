import type { ComponentType } from 'react';
import type { TextFeature } from './start/load-texts.ts';

/** One page: its path, as react-router has it, and how its code is loaded. */
export type PageRoute = {
  path: string;
  load(): Promise<{ Page: ComponentType }>;
  /** Whether only signed-in users see it. */
  needsUser?: boolean;
};

/** A page, and the features whose texts it needs besides those that surround each page. They are loaded with it. */
export type TextedRoute = PageRoute & { texts: readonly TextFeature[] };
