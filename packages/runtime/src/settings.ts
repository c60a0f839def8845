import type { ObjectSchema } from 'joi';

/** Names every fault of the environment at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings of a process from its environment: validates them as a whole, fills in defaults and freezes the result. An
 * empty value counts as absent.
 *
 * @throws SettingsError naming every missing or wrong setting
 */
export function readSettings<T extends object>(schema: ObjectSchema<T>, environment: NodeJS.ProcessEnv): Readonly<T> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.validate(present, {
    abortEarly: false,
    stripUnknown: true,
    errors: { wrap: { label: false } },
  });
  if (result.error === undefined) return Object.freeze(result.value as T);
  const faults = result.error.details.map(({ message }) => `  - ${message}`).join('\n');
  throw new SettingsError(`The settings are not usable (see .env.example):\n${faults}`);
}
