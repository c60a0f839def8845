import { connectToServer } from '@florin/database';
import { type DatabaseUrls, databaseUrlsOn } from '../../ops/platform/service-databases.ts';
import { serviceNames } from '../../ops/platform/service-names.ts';

type Options = {
  /** URL of the administrator, without a database in the path. */
  databaseUrl: string;
  /** Prefix of the databases' and users' names: `florin` gives `florin_auth` and so on. */
  prefix: string;
  password: string;
};

/** Creates one database per service, each with a user that can access no other. Existing databases stay unchanged. */
export async function prepareDatabases({ databaseUrl, prefix, password }: Options): Promise<DatabaseUrls> {
  const connection = await connectToServer(databaseUrl);
  try {
    for (const service of serviceNames) {
      const name = `${prefix}_${service}`;
      await connection.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
      await connection.query(`CREATE USER IF NOT EXISTS \`${name}\`@'%' IDENTIFIED BY ?`, [password]);
      await connection.query(`GRANT ALL ON \`${name}\`.* TO \`${name}\`@'%'`);
    }
    return databaseUrlsOn(new URL(databaseUrl), { prefix, password });
  } finally {
    await connection.end();
  }
}

export async function dropDatabases({ databaseUrl, prefix }: Omit<Options, 'password'>): Promise<void> {
  const connection = await connectToServer(databaseUrl);
  try {
    for (const service of serviceNames) {
      await connection.query(`DROP DATABASE IF EXISTS \`${prefix}_${service}\``);
      await connection.query(`DROP USER IF EXISTS \`${prefix}_${service}\`@'%'`);
    }
  } finally {
    await connection.end();
  }
}
