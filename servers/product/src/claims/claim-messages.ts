import { AppError } from '@florin/app-response';
import { column, defineTable, idBytes, insertRows, newIdAt, queryOne, readRow, type StoredRowOf } from '@florin/database';
import { keysetPage, oldestById, type Page, type PageRequest } from '@florin/pagination';
import { id, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { MAX_TEXT_LENGTH } from './claim.ts';
import { type ClaimPhoto, insertPhotos, photoOf, readPhotos, shownPhotos } from './claim-photos.ts';
import { claimErrors } from './errors.ts';
import { lockClaim } from './lock-claim.ts';
import { noClaim } from './read-claims.ts';

/** Maximum number of messages of one claim. */
const MAX_MESSAGES = 200;

export const claimMessagesTable = defineTable('claim_messages', {
  id: column.id(),
  claimId: column.id(),
  authorId: column.id(),
  text: column.text(`varchar(${MAX_TEXT_LENGTH})`),
  createdAt: column.time(),
});

export type ClaimMessage = {
  id: string;
  claimId: string;
  by: 'buyer' | 'staff';
  text: string;
  photos: readonly ClaimPhoto[];
  createdAt: string;
};

export const claimMessageSchema = named(
  'ClaimMessage',
  Joi.object({
    id: id().required(),
    claimId: id().required(),
    by: Joi.string().valid('buyer', 'staff').required(),
    text: Joi.string().required(),
    photos: shownPhotos.required(),
    createdAt: time().required(),
  }),
);

type NewMessage = { claimId: string; authorId: string; text: string; photos?: readonly string[]; ownerId?: string };

/**
 * Adds a message to a claim. Messages about an erased buyer are answered and not stored.
 *
 * @param message `ownerId`: the user who must own the claim; absent for staff
 * @throws AppError NOT_FOUND, CLAIM_CONVERSATION_FULL, IMAGE_UNKNOWN
 */
export async function addMessage(
  trx: Knex.Transaction,
  { claimId, authorId, text, photos = [], ownerId }: NewMessage,
): Promise<ClaimMessage> {
  const { claim, lockedAt: createdAt } = await lockClaim(trx, claimId);
  if (ownerId !== undefined && ownerId !== claim.userId) throw noClaim(claimId);
  const { messages } = await queryOne<{ messages: number }>(
    trx,
    'SELECT COUNT(*) AS messages FROM claim_messages WHERE claim_id = ?',
    [idBytes(claimId)],
  );
  if (messages >= MAX_MESSAGES) throw new AppError(claimErrors.CLAIM_CONVERSATION_FULL);
  const message = { id: newIdAt(createdAt), claimId, authorId, text, createdAt };
  const erased = await findErased(trx, [claim.userId]);
  if (!erased.has(claim.userId)) {
    await insertRows(trx, claimMessagesTable, [message]);
    await insertPhotos(trx, photos, { sourceId: message.id, claimId, ownerId: claim.userId });
  }
  return shown(message, { buyerId: claim.userId, photos: photos.map(photoOf) });
}

type MessageRow = StoredRowOf<typeof claimMessagesTable>;

/** Lists the messages of a claim, oldest first. */
export async function listMessages(
  db: Knex,
  { id: claimId, userId }: { id: string; userId: string },
  request: PageRequest,
): Promise<Page<ClaimMessage>> {
  const query = db(db.raw('claim_messages FORCE INDEX (claim_messages_claim)'))
    .select(claimMessagesTable.cells.map(({ column: name }) => name))
    .where('claim_id', idBytes(claimId));
  const page = await keysetPage<MessageRow>(query, oldestById, request);
  const messages = page.rows.map((row) => readRow(claimMessagesTable, row));
  const photos = await readPhotos(
    db,
    messages.map((message) => message.id),
  );
  return { ...page, rows: messages.map((message) => shown(message, { buyerId: userId, photos: photos.get(message.id) ?? [] })) };
}

type Stored = { id: string; claimId: string; authorId: string; text: string; createdAt: Date };

function shown(
  { id: messageId, claimId, authorId, text, createdAt }: Stored,
  { buyerId, photos }: { buyerId: string; photos: readonly ClaimPhoto[] },
): ClaimMessage {
  const by = authorId === buyerId ? 'buyer' : 'staff';
  return { id: messageId, claimId, by, text, photos, createdAt: createdAt.toISOString() };
}
