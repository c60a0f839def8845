import Joi, { type ObjectSchema, type SchemaMap } from 'joi';

export type Topic = 'florin.users' | 'florin.sessions' | 'florin.purchases' | 'florin.payments';
export type Source = '/auth' | '/product' | '/payment';

export type EventDefinition<Type extends string = string, Data = unknown> = {
  readonly type: Type;
  readonly topic: Topic;
  readonly source: Source;
  /** What it is about: the id of this aggregate is the event's `subject`, and its order is kept. */
  readonly aggregate: 'user' | 'purchase' | 'wallet';
  readonly description: string;
  /** For producers: an unknown or missing field is refused. Consumers ignore unknown fields. */
  readonly schema: ObjectSchema<Data>;
};

type Description<Type extends string, Data> = Omit<EventDefinition<Type, Data>, 'schema'> & { data: SchemaMap<Data, true> };

/** Declares an event once. The Joi keys are tied to the type, so that a missing or misspelt field does not compile. */
export function defineEvent<Data>() {
  return <const Type extends string>({ data, ...definition }: Description<Type, Data>): EventDefinition<Type, Data> =>
    Object.freeze({ ...definition, schema: Joi.object<Data, true>(data) });
}
