export type {
  Answer,
  Call,
  CallOptions,
  Calls,
  DataOf,
  ItemOf,
  ListPath,
  Method,
  PathOf,
  Purchase,
  SignedIn,
} from './api-types.ts';
export type { BaseUrl, RawCall, ServiceName } from './caller.ts';
export { type ClientOptions, createFlorinClient, type FlorinClient } from './create-client.ts';
export type { components, paths } from './generated/api.ts';
export { newIdempotencyKey } from './idempotency-key.ts';
export { type FieldProblem, FlorinNetworkError, FlorinProblem, type RequestFacts, UNEXPECTED_ANSWER } from './problem.ts';
export { type BuyOptions, FlorinWaitTimeout, type Purchases, type WaitOptions } from './purchases.ts';
export { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
export type { Session, SignIn, SignUp } from './session.ts';
export { browserStorage, type KeyValueStore, memoryStorage, type TokenStorage, type Tokens } from './token-storage.ts';
