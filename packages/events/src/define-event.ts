import Joi, { type ObjectSchema, type SchemaMap } from 'joi';

export type Topic =
  | 'florin.users'
  | 'florin.sessions'
  | 'florin.purchases'
  | 'florin.payments'
  | 'florin.products'
  | 'florin.contacts'
  | 'florin.images';
export type Source = '/auth' | '/product' | '/payment' | '/media';

export type Aggregate = 'user' | 'purchase' | 'wallet' | 'product' | 'image';

export type EventDefinition<Type extends string = string, Data = unknown> = {
  readonly type: Type;
  readonly topic: Topic;
  readonly source: Source;
  /** The aggregate that the event is about. Its id is the `subject` of the event, and the order of its events is kept. */
  readonly aggregate: Aggregate;
  /** The id that is the Kafka key. */
  readonly key: Aggregate;
  readonly description: string;
  /** Schema of the data. Producers reject unknown and missing fields; consumers ignore unknown fields. */
  readonly schema: ObjectSchema<Data>;
};

type Description<Type extends string, Data> = Omit<EventDefinition<Type, Data>, 'schema' | 'key'> & {
  /** Default `user`, so that all events of a user keep their order. */
  key?: Aggregate;
  data: SchemaMap<Data, true>;
};

/** Declares an event. The Joi keys are tied to the type, so that a missing or misspelt field does not compile. */
export function defineEvent<Data>() {
  return <const Type extends string>({
    data,
    key = 'user',
    ...definition
  }: Description<Type, Data>): EventDefinition<Type, Data> =>
    Object.freeze({ ...definition, key, schema: Joi.object<Data, true>(data) });
}
