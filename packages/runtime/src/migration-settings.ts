import { databaseUrl } from '@florin/values';
import Joi, { type ObjectSchema } from 'joi';
import { readSettings } from './settings.ts';
import { readTransport } from './transport-settings.ts';

/** The setting of a service's migrate step alone: a running service does not get it. */
export function migrationSettings(service: string): ObjectSchema<Record<string, string>> {
  const name = settingOf(service);
  const runningName = name.replace('_MIGRATION', '');
  return Joi.object({
    NODE_ENV: Joi.string(),
    [name]: databaseUrl()
      .when('NODE_ENV', {
        is: 'production',
        // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
        then: Joi.required(),
      })
      .description(
        `Address of ${service}'s database with the user that migrates it and grants rights to the user of ${runningName} (default: ${runningName}, in development). Read by migrations and by commands that change data`,
      ),
  });
}

/**
 * Returns the address for the migrating user, with TLS as the transport settings say; undefined if there is none, in development.
 *
 * @throws SettingsError
 */
export function readMigrationUrl(service: string, environment: NodeJS.ProcessEnv): string | undefined {
  const url = readSettings(migrationSettings(service), environment)[settingOf(service)];
  return url && readTransport(environment).databaseAddress(url);
}

function settingOf(service: string): string {
  return `${service.toUpperCase().replaceAll('-', '_')}_MIGRATION_DATABASE_URL`;
}
