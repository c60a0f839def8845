import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';
import { textFault } from './text-fault.ts';

/**
 * Text of one line: a name, a reason, a code of a carrier. Surrounding white space is taken off.
 *
 * @param maxLength in UTF-16 units, before white space is taken off
 */
export function line(maxLength: number): StringSchema {
  return ofKind('line', Joi.string().min(1).max(maxLength).custom(readLine));
}

/**
 * Text of several lines: a description. Line ends become line feeds.
 *
 * @param maxLength in UTF-16 units
 */
export function block(maxLength: number): StringSchema {
  return ofKind('block', Joi.string().max(maxLength).custom(readBlock));
}

function readLine(raw: string, helpers: CustomHelpers): string | ErrorReport {
  return sound(raw.trim(), helpers, { hasLines: false });
}

function readBlock(raw: string, helpers: CustomHelpers): string | ErrorReport {
  return sound(raw.replaceAll(/\r\n?/g, '\n'), helpers, { hasLines: true });
}

function sound(text: string, helpers: CustomHelpers, options: { hasLines: boolean }): string | ErrorReport {
  const fault = textFault(text, options);
  return fault === undefined ? text : helpers.message({ custom: `{{#label}} ${fault}` });
}
