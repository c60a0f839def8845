import Joi, { type ArraySchema, type Extension, type ExtensionRule } from 'joi';
import { ofKind } from './kind.ts';

type Root = typeof Joi;

/** Joi checks the elements of an array before its rules. This type checks the maximum length before the elements. */
const lengthFirst: Extension = {
  type: 'array',
  base: Joi.array(),
  validate(value: readonly unknown[], { schema, error }) {
    const limit = (schema.$_getRule('max') as MaxRule | undefined)?.args?.['limit'] as number;
    return value.length > limit ? { value, errors: error('array.max', { limit, value }) } : undefined;
  },
};
type MaxRule = ExtensionRule & { args?: Readonly<Record<string, unknown>> };

const root = Joi.extend(lengthFirst) as Root;

/** A list of at most `maxLength` elements. The elements of a longer list are not looked at. Add `items`. */
export function list(maxLength: number): ArraySchema {
  return ofKind('list', root.array().max(maxLength));
}
