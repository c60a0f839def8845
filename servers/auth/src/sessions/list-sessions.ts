import { idBytes, idText } from '@florin/database';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { id, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';

/** A session, as its owner sees it. */
type Session = {
  id: string;
  device: string | null;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  isCurrent: boolean;
};

export const sessionSchema = named(
  'Session',
  Joi.object<Session>({
    id: id().required(),
    device: Joi.string().allow(null).required().description('Browser or program of the last use, as it calls itself'),
    address: Joi.string()
      .allow(null)
      .required()
      .description('IP address of the last use, an IPv6 address as its /64 network; a hash if the operator has set that'),
    createdAt: time().required(),
    lastUsedAt: time().required().description('Time of the last refresh'),
    expiresAt: time().required(),
    isCurrent: Joi.boolean().required().description('Whether this is the requesting session'),
  }),
);

export type SessionRow = {
  id: Buffer;
  device: string | null;
  address: string | null;
  created_at: Date;
  expires_at: Date;
  last_used_at: Date;
};

/** Ids are in the order of creation. */
const newestFirst: Keyset<SessionRow> = {
  name: 'newest',
  columns: [{ column: 's.id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

const lastUse = '(SELECT MAX(t.issued_at) FROM refresh_tokens t WHERE t.session_id = s.id)';

/** A page of the user's open sessions, newest first. */
export function listSessions(
  db: Knex,
  { userId, idleS }: { userId: string; idleS: number },
  page: PageRequest,
): Promise<Page<SessionRow>> {
  const query = db('sessions AS s')
    .select('s.id', 's.device', 's.address', 's.created_at', 's.expires_at')
    .select(db.raw(`${lastUse} AS last_used_at`))
    .where('s.user_id', idBytes(userId))
    .whereNull('s.ended_at')
    .where('s.expires_at', '>', db.raw('NOW(3)'))
    .whereRaw(`${lastUse} > NOW(3) - INTERVAL ? SECOND`, [idleS]);
  return keysetPage(query, newestFirst, page);
}

export function presentSession(
  { id, device, address, created_at, expires_at, last_used_at }: SessionRow,
  currentId: string,
): Session {
  const sessionId = idText(id);
  return {
    id: sessionId,
    device,
    address,
    createdAt: created_at,
    lastUsedAt: last_used_at,
    expiresAt: expires_at,
    isCurrent: sessionId === currentId,
  };
}
