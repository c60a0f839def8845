import { column, type DatabaseRights, defineTable, type Migration } from '@florin/database';

/**
 * The switches of a service, one row for each that was ever thrown. An older release has no switches and ignores the table.
 * `since` is the time at which the switch got its current state.
 */
export const switchMigrations: readonly Migration[] = [
  {
    name: 'switches-0001-table',
    up: [
      `CREATE TABLE IF NOT EXISTS switches (
        name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        is_on TINYINT NOT NULL,
        reason VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        since DATETIME(3) NOT NULL,
        until_at DATETIME(3) NULL,
        actor_id BINARY(16) NULL,
        actor_name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL
      ) ENGINE=InnoDB`,
    ],
  },
];

export const switchRights: DatabaseRights = { tables: { switches: ['INSERT', 'UPDATE'] }, triggers: [] };

export const switchesTable = defineTable('switches', {
  name: column.text('varchar(100)'),
  isOn: column.boolean(),
  reason: column.text('varchar(200)'),
  since: column.time(),
  untilAt: column.time().orNull(),
  actorId: column.id().orNull(),
  actorName: column.text('varchar(100)').orNull(),
});
