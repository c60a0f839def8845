import { line } from '@florin/values';
import type { CustomHelpers, ErrorReport, StringSchema } from 'joi';

const NAME_LENGTH = 100;

export const nameField: StringSchema = line(NAME_LENGTH)
  .custom((name: string, helpers) => composed(name, helpers))
  .description(`1 to ${NAME_LENGTH} characters`);

/** Some characters are more than one when composed. */
function composed(text: string, helpers: CustomHelpers): string | ErrorReport {
  const name = text.normalize('NFC');
  return name.length > NAME_LENGTH ? helpers.error('string.max', { limit: NAME_LENGTH }) : name;
}
