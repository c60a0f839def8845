import Joi, { type CustomHelpers, type ErrorReport, type Extension, type ObjectSchema, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';

type Root = typeof Joi;
type Options = { name: StringSchema; value: StringSchema };

/** Joi checks the members of an object before their number. This type checks the maximum number before the members. */
function sizeFirst(maxPairs: number): Extension {
  return {
    type: 'object',
    base: Joi.object(),
    prepare(value: unknown, { error }) {
      const isLarge = typeof value === 'object' && value !== null && Object.keys(value).length > maxPairs;
      return isLarge ? { value, errors: error('object.max', { limit: maxPairs, value }) } : undefined;
    },
  };
}

/**
 * An object of at most `maxPairs` names with a text each, such as `{"Colour": "red"}`. The members of a larger one are not looked
 * at. Names are normalised as values are, and must then be different.
 */
export function pairs(maxPairs: number, { name, value }: Options): ObjectSchema<Record<string, string>> {
  const root = Joi.extend(sizeFirst(maxPairs)) as Root;
  const schema = root
    .object()
    .pattern(name, value)
    .max(maxPairs)
    .custom((given: Record<string, string>, helpers) => normalised(given, name, helpers));
  return ofKind('pairs', schema) as ObjectSchema<Record<string, string>>;
}

/** Joi validates names without taking over their normal form. */
function normalised(
  given: Readonly<Record<string, string>>,
  name: StringSchema,
  helpers: CustomHelpers,
): Record<string, string> | ErrorReport {
  const entries = Object.entries(given).map(([key, value]): [string, string] => [
    String((name.validate(key) as { value: unknown }).value),
    value,
  ]);
  const names = new Set(entries.map(([key]) => key));
  if (names.size < entries.length) return helpers.message({ custom: '{{#label}} must not have the same name twice' });
  return Object.fromEntries(entries);
}
