import type { ErrorDefinition } from '@florin/app-response';
import type { Access, AuthenticatedUser } from '@florin/auth-middleware';
import type { Request, Response } from 'express';
import type { ObjectSchema, Schema } from 'joi';
import type { Idempotency, KeyedRequest } from './answer-once.ts';
import type { Deprecation, FormerPath, FormerQuery } from './deprecation.ts';
import type { ResponseHeader } from './documented-headers.ts';
import type { Reply } from './reply.ts';

type Input<A extends Access, P, Q, B, I> = {
  params: P;
  query: Q;
  body: B;
  /** The whole body, if it has one of the types of `binaryBody`. `body` is then empty. */
  bytes?: Buffer;
  user: A extends 'anyone' | 'session' ? AuthenticatedUser | undefined : AuthenticatedUser;
  request: Request;
} & KeyedInput<I>;

type KeyedInput<I> = I extends undefined
  ? unknown
  : I extends { isOptional: true }
    ? { keyed?: KeyedRequest }
    : { keyed: KeyedRequest };

/** `compared by handle`: `handle` looks up and compares the key itself, as an import does, which reads its body as a stream. */
type Idempotent = Idempotency | 'compared by handle';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A request header of the documentation. */
export type DocumentedHeader = {
  /** Its name among the components of the document (default: the header's name), if endpoints describe it differently. */
  component?: string;
  description: string;
  required?: boolean;
  schema?: Readonly<Record<string, unknown>>;
  example?: string;
};

/** A successful response, for the documentation. */
export type Answer = {
  description: string;
  /** Schema of the data, or of one item if `isList`. */
  data?: Schema;
  isList?: boolean;
  /** `data` is an object with a list, and the response has a `page` like a list's. */
  isPaged?: boolean;
  /** `data` is the whole body, without the envelope. */
  isBare?: boolean;
  /** Further fields of a list's page. */
  page?: Readonly<Record<string, Schema>>;
  /** Media types of responses that are text other than JSON, beside `data` if the request chooses. */
  contentTypes?: readonly string[];
  /** Headers other than those that the endpoint's properties imply, such as `Link` of a list. */
  headers?: readonly ResponseHeader[];
  /** Headers that some responses of the status have. */
  optionalHeaders?: readonly ResponseHeader[];
  /** Operations that take a field of the data: `{ getPurchase: { id: 'id' } }`, parameter to field (OpenAPI links). */
  links?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A group of operations in the documentation. */
export type Tag = { name: string; description: string };

/** A request that the documentation shows. Tests send it to the running service. Headers have their own examples. */
export type RequestExample = {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  /** For a streamed body the text of the first media type. */
  body?: unknown;
};

type EndpointDefinition<A extends Access, P, Q, B, I extends Idempotent | undefined> = {
  /** Its name in the API document, unique across services and never changed: the method of a generated client. */
  operationId: string;
  method: Method;
  /** An Express path: `/v1/purchases/:id`. A colon that is text is escaped: `/v1/purchases/ship\\:batch`. */
  path: string;
  /** Former paths, which still work, are not documented, and name this one as their successor. */
  formerPaths?: readonly FormerPath[];
  /** Former query parameters, whose answers are those of a successor. */
  formerQueries?: readonly FormerQuery[];
  /** That the endpoint will go: in the document, and in the headers of each answer. See `docs/api/policy.md`. */
  deprecated?: Deprecation;
  summary: string;
  /** More text for the documentation. */
  description?: string;
  access: A;
  /** `Cache-Control` of a response to a request without a token (default `no-store`). With a token it is always `no-store`. */
  cacheControl?: string;
  /**
   * Load shedding: called before anything of the request is read. Throws the error to answer with while the service is
   * overloaded, so that a rejection is cheap. `response` closes when the request is over.
   */
  shedLoad?(response: Response): void;
  /** Refuses requests with 503 while ended sessions and disabled users could not be read for too long. */
  needsFreshRevocations?: boolean;
  /** Schema of the path parameters. Parameters that do not match it are 404. */
  params?: ObjectSchema<P>;
  query?: ObjectSchema<Q>;
  body?: ObjectSchema<B>;
  /** Maximum number of bytes of the JSON body (default `MAX_BODY_BYTES`). Longer bodies are 413. */
  maxBodyBytes?: number;
  /**
   * The JSON body is an object with few fields, one of which may be a long text in ASCII, such as base64. A body of many parts is 422
   * before it is parsed, which would take seconds with a large `maxBodyBytes`.
   */
  isFlatBody?: boolean;
  /** A body of bytes that the endpoint takes beside the JSON of `body`. It is read whole; longer bodies are 413. */
  binaryBody?: { types: readonly string[]; maxBytes: number };
  /** Media types of a UTF-8 body that `handle` reads from the request as a stream. Other types are 415. */
  streamedBody?: readonly string[];
  /**
   * Requires an `Idempotency-Key` and does the work once per user and key. `handle` gets the key as `keyed` and writes it with
   * what the request creates.
   */
  idempotent?: I;
  /** Request headers, for the documentation. `Idempotency-Key` is added if the endpoint is `idempotent`. */
  headers?: Readonly<Record<string, DocumentedHeader>>;
  /**
   * The errors that `handle` throws, except those that the endpoint's other properties imply (`impliedErrors`). A code that is
   * not declared is a fault: outside of production the answer is a 500.
   */
  errors?: readonly ErrorDefinition[];
  /** Successful responses by status. */
  answers: Readonly<Record<number, Answer>>;
  example?: RequestExample;
  handle(input: Input<A, P, Q, B, I>): Promise<Reply>;
};

/**
 * Each write of an admin says whether it needs fresh revocations. `true`: what a former admin must not do with a token that this
 * service still takes for good, such as moving money. `false`: what must also work while Kafka is away, such as a freeze.
 */
type Freshness<A extends Access> = 'admin' extends A
  ? { method: 'get' } | { method: Exclude<Method, 'get'>; needsFreshRevocations: boolean }
  : unknown;

/** An endpoint as data. Express mounts it, and the OpenAPI document describes it from the same schemas. */
export type Endpoint = EndpointDefinition<Access, unknown, unknown, unknown, Idempotent | undefined> & {
  /** Set by the service: the feature that it belongs to. */
  tag?: Tag;
};

export function endpoint<
  A extends Access,
  P = Record<string, never>,
  Q = Record<string, never>,
  B = Record<string, never>,
  I extends Idempotent | undefined = undefined,
>(definition: EndpointDefinition<A, P, Q, B, I> & Freshness<A>): Endpoint {
  return definition as unknown as Endpoint;
}
