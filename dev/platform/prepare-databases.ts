import { connectToServer } from '@florin/database';
import { type DatabaseUrls, databaseUrlsOn, migrationUrlsOn } from '../../ops/platform/service-databases.ts';
import { serviceNames } from '../../ops/platform/service-names.ts';

type Options = {
  /** URL of the administrator, without a database in the path. */
  databaseUrl: string;
  /** Prefix of the databases' and users' names: `florin` gives `florin_auth` and so on. */
  prefix: string;
  password: string;
};

export type PreparedDatabases = {
  /** For the running users, which get their rights from the migrations. */
  databaseUrls: DatabaseUrls;
  /** For the migrating users. */
  migrationUrls: DatabaseUrls;
};

/**
 * Creates one database per service, each with two users that can access no other: the migrating user, and the running user, which
 * has no rights yet. Existing databases stay unchanged.
 */
export async function prepareDatabases({ databaseUrl, prefix, password }: Options): Promise<PreparedDatabases> {
  const connection = await connectToServer(databaseUrl);
  try {
    for (const service of serviceNames) {
      const name = `${prefix}_${service}`;
      await connection.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
      for (const user of [name, `${name}_run`])
        await connection.query(`CREATE USER IF NOT EXISTS \`${user}\`@'%' IDENTIFIED BY ?`, [password]);
      await connection.query(`GRANT ALL ON \`${name}\`.* TO \`${name}\`@'%' WITH GRANT OPTION`);
    }
    const server = new URL(databaseUrl);
    const names = { prefix, password };
    return { databaseUrls: databaseUrlsOn(server, names), migrationUrls: migrationUrlsOn(server, names) };
  } finally {
    await connection.end();
  }
}

export async function dropDatabases({ databaseUrl, prefix }: Omit<Options, 'password'>): Promise<void> {
  const connection = await connectToServer(databaseUrl);
  try {
    for (const service of serviceNames) {
      await connection.query(`DROP DATABASE IF EXISTS \`${prefix}_${service}\``);
      await connection.query(`DROP USER IF EXISTS \`${prefix}_${service}\`@'%', \`${prefix}_${service}_run\`@'%'`);
    }
  } finally {
    await connection.end();
  }
}
