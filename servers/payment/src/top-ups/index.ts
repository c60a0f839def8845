export { topUpInvariants } from './invariants.ts';
export { openSandboxProvider } from './sandbox-provider.ts';
export type { OpenTopUpProvider } from './top-up-provider.ts';
