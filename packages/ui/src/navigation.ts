import { createContext } from 'react';

/** Whether the reader has come to this page from another one of the app. The shell of each app provides it. */
export const NavigationContext = createContext({ hasNavigated: false });
