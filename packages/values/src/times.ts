import Joi, { type CustomHelpers, type DateSchema, type ErrorReport, type Extension, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';
import { parseTime, type TimeFault } from './parse-time.ts';

const faults: Readonly<Record<TimeFault, string>> = {
  form: '{{#label}} must be a time such as 2026-11-26T16:46:23Z (in a query, + is written %2B) or a date such as 2026-11-26',
  zone: '{{#label}} needs a time zone: Z or an offset such as +01:00 (in a query, %2B01:00)',
  date: '{{#label}} must be a day and a time of day that exist',
  year: '{{#label}} must be within the years 1 to 9999',
};

/** For handlers it is what a date of Joi is: a Date. */
type Root = typeof Joi & { time(): DateSchema };
/** Joi's own types leave out how a type describes itself as JSON Schema. */
type TimeExtension = Extension & { jsonSchema(schema: unknown, document: object): object };

/** A type of its own, so that the API document says `date-time` and handlers get a Date. */
const timeType: TimeExtension = {
  type: 'time',
  base: Joi.any(),
  messages: Object.fromEntries(Object.entries(faults).map(([fault, text]) => [`time.${fault}`, text])),
  validate(value: unknown, { error }) {
    if (value instanceof Date) return { value };
    const result = typeof value === 'string' ? parseTime(value) : 'form';
    return typeof result === 'string' ? { value, errors: error(`time.${result}`) } : { value: result };
  },
  jsonSchema: (_schema: unknown, document: object) => ({ ...document, type: 'string', format: 'date-time' }),
};
const root = Joi.extend(timeType) as Root;

/** A point in time, read by `parseTime`. */
export function time(): DateSchema {
  return ofKind('time', root.time());
}

/**
 * The parameters `from` (at or after) and `to` (before) of a list. Spread them into the query of the list.
 *
 * @param what what happened in the range, for the descriptions: `Requested`
 */
export function timeRange(what: string): { from: DateSchema; to: DateSchema } {
  return {
    from: time().description(`${what} at or after this time; a date alone is midnight UTC`),
    to: time().custom(requireOrder).description(`${what} before this time; a date alone is midnight UTC`),
  };
}

/** A day of the calendar, without a time. */
export function day(): StringSchema {
  const schema = Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/)
    .custom((text: string, helpers) => (parseTime(text) instanceof Date ? text : helpers.message({ custom: faults.date })));
  return ofKind('day', schema);
}

/** A month of the calendar: `2026-11`. */
export function month(): StringSchema {
  return ofKind('month', Joi.string().pattern(/^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/, 'YYYY-MM'));
}

function requireOrder(to: Date, helpers: CustomHelpers): Date | ErrorReport {
  const { from } = (helpers.state.ancestors as { from?: unknown }[])[0] ?? {};
  const start = typeof from === 'string' ? parseTime(from) : from;
  return start instanceof Date && start > to ? helpers.message({ custom: '{{#label}} must not be before from' }) : to;
}
