import type { demoAccounts } from '@florin/auth-server/demo-accounts';

/** One picture of README and docs. */
export type Shot = {
  /** The file is docs/images/<name>.png. */
  name: string;
  /** Path of the page below the one address. */
  path: string;
  /** Whose page it is; nobody's by default. */
  person?: keyof typeof demoAccounts;
  /** `desktop` (default): 1280x800. `phone`: 390x844. */
  size?: 'desktop' | 'phone';
  theme?: 'light' | 'dark';
};

/** All pictures. A page that changes its looks needs no line; a new page that README or docs show does. */
export const shots: readonly Shot[] = [
  { name: 'storefront-home', path: '/' },
  { name: 'storefront-home-phone-dark', path: '/', size: 'phone', theme: 'dark' },
  { name: 'storefront-wallet', path: '/wallet', person: 'buyer' },
  { name: 'storefront-wallet-phone-dark', path: '/wallet', person: 'buyer', size: 'phone', theme: 'dark' },
  { name: 'storefront-sign-in-phone', path: '/sign-in', size: 'phone' },
  { name: 'console-home', path: '/console', person: 'staff' },
];
