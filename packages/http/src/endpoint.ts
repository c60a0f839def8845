import type { Access, AuthenticatedUser } from '@florin/auth-middleware';
import type { Request } from 'express';
import type { ObjectSchema, Schema } from 'joi';
import type { Idempotency, KeyedRequest } from './answer-once.ts';

export type Reply = {
  status: number;
  body?: unknown;
  /** Instead of a body: text that is sent as it comes, with a `Content-Type` among the headers. */
  stream?: AsyncIterable<string>;
  headers?: Readonly<Record<string, string>>;
};

type Input<A extends Access, P, Q, B, I> = {
  params: P;
  query: Q;
  body: B;
  user: A extends 'anyone' ? AuthenticatedUser | undefined : AuthenticatedUser;
  request: Request;
} & (I extends undefined ? unknown : { keyed: KeyedRequest });

/** `compared by handle`: `handle` looks the key up and compares by itself, as an import does, whose body it reads as it comes. */
type Idempotent = Idempotency | 'compared by handle';

type EndpointDefinition<A extends Access, P, Q, B, I extends Idempotent | undefined> = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In Express's form: `/v1/purchases/:id`. */
  path: string;
  summary: string;
  /** What the summary does not say, for the documentation. */
  description?: string;
  access: A;
  /** `Cache-Control` of an answer to a request without a token. Otherwise, and with a token always, it is `no-store`. */
  cacheControl?: string;
  /** Asked before anything of a request is read: throws the refusal while no more can be taken, so that refusing is cheap. */
  shedLoad?(): void;
  /** Path parameters that break their schema are an unknown thing: 404. */
  params?: ObjectSchema<P>;
  query?: ObjectSchema<Q>;
  body?: ObjectSchema<B>;
  /** The media types of a body that `handle` reads itself from the request, as it comes, in UTF-8; others are refused. */
  streamedBody?: readonly string[];
  /**
   * Requires an `Idempotency-Key`, under which the endpoint does its work once for each user. The only way to a key: `handle` gets
   * it as `keyed`, to be written with what the request creates.
   */
  idempotent?: I;
  /** The request headers that matter, for the documentation; `Idempotency-Key` is added where the endpoint is `idempotent`. */
  headers?: Readonly<Record<string, { description: string; required?: boolean }>>;
  /** What it answers when all goes well, by status, with the schema of `data` and, of a list, of what more `page` tells. */
  answers: Readonly<
    Record<
      number,
      {
        description: string;
        data?: Schema;
        isList?: boolean;
        page?: Readonly<Record<string, Schema>>;
        /** Of text that is no JSON. */
        contentTypes?: readonly string[];
      }
    >
  >;
  handle(input: Input<A, P, Q, B, I>): Promise<Reply>;
};

/** An endpoint as data: Express mounts it and the OpenAPI document describes it from the same schemas. */
export type Endpoint = EndpointDefinition<Access, unknown, unknown, unknown, Idempotent | undefined>;

export function endpoint<
  A extends Access,
  P = Record<string, never>,
  Q = Record<string, never>,
  B = Record<string, never>,
  I extends Idempotent | undefined = undefined,
>(definition: EndpointDefinition<A, P, Q, B, I>): Endpoint {
  return definition as unknown as Endpoint;
}

export function reply(status: number, data: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { data }, headers };
}
