import { line } from '@florin/values';
import type { CustomHelpers, ErrorReport, StringSchema } from 'joi';

const MAX_NAME_LENGTH = 100;

export const nameField: StringSchema = line(MAX_NAME_LENGTH)
  .custom((name: string, helpers) => composed(name, helpers))
  .description(`1 to ${MAX_NAME_LENGTH} characters`);

/** Checks the length again, because composition lengthens some characters. */
function composed(text: string, helpers: CustomHelpers): string | ErrorReport {
  const name = text.normalize('NFC');
  return name.length > MAX_NAME_LENGTH ? helpers.error('string.max', { limit: MAX_NAME_LENGTH }) : name;
}
