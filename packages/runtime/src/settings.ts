import type { ObjectSchema } from 'joi';

type Environment = Readonly<Record<string, string | undefined>>;
type Described = { keys?: Record<string, { metas?: { formerName?: string }[] }> };

/** Names every missing or wrong setting at once, so that one start shows all of them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads a process's settings from its environment: validated as a whole, defaults filled in, frozen. An empty value counts as absent.
 *
 * A setting that was renamed names its former name: `wholeNumber().meta({ formerName: 'IMPORT_MOST_ROWS' })`. The former name is
 * read where the new one is not set; `renamedSettings` has the warnings.
 *
 * @throws SettingsError naming every missing or wrong setting
 */
export function readSettings<T extends object>(schema: ObjectSchema<T>, environment: Environment): Readonly<T> {
  const result = schema.validate(withFormerNames(schema, environment), {
    abortEarly: false,
    stripUnknown: true,
    errors: { wrap: { label: false } },
  });
  if (result.error === undefined) return Object.freeze(result.value as T);
  const faults = [...result.error.details.map(({ message }) => message), ...renamedSettings(schema, environment)];
  throw new SettingsError(`The settings are not usable (see .env.example):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}

/** The warnings for the log: one for each setting that has a value under its former name. */
export function renamedSettings(schema: ObjectSchema, environment: Environment): string[] {
  const present = withoutEmpty(environment);
  return formerNames(schema).flatMap(([name, formerName]) => {
    if (present[formerName] === undefined) return [];
    const isOverruled = present[name] !== undefined && present[name] !== present[formerName];
    if (isOverruled) return [`${formerName} is ignored: ${name}, its new name, is set to another value`];
    return [`${formerName} is now named ${name}; the next release does not read the old name`];
  });
}

function withFormerNames(schema: ObjectSchema, environment: Environment): Environment {
  const present = withoutEmpty(environment);
  const renamed = formerNames(schema).map(([name, formerName]) => [name, present[name] ?? present[formerName]]);
  return { ...present, ...withoutEmpty(Object.fromEntries(renamed) as Environment) };
}

function formerNames(schema: ObjectSchema): [name: string, formerName: string][] {
  return Object.entries((schema.describe() as Described).keys ?? {}).flatMap(([name, { metas = [] }]) =>
    metas.flatMap(({ formerName }) => (formerName === undefined ? [] : [[name, formerName] as [string, string]])),
  );
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}
