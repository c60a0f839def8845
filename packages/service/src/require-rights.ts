import { checkRights, type DatabaseRights, type RightsReport } from '@florin/database';
import { faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';

/** The database's user or triggers are not those that the service needs. */
export class WrongRights extends Error {
  override readonly name = 'WrongRights';
}

type Options = { rights: DatabaseRights; isProduction: boolean; logger: Logger };

/**
 * Compares the rights of the database's user with the service's list, and the triggers. Excess rights are a warning in development,
 * where one user may both migrate and run.
 *
 * @throws WrongRights if a right or a trigger is missing, and in production if there is an excess right
 */
export async function requireRights(db: Knex, { rights, isProduction, logger }: Options): Promise<void> {
  const report = await checkRights(db, rights).catch((error: unknown) => {
    if (isProduction) throw error;
    // As everything else in development: the service starts while its database is away, and is not ready.
    logger.warn('cannot check the rights of the database user', faultOf(error));
  });
  if (report === undefined) return;
  const faults = [...missingOf(report), ...(isProduction ? excessOf(report) : [])];
  if (faults.length > 0) throw new WrongRights(faults.join('\n'));
  for (const warning of excessOf(report)) logger.warn(warning);
}

function missingOf({ user, missing, missingTriggers }: RightsReport): string[] {
  return [
    ...(missing.length === 0 ? [] : [`The database user ${user} lacks ${missing.join('; ')}: run npm run migrate`]),
    ...(missingTriggers.length === 0 ? [] : [`The database lacks the triggers ${missingTriggers.join(', ')}: restore them`]),
  ];
}

function excessOf({ user, excess }: RightsReport): string[] {
  return excess.length === 0
    ? []
    : [`The database user ${user} has rights that the service does not need: ${excess.join('; ')}. See docs/operations.md`];
}
