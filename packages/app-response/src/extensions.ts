import type { Schema } from 'joi';

/** Schema of an extension member of a problem (RFC 9457, section 3.2), as JSON Schema. */
export type Extension = {
  readonly type: 'integer' | 'string' | 'object';
  readonly description: string;
  /** Schema of an extension of the type object. */
  readonly schema?: Schema;
  readonly format?: 'uuid' | 'int64';
  readonly minimum?: number;
};

/** Extension members by name. */
export type Extensions = Readonly<Record<string, Extension>>;

export type ExtensionValues<Members extends Extensions> = {
  readonly [Name in keyof Members]: ValueOf<Members[Name]['type']>;
};

type ValueOf<Type extends Extension['type']> = Type extends 'integer' ? number : Type extends 'object' ? object : string;

/** Extension members that several errors share, so that each name has one meaning. */
export const extensions = {
  productId: { type: 'string', format: 'uuid', description: 'The product of the request that the problem is about' },
  available: { type: 'integer', minimum: 0, description: 'Units that can be bought now' },
  limitMinor: { type: 'integer', format: 'int64', minimum: 0, description: 'Highest amount that is allowed now, in minor units' },
} as const satisfies Extensions;
