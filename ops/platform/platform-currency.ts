import { currency } from '@florin/values';
import { UsageError } from '../command-line.ts';

/**
 * Returns the platform's currency from FLORIN_CURRENCY (default EUR), as the services do.
 *
 * @throws UsageError if it is not a currency
 */
export function platformCurrency(environment: NodeJS.ProcessEnv): string {
  const text = environment['FLORIN_CURRENCY'] || 'EUR';
  const schema = currency().label('FLORIN_CURRENCY');
  const result = schema.validate(text, { errors: { wrap: { label: false } } });
  if (result.error !== undefined) throw new UsageError(result.error.message);
  return result.value as string;
}
