import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { block, id, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { imageErrors } from '../images/index.ts';
import { ownerOnly } from '../purchases/index.ts';
import { MAX_TEXT_LENGTH } from './claim.ts';
import { addMessage, claimMessageSchema, listMessages } from './claim-messages.ts';
import { photosField } from './claim-photos.ts';
import { claimErrors } from './errors.ts';
import { readClaim } from './read-claims.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const newMessage = named(
  'NewClaimMessage',
  Joi.object<{ text: string; photos?: string[] }>({ text: block(MAX_TEXT_LENGTH).min(1).required(), photos: photosField }),
);

/** The endpoints of the conversation about a claim. */
export function messageEndpoints({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  return [
    endpoint({
      operationId: 'createClaimMessage',
      method: 'post',
      path: '/v1/claims/:id/messages',
      summary: 'Write a message about a claim: its buyer, or staff',
      description: 'Messages are deleted when the buyer is erased',
      access: 'user',
      params: idParams,
      body: newMessage,
      errors: [claimErrors.CLAIM_CONVERSATION_FULL, imageErrors.IMAGE_UNKNOWN],
      example: { params: { id: exampleValues.claimId }, body: { text: 'Please send a picture.' } },
      answers: { 201: { description: 'The message', data: claimMessageSchema } },
      async handle({ params, body, user }) {
        const message = { claimId: params.id, authorId: user.id, ...body, ...ownerOnly(user) };
        return reply(201, await transact((trx) => addMessage(trx, message)));
      },
    }),
    endpoint({
      operationId: 'listClaimMessages',
      method: 'get',
      path: '/v1/claims/:id/messages',
      summary: 'List the messages about a claim, oldest first',
      access: 'user',
      params: idParams,
      query: Joi.object<PageRequest>(pageQuery),
      example: { params: { id: exampleValues.claimId } },
      answers: { 200: { description: 'A page of messages', data: claimMessageSchema, isList: true } },
      async handle({ params, query, user }) {
        const claim = await readClaim(db, params.id, ownerOnly(user));
        return { status: 200, body: pageEnvelope(await listMessages(db, claim, query), (message) => message) };
      },
    }),
  ];
}
