import type { Client, ClientPathsWithMethod, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './generated/api.ts';
import type { RetryPolicy } from './retry.ts';

type Api = Client<paths>;
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that have this method. */
export type PathOf<M extends Method> = ClientPathsWithMethod<Api, M>;

type Operation<M extends Method, P extends PathOf<M>> = paths[P][M & keyof paths[P]];
type Successes<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201 | 202)] : never;

/** The parsed body of a successful answer; not `MethodResponse` of openapi-fetch, which loses the openness of enums. */
type BodyOf<M extends Method, P extends PathOf<M>> =
  Successes<Operation<M, P>> extends { content: { 'application/json': infer B } } ? B : never;

/** `data` of the answer's envelope, or the whole body of an answer without one; undefined for an answer without a body. */
export type DataOf<M extends Method, P extends PathOf<M>> = [BodyOf<M, P>] extends [never]
  ? undefined
  : BodyOf<M, P> extends { data: infer D }
    ? D
    : BodyOf<M, P>;

/** `page` of the answer's envelope. */
export type PageOf<M extends Method, P extends PathOf<M>> = BodyOf<M, P> extends { page: infer G } ? G : undefined;

/** A successful answer. */
export type Answer<D, G = undefined> = {
  data: D;
  /** `limit` and `nextCursor` of a list. */
  page: G;
  /** Status and headers, such as `ETag`. Its body is read. */
  response: Response;
};

export type CallOptions = {
  /** The key of an earlier call that is repeated (default: a new one for each call that needs one). */
  idempotencyKey?: string | undefined;
  /** Stops the call and its repetitions. */
  signal?: AbortSignal | undefined;
  /** Bounds that differ from the client's; `false` sends one request. */
  retry?: Partial<RetryPolicy> | false;
  /** Milliseconds to wait for each answer (default: the client's). */
  timeoutMs?: number;
};

type Init<M extends Method, P extends PathOf<M>> = Omit<NonNullable<MaybeOptionalInit<paths[P], M>>, 'signal' | 'parseAs'> &
  CallOptions;

/** Optional if the operation has neither a required parameter nor a required body. */
type Inits<M extends Method, P extends PathOf<M>> =
  undefined extends MaybeOptionalInit<paths[P], M> ? [init?: Init<M, P>] : [init: Init<M, P>];

/**
 * Calls an operation of the API.
 *
 * @throws FlorinProblem if the server refuses; FlorinNetworkError without an answer; the reason of the signal
 */
export type Call<M extends Method> = <P extends PathOf<M>>(
  path: P,
  ...init: Inits<M, P>
) => Promise<Answer<DataOf<M, P>, PageOf<M, P>>>;

export type Calls = { [M in Method]: Call<M> };

/** The paths of lists. */
export type ListPath = {
  [P in PathOf<'get'>]: BodyOf<'get', P> extends { data: readonly unknown[]; page: unknown } ? P : never;
}[PathOf<'get'>];

export type ListInit<P extends ListPath> = Inits<'get', P>;

export type ItemOf<P extends ListPath> = DataOf<'get', P> extends readonly (infer T)[] ? T : never;

export type SignedIn = {
  user: DataOf<'get', '/v1/users/me'>;
  accessToken: string;
  /** Missing in cookie sessions. */
  refreshToken?: string;
  /** Seconds. */
  expiresIn: number;
};

export type Purchase = DataOf<'get', '/v1/purchases/{id}'>;
