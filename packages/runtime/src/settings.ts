import type { ObjectSchema, ValidationErrorItem } from 'joi';
import { publicSecrets } from './production-faults.ts';
import { readSecretFiles } from './secret-files.ts';

type Environment = Readonly<Record<string, string | undefined>>;
/** What a schema's `.meta()` may say of a setting. */
type SettingMeta = { formerName?: string; isSecret?: boolean; isForTests?: boolean };
type Described = { keys?: Record<string, { metas?: SettingMeta[] }> };

/** Joi's own texts show the value. */
const MESSAGES = {
  'string.pattern.base': '{{#label}} must match {{#regex}}',
  'string.pattern.name': '{{#label}} must be {{#name}}',
};

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
 * A setting that is a password or a key, or contains one, is marked: `.meta({ isSecret: true })`. It may come from the file that
 * `NAME_FILE` names, and no error shows its value. With NODE_ENV=production, a secret that others know is rejected, and so is a
 * setting for tests: `.meta({ isForTests: true })`.
 *
 * @throws SettingsError naming every missing or wrong setting
 */
export function readSettings<T extends object>(schema: ObjectSchema<T>, environment: Environment): Readonly<T> {
  const secrets = secretSettings(schema);
  const files = readSecretFiles(environment, secrets);
  const result = schema.validate(
    { ...withFormerNames(schema, environment), ...files.values },
    { abortEarly: false, stripUnknown: true, errors: { wrap: { label: false } }, messages: MESSAGES },
  );
  // A secret whose file cannot be read is not reported as missing too.
  const invalid = (result.error?.details ?? []).filter(({ path }) => files.faults[String(path[0])] === undefined);
  const faults = [
    ...Object.values(files.faults),
    ...invalid.map(withoutSecrets(secrets)),
    ...productionFaults(schema, result.value as Record<string, unknown>),
  ];
  if (faults.length === 0) return Object.freeze(result.value as T);
  const lines = [...faults, ...renamedSettings(schema, environment)].map((fault) => `  - ${fault}`);
  throw new SettingsError(`The settings are not usable (see .env.example):\n${lines.join('\n')}`);
}

/** The names of the settings that are marked as secret. */
export function secretSettings(schema: ObjectSchema): string[] {
  return metasOf(schema).flatMap(([name, { isSecret = false }]) => (isSecret ? [name] : []));
}

/** What production rejects besides what the schema does. Checked together with it, so that one start shows all faults. */
function productionFaults(schema: ObjectSchema, settings: Readonly<Record<string, unknown>>): string[] {
  if (settings['NODE_ENV'] !== 'production') return [];
  const isText = (name: string): boolean => typeof settings[name] === 'string' && settings[name] !== '';
  const secrets = secretSettings(schema).filter(isText);
  const forTests = metasOf(schema).flatMap(([name, { isForTests = false }]) => (isForTests && isText(name) ? [name] : []));
  return [
    ...publicSecrets(Object.fromEntries(secrets.map((name) => [name, String(settings[name])]))),
    ...forTests.map((name) => `${name} is for tests: production rejects it`),
  ];
}

/** Joi's texts, except one that would show a secret. */
function withoutSecrets(secrets: readonly string[]): (fault: ValidationErrorItem) => string {
  return ({ message, path, context }) => {
    const name = String(path[0] ?? '');
    const isShown = secrets.includes(name) && message.includes(String(context?.value));
    return isShown ? `${name} has a value that is not allowed` : message;
  };
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
  return metasOf(schema).flatMap(([name, { formerName }]) =>
    formerName === undefined ? [] : [[name, formerName] as [string, string]],
  );
}

function metasOf(schema: ObjectSchema): [name: string, meta: SettingMeta][] {
  return Object.entries((schema.describe() as Described).keys ?? {}).flatMap(([name, { metas = [] }]) =>
    metas.map((meta) => [name, meta] as [string, SettingMeta]),
  );
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}
